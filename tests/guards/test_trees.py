"""The three trees carry the same names, and a room holds only files of known kinds."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.guards.source import GROUND, ROLES, ROOT, imports, modules, rooms, write

SHARED_TEMPLATES = {"layouts", "components", "errors", "emails"}
OTHER_TESTS = {"guards", "journeys"}
# Every other file of a room is a rule, named for the thing decided: it computes, and nothing else.
OUTSIDE = (
    *("flask", "flask_login", "flask_wtf", "wtforms", "sqlalchemy", "stripe"),
    *("shop.core.db.db", "shop.core.db.transaction", "requests", "urllib.request", "socket"),
)
BUSY = {"queries", "operations", "forms", "cli", "gateway", "views", "stall_views"}
# Files that are neither a role nor a rule, each with what makes it necessary.
EDGES = {
    "shop/cart/session.py": "finds the cart of this visitor's browser",
    "shop/notifications/letters.py": "a letter is a rendered template",
    "shop/payments/sandbox/memory.py": "what make-believe gateways remember is a file of its own",
    "shop/payments/sandbox/messages.py": "make-believe gateways knock at our own door",
}


def strange_folders(root: Path = ROOT) -> Iterator[str]:
    """Yield the folders of templates and tests that no room stands behind."""
    known = rooms(root)
    allowed = {
        "templates": known | SHARED_TEMPLATES,
        "templates/emails": known | {"layouts"},
        "tests": known | OTHER_TESTS,
    }
    for parent, names in allowed.items():
        for path in (root / parent).glob("*/"):
            if path.name != "__pycache__" and path.name not in names:
                yield f"{parent}/{path.name}: there is no room of this name"


def impure_rules(root: Path = ROOT) -> Iterator[str]:
    """Yield the rules that reach for the database, the request or the world."""
    for module in modules(root, "shop"):
        is_rule = (
            module.room
            and module.room not in GROUND | {"demo"}
            and not module.name.endswith("__init__.py")
        )
        if not is_rule or module.role in ROLES or module.name in EDGES:
            continue
        for name, line in imports(module):
            is_type = name.rpartition(".")[2][:1].isupper()  # what a rule computes with
            is_busy = name.startswith("shop.") and not is_type and BUSY & set(name.split("."))
            if is_busy or any(f"{name}.".startswith(f"{taboo}.") for taboo in OUTSIDE):
                yield f"{module.name}:{line}: a rule imports {name}"


def talking_inits(root: Path = ROOT) -> Iterator[str]:
    """Yield the `__init__.py` files of rooms that are more, or less, than a docstring."""
    for module in modules(root, "shop"):
        if not module.name.endswith("__init__.py"):
            continue
        is_room = module.name.count("/") <= 2
        body = module.tree.body if is_room else [n for n in module.tree.body if not _exports(n)]
        if len(body) != 1 or not ast.get_docstring(module.tree):
            yield f"{module.name}: is not a docstring alone"


def _exports(node: ast.stmt) -> bool:
    """Tell whether a statement hands on names: what a file that became a folder has to do."""
    names = node.targets if isinstance(node, ast.Assign) else []
    is_all = any(isinstance(name, ast.Name) and name.id == "__all__" for name in names)
    return isinstance(node, ast.ImportFrom) or is_all


def test_every_folder_belongs_to_a_room():
    assert not list(strange_folders())


def test_rules_compute_and_nothing_else():
    assert not list(impure_rules())


def test_a_rooms_init_is_a_docstring():
    assert not list(talking_inits())


def test_every_edge_is_still_there():
    assert not [name for name in EDGES if not (ROOT / name).exists()]


def test_the_guard_sees_folders_without_a_room(tmp_path):
    write(tmp_path, {"shop/orders/__init__.py": '"""Orders."""'})
    for name in ("templates/orders", "templates/order", "templates/emails/odd", "tests/utils"):
        (tmp_path / name).mkdir(parents=True)
    seen = {fault.split(":")[0] for fault in strange_folders(tmp_path)}
    assert seen == {"templates/order", "templates/emails/odd", "tests/utils"}


def test_the_guard_sees_rules_that_reach_out(tmp_path):
    write(
        tmp_path,
        {
            "shop/orders/pricing.py": "from shop.core.db import db\nimport shop.core.money\n",
            "shop/orders/transitions.py": "from shop.orders.queries import Line, order\n",
            "shop/orders/queries.py": "from sqlalchemy import select\n",
            "shop/orders/labels.py": "from flask_babel import gettext\n",
            "shop/orders/helpers.py": "from flask import request\n",
        },
    )
    seen = sorted(fault.rsplit(" ", 1)[1] for fault in impure_rules(tmp_path))
    assert seen == ["flask.request", "shop.core.db.db", "shop.orders.queries.order"]


def test_the_guard_sees_an_init_that_does_things(tmp_path):
    write(
        tmp_path,
        {
            "shop/orders/__init__.py": '"""Orders."""\nfrom shop.orders import models\n',
            "shop/cart/__init__.py": "",
            "shop/search/__init__.py": '"""Finding."""\n',
            "shop/search/queries/__init__.py": '"""Reads."""\nfrom shop.search.a import b\n',
        },
    )
    seen = [fault.split(":")[0] for fault in talking_inits(tmp_path)]
    assert seen == ["shop/cart/__init__.py", "shop/orders/__init__.py"]
