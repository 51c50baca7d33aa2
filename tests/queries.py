"""Counting what a page asks of the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event

from tests.client import ShopClient

HOUSEKEEPING = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET")


@dataclass
class Counted:
    """The statements sent to the database, in order."""

    statements: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.statements)


@contextmanager
def counting(engine: Engine) -> Iterator[Counted]:
    """Collect the statements that are sent while the block runs, from any session."""
    counted = Counted()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(HOUSEKEEPING):
            counted.statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield counted
    finally:
        event.remove(engine, "before_cursor_execute", note)


def assert_queries_stay_flat(
    client: ShopClient, path: str, more: Callable[[], object], engine: Engine
) -> None:
    """Assert that a page asks the same number of questions after `more` has added rows."""
    with counting(engine) as before:
        assert client.get(path).status_code == 200
    more()
    with counting(engine) as after:
        assert client.get(path).status_code == 200
    grown = set(after.statements) - set(before.statements) or after.statements
    assert len(after) <= len(before), "more rows, more queries:\n" + "\n".join(sorted(grown))
