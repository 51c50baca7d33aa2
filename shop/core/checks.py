"""What must hold of the record, the promises and the files, whatever the rooms above do."""

from datetime import timedelta

from flask_babel import lazy_gettext
from sqlalchemy import and_, func, or_, select

from shop.core import clock, files
from shop.core.audit import AuditEntry
from shop.core.db import db
from shop.core.files import StoredFile
from shop.core.invariants import invariant, unprotected
from shop.core.outbox import OutboxMessage

LONGEST_WAIT = timedelta(hours=1)


@invariant(7, lazy_gettext("Nothing in the audit trail can be changed or deleted"))
def check_audit_is_append_only() -> list[str]:
    """Return a line for every way in which the audit trail could be rewritten."""
    return unprotected(AuditEntry)


@invariant(8, lazy_gettext("Every promised job ends delivered, and none waits for over an hour"))
def check_outbox() -> list[str]:
    """Return a line for every message that was parked or forgotten."""
    forgotten = and_(
        OutboxMessage.delivered_at.is_(None),
        OutboxMessage.available_at < clock.now() - LONGEST_WAIT,
    )
    rows = db.session.execute(
        select(OutboxMessage.id, OutboxMessage.topic, OutboxMessage.error)
        .where(or_(OutboxMessage.parked_at.is_not(None), forgotten))
        .order_by(OutboxMessage.id)
    )
    return [f"outbox {row.id} {row.topic}: {_first_line(row.error)}" for row in rows]


@invariant(8, lazy_gettext("No job is promised or carried out twice"))
def check_outbox_once() -> list[str]:
    """Return a line for every message that is both delivered and parked, or has a twin."""
    both = select(OutboxMessage.id).where(
        OutboxMessage.delivered_at.is_not(None), OutboxMessage.parked_at.is_not(None)
    )
    twins = (
        select(OutboxMessage.key)
        .where(OutboxMessage.key.is_not(None))
        .group_by(OutboxMessage.key)
        .having(func.count() > 1)
    )
    lines = [f"outbox {number}: delivered and parked" for number in db.session.scalars(both)]
    return lines + [f"outbox {key}: twice" for key in db.session.scalars(twins)]


@invariant(9, lazy_gettext("Every file that the floor knows is on the disk"))
def check_files() -> list[str]:
    """Return the name of every stored file that is not there."""
    folder = files.uploads_dir()
    names = db.session.scalars(select(StoredFile.name).order_by(StoredFile.id))
    return [name for name in names if not (folder / name[:2] / name).is_file()]


def _first_line(error: str | None) -> str:
    return (error or "").partition("\n")[0][:120]
