"""Applications: the applicant's own, and the ones a moderator reads."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from shop.accounts.models import User
from shop.accounts.queries import in_scope
from shop.core.db import db
from shop.stalls.models import (
    DocumentKind,
    MemberKind,
    Stall,
    StallDocument,
    StallMember,
    StallStatus,
)
from shop.stalls.queries.stalls import whole_stall

QUEUE_SIZE = 50
UNDECIDED = (StallStatus.DRAFT, StallStatus.SUBMITTED, StallStatus.RETURNED)
READABLE = tuple(status for status in StallStatus if status is not StallStatus.DRAFT)


class Waiting(NamedTuple):
    """How many applications wait for a moderator, and since when the oldest does."""

    number: int
    oldest: datetime | None


def open_application(user_id: int) -> Stall | None:
    """Return the application that a person has begun and that is not accepted yet."""
    return db.session.scalar(
        whole_stall()
        .join(StallMember, StallMember.stall_id == Stall.id)
        .where(
            StallMember.user_id == user_id,
            StallMember.kind == MemberKind.MANAGER,
            Stall.status.in_(UNDECIDED),
        )
        .order_by(Stall.id.desc())
        .limit(1)
    )


def documents(stall_id: int) -> Sequence[StallDocument]:
    """Return the papers of a stall with their scans, in the order they were handed in."""
    return db.session.scalars(
        select(StallDocument)
        .where(StallDocument.stall_id == stall_id)
        .options(joinedload(StallDocument.file))
        .order_by(StallDocument.id)
    ).all()


def public_papers(stall_id: int) -> Sequence[StallDocument]:
    """Return the papers whose facts buyers may know; those about a person are not among them."""
    return db.session.scalars(
        select(StallDocument)
        .where(
            StallDocument.stall_id == stall_id,
            StallDocument.kind.in_((DocumentKind.BUSINESS_REGISTRATION, DocumentKind.FOOD_SAFETY)),
            StallDocument.number != "",
        )
        .order_by(StallDocument.id)
    ).all()


def own_document(user_id: int, document_id: int) -> StallDocument | None:
    """Return a paper of a stall that the person manages, with its scan."""
    return db.session.scalar(
        select(StallDocument)
        .join(StallMember, StallMember.stall_id == StallDocument.stall_id)
        .where(
            StallDocument.id == document_id,
            StallMember.user_id == user_id,
            StallMember.kind == MemberKind.MANAGER,
        )
        .options(joinedload(StallDocument.file))
    )


def case_document(moderator: User, stall_id: int, document_id: int) -> StallDocument | None:
    """Return a paper of a case within the moderator's scope, with its scan."""
    return db.session.scalar(
        select(StallDocument)
        .join(Stall, Stall.id == StallDocument.stall_id)
        .where(
            StallDocument.id == document_id,
            Stall.id == stall_id,
            Stall.status.in_(READABLE),
            _within(moderator),
        )
        .options(joinedload(StallDocument.file))
    )


def case(moderator: User, stall_id: int) -> Stall | None:
    """Return a stall within the moderator's scope that was sent in, whatever became of it."""
    return db.session.scalar(
        whole_stall().where(Stall.id == stall_id, Stall.status.in_(READABLE), _within(moderator))
    )


def queue(moderator: User) -> Sequence[Stall]:
    """Return the applications that wait for this moderator, the oldest first."""
    return db.session.scalars(
        whole_stall()
        .where(Stall.status == StallStatus.SUBMITTED, _within(moderator))
        .order_by(Stall.submitted_at, Stall.id)
        .limit(QUEUE_SIZE)
    ).all()


def waiting(moderator: User) -> Waiting:
    """Return how many applications wait for this moderator, and since when."""
    row = db.session.execute(
        select(func.count(), func.min(Stall.submitted_at)).where(
            Stall.status == StallStatus.SUBMITTED, _within(moderator)
        )
    ).one()
    return Waiting(*row)


def others_with_code(stall: Stall) -> Sequence[str]:
    """Return the names of other stalls that gave the same tax code."""
    return db.session.scalars(
        select(Stall.name)
        .where(
            Stall.tax_code == stall.tax_code,
            Stall.tax_code != "",
            Stall.id != stall.id,
            Stall.status != StallStatus.DRAFT,
        )
        .order_by(Stall.id)
        .limit(5)
    ).all()


def _within(moderator: User) -> ColumnElement[bool]:
    return in_scope(moderator, Stall.province_code, Stall.commune_code)
