"""Who works for which stall."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from shop.core.audit import AuditEntry
from shop.core.db import db
from shop.stalls.models import MemberKind, Stall, StallMember, StallStatus


def membership(user_id: int, slug: str) -> StallMember | None:
    """Return a person's membership of the stall at an address, with the stall and the person."""
    return db.session.scalar(
        _whole_member().where(Stall.slug == slug, StallMember.user_id == user_id)
    )


def entering(user_id: int, slug: str) -> StallMember | None:
    """Return a membership as it is at the door, with stall and person, for a whole request.

    It stands outside the session: what an operation commits neither changes nor expires it, and
    what is set on it is not written.
    """
    found = membership(user_id, slug)
    if found is not None:
        db.session.expunge(found)
        db.session.expunge(found.stall)
    return found


def memberships(user_id: int) -> Sequence[StallMember]:
    """Return the stalls a person works for, by name, each with its stall and the person."""
    return db.session.scalars(
        _whole_member().where(StallMember.user_id == user_id).order_by(Stall.search_key, Stall.id)
    ).all()


def stalls_run_by(user_id: int) -> Sequence[Stall]:
    """Return the stalls that a person's menu lists: those that have been opened, bare."""
    return db.session.scalars(
        select(Stall)
        .join(StallMember, StallMember.stall_id == Stall.id)
        .where(
            StallMember.user_id == user_id,
            Stall.status.in_((StallStatus.ACTIVE, StallStatus.SUSPENDED)),
        )
        .order_by(Stall.search_key, Stall.id)
    ).all()


def members(stall_id: int) -> Sequence[StallMember]:
    """Return who works for a stall, managers first, each with the stall and the person."""
    return db.session.scalars(
        _whole_member()
        .where(StallMember.stall_id == stall_id)
        .order_by((StallMember.kind == MemberKind.MANAGER).desc(), StallMember.id)
    ).all()


def member(stall_id: int, member_id: int) -> StallMember | None:
    """Return one member of a stall, with the stall and the person."""
    return db.session.scalar(
        _whole_member().where(StallMember.stall_id == stall_id, StallMember.id == member_id)
    )


def is_member(user_id: int, stall_id: int) -> bool:
    """Tell whether a person works for a stall; nobody rates or judges their own."""
    found = select(StallMember.id).where(
        StallMember.user_id == user_id, StallMember.stall_id == stall_id
    )
    return db.session.scalar(found) is not None


def worked_here(user_id: int, stall_id: int, since: datetime) -> bool:
    """Tell whether a person works for a stall, or did at that moment or after it.

    Who left is known by the record of it alone.
    """
    if is_member(user_id, stall_id):
        return True
    left = select(AuditEntry.data).where(
        AuditEntry.subject_type == Stall.__tablename__,
        AuditEntry.subject_id == stall_id,
        AuditEntry.action == "stall.member_removed",
        AuditEntry.at >= since,
    )
    return any(data.get("user_id") == user_id for data in db.session.scalars(left))


def _whole_member() -> Select[StallMember]:
    return (
        select(StallMember)
        .join(StallMember.stall)
        .options(
            joinedload(StallMember.user),
            joinedload(StallMember.stall).options(
                joinedload(Stall.province), joinedload(Stall.commune), joinedload(Stall.picture)
            ),
        )
    )
