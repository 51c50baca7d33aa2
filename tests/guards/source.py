"""Reading the project's own tree: what the guards look at."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
VIEWS = frozenset(
    {"views", "stall_views", "moderator_views", "operator_views", "registry_views"}
    | {"certificate_views"}
)
ROLES = VIEWS | {"models", "queries", "operations", "forms", "cli", "gateway", "access", "checks"}
GROUND = frozenset({"core", "web"})  # machinery: their files are named freely

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Module(NamedTuple):
    """A Python file: where it is below the root, its text and its tree."""

    name: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """Return the room of a file of `shop/<room>/`, empty for other files."""
        parts = self.name.split("/")
        return parts[1] if len(parts) > 2 and parts[0] == "shop" else ""

    @property
    def role(self) -> str:
        """Return what the file is in its room: `views` for `views.py` and for `views/cards.py`."""
        return self.name.split("/")[2].removesuffix(".py") if self.room else ""


def modules(root: Path, *folders: str) -> Iterator[Module]:
    """Yield the Python files below some folders of a tree."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            yield Module(str(path.relative_to(root)), text, ast.parse(text))


def functions(module: Module) -> Iterator[Function]:
    """Yield the functions and methods of a file, nested ones as well."""
    for node in ast.walk(module.tree):
        if isinstance(node, Function):
            yield node


def length(function: Function) -> int:
    """Return the lines of a function from `def` to its end, without its docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None and len(function.body) > 1:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def imports(module: Module) -> Iterator[tuple[str, int]]:
    """Yield what a file imports, as dotted names, with the line."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def rooms(root: Path = ROOT) -> set[str]:
    """Return the rooms of the shop."""
    return {path.parent.name for path in (root / "shop").glob("*/__init__.py")}


def templates(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every template."""
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".xml"}:
            yield str(path.relative_to(root / "templates")), path.read_text(encoding="utf-8")


def write(root: Path, files: dict[str, str]) -> Path:
    """Write a little tree for a guard to fail on."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root
