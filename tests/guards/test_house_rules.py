"""The rules of the house that no linter knows."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guards.source import ROOT, VIEWS, imports, modules, write

DATABASE = ("shop.core.db", "sqlalchemy", "flask_sqlalchemy")


def foreign_commits(root: Path = ROOT) -> Iterator[str]:
    """Yield every place that commits a transaction, but the one that may.

    Committing stock to an order is another thing: there the receiver is a module of a room. So is
    what a gateway commits to a vendor's store: a gateway does not know the database, see below.
    """
    for module in modules(root, "shop"):
        if module.name == "shop/core/db.py" or module.role == "gateway":
            continue
        own = {n.rsplit(".", 1)[1] for n, _ in imports(module) if n.startswith("shop.")} - {"db"}
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Attribute) or node.attr != "commit":
                continue
            if getattr(node.value, "id", "") not in own:
                yield f"{module.name}:{node.lineno}: commits; only core/db.py does"


def knowing_views(root: Path = ROOT) -> Iterator[str]:
    """Yield the views, forms and gateways that know the database."""
    for module in modules(root, "shop"):
        if module.role not in VIEWS | {"forms", "gateway"}:
            continue
        for name, line in imports(module):
            if any(f"{name}.".startswith(f"{taboo}.") for taboo in DATABASE):
                yield f"{module.name}:{line}: a {module.role} file imports {name}"
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and node.attr == "session" and _is_db(node.value):
                yield f"{module.name}:{node.lineno}: a {module.role} file uses db.session"


def _is_db(node: ast.expr) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name == "db"


def test_only_core_db_commits():
    assert not list(foreign_commits())


def test_views_forms_and_gateways_do_not_know_the_database():
    assert not list(knowing_views())


def test_the_guard_sees_a_commit(tmp_path):
    code = (
        "from shop.core.db import db\nfrom shop.catalogue.operations import stock\n"
        "def f():\n    db.session.commit()\n    save = session.commit\n    stock.commit(owner)\n"
    )
    write(tmp_path, {"shop/core/db.py": code, "shop/orders/operations.py": code})
    seen = sorted(fault.split(": ")[0] for fault in foreign_commits(tmp_path))
    assert seen == ["shop/orders/operations.py:4", "shop/orders/operations.py:5"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("shop/orders/views.py", "from shop.core.db import db\n"),
        ("shop/orders/stall_views/list.py", "from sqlalchemy import select\n"),
        ("shop/orders/views.py", "from shop import core\ncore.db.session.get(x)\n"),
        ("shop/orders/forms.py", "import sqlalchemy.orm\n"),
        ("shop/payments/gateway.py", "from shop.core.db import transaction\n"),
    ],
)
def test_the_guard_sees_a_view_at_the_database(tmp_path, name, code):
    write(tmp_path, {name: code, "shop/orders/queries.py": "from sqlalchemy import select\n"})
    assert len(list(knowing_views(tmp_path))) == 1


def test_every_relationship_must_be_asked_for(app, db):
    """A forgotten eager load is an error in the test, not a query per row in production."""
    eager = [
        f"{mapper.class_.__name__}.{relation.key} is lazy={relation.lazy!r}"
        for mapper in db.Model.registry.mappers
        for relation in mapper.relationships
        if relation.lazy != "raise"
    ]
    assert not eager
