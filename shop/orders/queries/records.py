"""The public record of stall orders: the rows of the audit trail that both sides see."""

from collections.abc import Iterable

from sqlalchemy import select

from shop.core.audit import AuditEntry
from shop.core.db import db
from shop.orders.models import StallOrder


def records_of(parts: Iterable[StallOrder]) -> dict[int, list[AuditEntry]]:
    """Return the public record of each of these stall orders by its id, oldest first; one query."""
    found: dict[int, list[AuditEntry]] = {part.id: [] for part in parts}
    rows = db.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.subject_type == StallOrder.__tablename__,
            AuditEntry.subject_id.in_(found),
            AuditEntry.is_public,
        )
        .order_by(AuditEntry.id)
    )
    for row in rows:
        found[row.subject_id].append(row)
    return found
