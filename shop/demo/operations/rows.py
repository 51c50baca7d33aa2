"""Writing many rows at once: under ids that are known before, in the order that keys demand."""

from collections import Counter
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, func, insert, select, text

from shop.core.audit import AuditEntry
from shop.core.context import Actor
from shop.core.db import Base, db, is_sqlite

Values = dict[str, Any]
BATCH = 5000


class Rows:
    """Rows on their way into the database; a later row may name an earlier one by its id."""

    def __init__(self) -> None:
        """Begin with nothing to write."""
        self.counts: Counter[str] = Counter()
        self._next: dict[str, int] = {}
        self._waiting: dict[str, list[Values]] = {}
        self._deeds: list[Values] = []

    def add(self, model: type[Base], **values: Any) -> int:
        """Take a row and return the id it will have."""
        number = self.reserve(model)
        self.put(model, id=number, **values)
        return number

    def reserve(self, model: type[Base]) -> int:
        """Return the id that a row taken later will have."""
        table = cast(Table, model.__table__)
        if table.name not in self._next:
            self._next[table.name] = (db.session.scalar(select(func.max(table.c.id))) or 0) + 1
        self._next[table.name] += 1
        return self._next[table.name] - 1

    def put(self, model: type[Base], **values: Any) -> None:
        """Take a row whose id, if its table has one, was reserved before."""
        name = model.__tablename__
        self._waiting.setdefault(name, []).append(values)
        self.counts[name] += 1

    def deed(self, action: str, subject: tuple[str, int], **facts: Any) -> None:
        """Take an audit row of the table and id it is about: `at`, `actor`, perhaps more."""
        actor: Actor = facts["actor"]
        moment: datetime = facts["at"]
        self._deeds.append(
            {
                "at": moment,
                "actor_id": actor.id,
                "actor_name": actor.name,
                "action": action,
                "subject_type": subject[0],
                "subject_id": subject[1],
                "is_public": facts.get("public", False),
                "data": facts.get("data", {}),
                "request_id": None,
            }
        )

    def write(self) -> None:
        """Write the rows taken so far, all but the deeds."""
        for table in Base.metadata.sorted_tables:
            self._insert(table, self._waiting.pop(table.name, []))

    def finish(self) -> None:
        """Write the rest, the deeds by their time, and let new rows follow with free ids."""
        self.write()
        deeds = sorted(self._deeds, key=lambda deed: deed["at"])
        self._insert(cast(Table, AuditEntry.__table__), deeds)
        self._deeds = []
        if not is_sqlite():
            for name, number in self._next.items():
                _advance_sequence(name, number)
        self._next = {}

    def _insert(self, table: Table, rows: list[Values]) -> None:
        connection = db.session.connection()
        for start in range(0, len(rows), BATCH):
            connection.execute(insert(table), rows[start : start + BATCH])


def _advance_sequence(table: str, number: int) -> None:
    db.session.execute(
        text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :number, false)"),
        {"table": table, "number": number},
    )
