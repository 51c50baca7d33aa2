"""The audit trail, narrowed by what was done, by whom, to what and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, literal, select, union_all

from shop.accounts.models import User
from shop.catalogue.models import Product, Sku
from shop.certification.models import Certificate
from shop.core import clock
from shop.core.audit import AuditEntry
from shop.core.db import db
from shop.core.vietnamese import nfc
from shop.orders.models import StallOrder
from shop.stalls.models import Stall
from shop.web.paging import LAST_PAGE, Page

PAGE = 50
EARLIEST, LATEST = date(2000, 1, 1), date(2999, 1, 1)  # beyond these a moment has no UTC
NAMES: dict[str, tuple[Any, Any]] = {
    "users": (User.id, User.name),
    "stalls": (Stall.id, Stall.name),
    "products": (Product.id, Product.name),
    "skus": (Sku.id, Sku.code),
    "certificates": (Certificate.id, Certificate.product_code),
    "stall_orders": (StallOrder.id, StallOrder.code),
}


@dataclass(frozen=True)
class TrailFilter:
    """What to look for; empty parts ask for nothing. `actor` is a number, an address or a name."""

    action: str = ""
    actor: str = ""
    subject_type: str = ""
    subject_id: int | None = None
    since: date | None = None
    until: date | None = None


def page_of_entries(wanted: TrailFilter, number: int) -> Page[AuditEntry]:
    """Return a page of the trail, the latest first; of more than 500 pages the first 500."""
    conditions = list(_conditions(wanted))
    capped = select(AuditEntry.id).where(*conditions).limit(PAGE * LAST_PAGE).subquery()
    total = db.session.scalar(select(func.count()).select_from(capped)) or 0
    rows = db.session.scalars(
        select(AuditEntry)
        .where(*conditions)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    ).all()
    return Page(rows, number, PAGE, total)


def _conditions(wanted: TrailFilter) -> Iterable[ColumnElement[bool]]:
    if wanted.action:
        yield AuditEntry.action == wanted.action
    if wanted.actor:
        yield _is_by(nfc(wanted.actor))
    if wanted.subject_type:
        yield AuditEntry.subject_type == wanted.subject_type
    if wanted.subject_id is not None:
        yield AuditEntry.subject_id == wanted.subject_id
    if wanted.since:
        yield AuditEntry.at >= _begin(max(wanted.since, EARLIEST))
    if wanted.until:
        yield AuditEntry.at < _begin(min(wanted.until, LATEST) + timedelta(days=1))


def _is_by(actor: str) -> ColumnElement[bool]:
    if actor.isdecimal() and len(actor) < 10:
        return AuditEntry.actor_id == int(actor)
    if "@" in actor:
        known = select(User.id).where(User.email == actor.lower())
        return AuditEntry.actor_id.in_(known)
    return AuditEntry.actor_name.icontains(actor, autoescape=True)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.VIETNAM)


def names_of(entries: Iterable[AuditEntry]) -> dict[tuple[str, int], str]:
    """Return what the subjects of entries are called today, in one statement."""
    subjects = [(entry.subject_type, entry.subject_id) for entry in entries]
    asked = [
        select(literal(kind), column, cast(name, String)).where(
            column.in_([number for of_kind, number in subjects if of_kind == kind])
        )
        for kind, (column, name) in NAMES.items()
    ]
    return {
        (kind, number): name for kind, number, name in db.session.execute(union_all(*asked)) if name
    }
