"""The append-only record of who did what: the buyer's timeline and the audit trail in one table.

The database itself refuses to change or delete a row (triggers in the migrations).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.context import current_actor, request_id
from shop.core.db import Base, BigId, Id, db


class AuditEntry(Base):
    """One thing somebody did to one subject; `is_public` rows are shown to both sides."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index(None, "subject_type", "subject_id", "id"),
        Index(None, "action", "id"),
        Index(None, "at", "id"),
    )

    id: Mapped[Id]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(BigId, index=True)
    actor_name: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(64))
    subject_type: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int] = mapped_column(BigId)
    is_public: Mapped[bool] = mapped_column(default=False)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    request_id: Mapped[str | None] = mapped_column(String(40))


def record(
    action: str, subject: Any, data: dict[str, Any] | None = None, *, public: bool = False
) -> None:
    """Write who does what to which row, in the transaction of the deed itself.

    The actor is whoever the request or the command acts for; `subject` needs an id, so flush
    new rows first. `data` holds what changed, never secrets.
    """
    actor = current_actor()
    db.session.add(
        AuditEntry(
            at=clock.now(),
            actor_id=actor.id,
            actor_name=actor.name,
            action=action,
            subject_type=subject.__tablename__,
            subject_id=subject.id,
            is_public=public,
            data=data or {},
            request_id=request_id(),
        )
    )


def history(subject: Any, *, public_only: bool = False) -> list[AuditEntry]:
    """Return what happened to a row, oldest first."""
    wanted = select(AuditEntry).where(
        AuditEntry.subject_type == subject.__tablename__, AuditEntry.subject_id == subject.id
    )
    if public_only:
        wanted = wanted.where(AuditEntry.is_public)
    return list(db.session.scalars(wanted.order_by(AuditEntry.id)))
