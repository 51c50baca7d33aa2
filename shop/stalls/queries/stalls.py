"""Finding stalls: one by its address, many for a list."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from shop.core.db import db
from shop.core.vietnamese import fold
from shop.stalls.models import Stall, StallSlug, StallStatus
from shop.web.paging import Page

PAGE_SIZE = 24


@dataclass(frozen=True)
class StallFilter:
    """What a list of stalls is narrowed to; empty values narrow nothing."""

    text: str = ""
    province_code: str = ""
    statuses: tuple[StallStatus, ...] = (StallStatus.ACTIVE,)


def stall_by_slug(slug: str) -> Stall | None:
    """Return the stall at an address, with its place and picture, whatever its status."""
    return db.session.scalar(whole_stall().where(Stall.slug == slug))


def stall_by_id(stall_id: int) -> Stall | None:
    """Return a stall with its place and picture."""
    return db.session.scalar(whole_stall().where(Stall.id == stall_id))


def present_slug(old_slug: str) -> str | None:
    """Return the address that a former address leads to."""
    return db.session.scalar(
        select(Stall.slug)
        .join(StallSlug, StallSlug.stall_id == Stall.id)
        .where(StallSlug.slug == old_slug)
    )


def page_of_stalls(wanted: StallFilter, number: int) -> Page[Stall]:
    """Return one page of stalls by name; the search finds words with or without accents."""
    narrowed = _conditions(wanted)
    total = db.session.scalar(select(func.count()).select_from(Stall).where(*narrowed)) or 0
    rows = db.session.scalars(
        whole_stall()
        .where(*narrowed)
        .order_by(Stall.search_key, Stall.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, number, PAGE_SIZE, total)


def whole_stall() -> Select[Stall]:
    """Return the question for stalls with all that a page shows of them."""
    return select(Stall).options(
        joinedload(Stall.province), joinedload(Stall.commune), joinedload(Stall.picture)
    )


def _conditions(wanted: StallFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Stall.status.in_(wanted.statuses)]
    if wanted.province_code:
        conditions.append(Stall.province_code == wanted.province_code)
    words = fold(wanted.text).split()[:8]
    conditions += [Stall.search_key.contains(word, autoescape=True) for word in words]
    return conditions
