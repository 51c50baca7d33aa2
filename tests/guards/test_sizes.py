"""Nothing grows past the size at which it is read at a glance."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.guards.source import ROOT, VIEWS, functions, length, modules, templates, write

MOST = {"function": 40, "view": 20, "test": 25, "module": 300, "template": 120, "conftest": 150}
MEDIAN = 10


def too_long(root: Path = ROOT) -> Iterator[str]:
    """Yield every module, function and template of a tree that is longer than it may be."""
    for module in modules(root, "shop", "tools", "bench", "tests"):
        lines = len(module.text.splitlines())
        kind = "conftest" if module.name.endswith("conftest.py") else "module"
        if lines > MOST[kind]:
            yield f"{module.name}: {lines} lines, at most {MOST[kind]} for a {kind}"
        for function in functions(module):
            kind = kind_of(function, module)
            if length(function) > MOST[kind]:
                where = f"{module.name}:{function.lineno} {function.name}"
                yield f"{where}: {length(function)} lines, at most {MOST[kind]} for a {kind}"
    for name, text in templates(root):
        if len(text.splitlines()) > MOST["template"]:
            yield f"templates/{name}: {len(text.splitlines())} lines, at most {MOST['template']}"


def kind_of(function, module) -> str:
    """Return which bound a function has: a view, a test, or any other."""
    if module.name.startswith("tests/") and function.name.startswith("test_"):
        return "test"
    return "view" if module.role in VIEWS and function.decorator_list else "function"


def middle_length(root: Path = ROOT) -> float:
    """Return the median length of the shop's functions."""
    sizes = [length(function) for module in modules(root, "shop") for function in functions(module)]
    return median(sizes) if sizes else 0


def test_nothing_is_too_long():
    assert not list(too_long())


def test_half_of_all_functions_are_short():
    assert middle_length() < MEDIAN


def test_the_guard_sees_what_is_too_long(tmp_path):
    body = "\n".join(["    x = 1"] * 26)
    view = f'@bp.get("/")\ndef page():\n{body}\n\ndef helper():\n{body}\n'
    write(
        tmp_path,
        {
            "shop/orders/views.py": view,
            "shop/orders/rules.py": f"def rule():\n{body}\n{body}\n",
            "shop/orders/models.py": "x = 1\n" * 301,
            "tests/orders/test_it.py": f"def test_it():\n{body}\n",
            "tests/conftest.py": "x = 1\n" * 151,
        },
    )
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text("<p>\n" * 121)
    seen = "\n".join(too_long(tmp_path))
    assert len(seen.splitlines()) == 6
    assert "views.py:2 page: 27 lines, at most 20 for a view" in seen
    assert "rules.py:1 rule: 53 lines, at most 40 for a function" in seen
    assert "models.py: 301 lines" in seen
    assert "test_it: 27 lines, at most 25" in seen
    assert "conftest.py: 151 lines" in seen
    assert "templates/page.html: 121 lines" in seen
    assert middle_length(tmp_path) == 27


def test_a_docstring_does_not_count(tmp_path):
    words = '    """One.\n\n    Two.\n    """\n'
    write(tmp_path, {"shop/orders/rules.py": f"def rule():\n{words}    return 1\n"})
    assert middle_length(tmp_path) == 2
