"""What a product code says of itself, and what the public reports of codes."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from shop.accounts.models import User
from shop.accounts.queries import in_scope
from shop.certification import product_code
from shop.certification.models import Certificate, CertificateStatus, CodeReport
from shop.certification.queries.certificates import ONCE_VERIFIED
from shop.core.db import db
from shop.places import queries as places
from shop.places.models import Commune, Province
from shop.web.paging import Page

PAGE_SIZE = 30
ALIKE = 5


@dataclass(frozen=True)
class CodePlace:
    """What can be read off a code: whether its shape is right, and the place that it names."""

    is_well_formed: bool
    province: Province | None = None
    commune: Commune | None = None
    year: int | None = None


def place_of(code: str) -> CodePlace:
    """Take a code apart into the places of today that it names."""
    read = product_code.read_code(code)
    if read is None:
        return CodePlace(is_well_formed=False)
    commune = places.commune(read.commune_code)
    is_inside = commune is not None and commune.province_code == read.province_code
    province = places.province(read.province_code)
    return CodePlace(
        is_well_formed=True,
        province=province,
        commune=commune if is_inside else None,
        year=read.year,
    )


def codes_alike(code: str) -> list[Certificate]:
    """Return certificates whose code may be what was meant; looked up by the index of codes."""
    read = product_code.read_code(code)
    if read is None:
        return []
    wanted = select(Certificate).where(
        Certificate.product_code.in_(sorted(product_code.alike(read))),
        Certificate.status.in_(ONCE_VERIFIED),
    )
    return list(db.session.scalars(wanted.order_by(Certificate.product_code).limit(ALIKE)))


def stalls_of_code(code: str) -> set[int]:
    """Return the stalls that hold, once held or now claim a certificate of this code."""
    wanted = select(Certificate.stall_id).where(
        Certificate.product_code == code,
        Certificate.status.in_((*ONCE_VERIFIED, CertificateStatus.SUBMITTED)),
    )
    return set(db.session.scalars(wanted))


def open_reports(moderator: User) -> int:
    """Return how many reported codes wait in a moderator's scope."""
    wanted = select(func.count()).select_from(CodeReport)
    return db.session.scalar(wanted.where(_scope(moderator), _is_open())) or 0


def code_reports(moderator: User, *, is_open: bool, page: int) -> Page[CodeReport]:
    """Return a page of the scope's reports: what waits oldest first, else the last handled."""
    wanted = [_scope(moderator), _is_open() if is_open else ~_is_open()]
    total = db.session.scalar(select(func.count()).select_from(CodeReport).where(*wanted)) or 0
    order = CodeReport.created_at if is_open else CodeReport.handled_at.desc()
    rows = _with_place().where(*wanted).order_by(order, CodeReport.id)
    shown = rows.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    return Page(db.session.scalars(shown).all(), page, PAGE_SIZE, total)


def report_case(moderator: User, report_id: int) -> CodeReport | None:
    """Return a report of the scope with its photo and who closed it, else None."""
    wanted = _with_place().where(CodeReport.id == report_id, _scope(moderator))
    whole = wanted.options(joinedload(CodeReport.photo), joinedload(CodeReport.handled_by))
    return db.session.scalar(whole)


def _with_place() -> Select[CodeReport]:
    return select(CodeReport).options(
        joinedload(CodeReport.province), joinedload(CodeReport.commune)
    )


def _is_open() -> ColumnElement[bool]:
    return CodeReport.handled_at.is_(None)


def _scope(moderator: User) -> ColumnElement[bool]:
    """A code that names no place of today is everybody's."""
    province: Any = CodeReport.province_code
    commune: Any = CodeReport.commune_code
    return or_(province.is_(None), in_scope(moderator, province, commune))
