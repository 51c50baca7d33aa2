"""What must hold after any crash and any race: rooms bring the checks, `flask doctor` asks all.

A room writes them in its `checks.py`, each a function that returns a line per fault and none when
all is well.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import case, delete, func, inspect, literal, select, text, update
from sqlalchemy.exc import DBAPIError

from shop.core.audit import AuditEntry
from shop.core.db import Base, change, db, is_sqlite, transaction
from shop.core.errors import Words

Check = TypeVar("Check", bound=Callable[[], list[str]])


@dataclass(frozen=True)
class Invariant:
    """A sentence that must be true, its place in the order of checks, and how it is asked."""

    number: int
    words: Words
    check: Callable[[], list[str]]


_all: dict[str, Invariant] = {}


def invariant(number: int, words: Words) -> Callable[[Check], Check]:
    """Register a check under the sentence that it asks; lower numbers are asked first."""

    def register(check: Check) -> Check:
        name = f"{check.__module__}.{check.__qualname__}"
        _all[name] = Invariant(number, words, check)
        return check

    return register


def invariants() -> list[Invariant]:
    """Return all that must hold, in order."""
    ranked = sorted(_all.items(), key=lambda item: (item[1].number, item[0]))
    return [found for _, found in ranked]


def unrecorded(model: type[Any], outcomes: Mapping[str, str]) -> list[str]:
    """Return a line per row whose status is not the one that its last deed led to.

    `outcomes` says to which status each action of the audit trail leads; others lead to none.
    """
    table = model.__tablename__
    last = (
        select(AuditEntry.subject_id, func.max(AuditEntry.id).label("id"))
        .where(AuditEntry.subject_type == table, AuditEntry.action.in_(outcomes))
        .group_by(AuditEntry.subject_id)
        .subquery()
    )
    told = case(
        *((AuditEntry.action == action, literal(status)) for action, status in outcomes.items()),
        else_=literal(""),
    )
    rows = db.session.execute(
        select(model.id, model.status, AuditEntry.action)
        .outerjoin(last, last.c.subject_id == model.id)
        .outerjoin(AuditEntry, AuditEntry.id == last.c.id)
        .where(func.coalesce(told, "") != model.status)
        .order_by(model.id)
    )
    return [f"{table} {row.id}: {row.status} ≠ {row.action or '∅'}" for row in rows]


def unprotected(model: type[Base]) -> list[str]:
    """Return a line when the database would let rows of an append-only table be changed.

    The triggers are looked up, and a change is really tried on the first row and undone.
    """
    table = model.__tablename__
    missing = _wanted_triggers(table) - _triggers(table)
    lines = [f"{table}: {name}" for name in sorted(missing)]
    return lines + [f"{table}: {verb}" for verb in ("UPDATE", "DELETE") if _goes(verb, model)]


def _wanted_triggers(table: str) -> set[str]:
    if is_sqlite():
        return {f"{table}_no_update", f"{table}_no_delete"}
    return {f"{table}_append_only"}


def _triggers(table: str) -> set[str]:
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
        if is_sqlite()
        else "SELECT tgname FROM pg_trigger WHERE tgrelid = CAST(:table AS regclass)"
        " AND tgenabled <> 'D'"
    )
    return set(db.session.scalars(text(asked), {"table": table}))


def _goes(verb: str, model: type[Base]) -> bool:
    """Tell whether a change of the first row is let through; it never stays."""
    key = inspect(model).primary_key[0]
    first = select(func.min(key)).scalar_subquery()
    wanted = delete(model) if verb == "DELETE" else update(model).values({key: key})
    with transaction():
        attempt = db.session.begin_nested()
        try:
            return change(wanted.where(key == first)) > 0
        except DBAPIError as error:
            if "append-only" in str(error.orig):
                return False
            raise
        finally:
            attempt.rollback()
