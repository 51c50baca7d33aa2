"""The desk of the moderators: what waits in their scope, and the evidence of a case."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, raiseload

from shop.accounts.models import User
from shop.accounts.queries import in_scope
from shop.certification import product_code
from shop.certification.matching import Match, Segment, compare, compare_values, differences, key
from shop.certification.models import Certificate, CertificateStatus, RecognitionEntry, ScanTwin
from shop.certification.queries.conflicts import in_conflict
from shop.certification.validity import end_of
from shop.core import clock
from shop.core.db import db
from shop.core.files import StoredFile
from shop.core.vietnamese import fold
from shop.stalls.models import Stall, StallMember
from shop.web.paging import Page

PAGE_SIZE = 30
QUEUE_LENGTH = 20
CANDIDATES = 20
OTHERS = 5
RANKS = {Match.SAME: 0, Match.SIMILAR: 1, Match.UNKNOWN: 2, Match.DIFFERENT: 3}


def waiting_count(moderator: User) -> int:
    """Return how many certificates wait in a moderator's scope."""
    wanted = select(func.count()).select_from(Certificate)
    return db.session.scalar(wanted.where(*_waiting(moderator))) or 0


def waiting(moderator: User) -> list[Certificate]:
    """Return the certificates that have waited longest in the scope, with their stalls."""
    return list(
        db.session.scalars(
            _with_stall()
            .where(*_waiting(moderator))
            .order_by(Certificate.due_on, Certificate.id)
            .limit(QUEUE_LENGTH)
        )
    )


def next_case(moderator: User, besides: int) -> int | None:
    """Return the oldest case that a moderator can decide on now, whatever else waits.

    Not what a colleague has, nor what is of an own stall, nor 5 stars that she has read first.
    """
    own_stalls = select(StallMember.stall_id).where(StallMember.user_id == moderator.id)
    return db.session.scalar(
        select(Certificate.id)
        .where(
            *_waiting(moderator),
            Certificate.id != besides,
            is_free_for(moderator),
            Certificate.submitted_by_id != moderator.id,
            Certificate.stall_id.not_in(own_stalls),
            Certificate.approved_by_id.is_distinct_from(moderator.id),
        )
        .order_by(Certificate.due_on, Certificate.id)
        .limit(1)
    )


def cases(
    moderator: User,
    status: CertificateStatus,
    *,
    text: str,
    page: int,
    is_conflict: bool = False,
) -> Page[Certificate]:
    """Return a page of the scope's certificates of one status.

    What waits comes oldest first; of what is decided, the latest first. The text is looked for,
    accents as written, in product, holder and code; `is_conflict` leaves what others claim too.
    """
    wanted = [Certificate.status == status, scope_of(moderator), *_containing(text)]
    wanted += [in_conflict()] if is_conflict else []
    total = db.session.scalar(select(func.count()).select_from(Certificate).where(*wanted)) or 0
    rows = db.session.scalars(
        _with_stall()
        .where(*wanted)
        .order_by(_order(status), Certificate.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, page, PAGE_SIZE, total)


def _order(status: CertificateStatus) -> Any:
    if status is CertificateStatus.SUBMITTED:
        return Certificate.due_on
    is_revoked = status is CertificateStatus.REVOKED
    return Certificate.revoked_at.desc() if is_revoked else Certificate.decided_at.desc()


def case(moderator: User, certificate_id: int) -> Certificate | None:
    """Return a certificate of the scope with its stall, scan and row of the list, else None."""
    return db.session.scalar(
        _with_stall()
        .where(Certificate.id == certificate_id, scope_of(moderator))
        .options(
            joinedload(Certificate.scan),
            joinedload(Certificate.entry),
            joinedload(Certificate.verified_by),
            joinedload(Certificate.claimed_by),
            raiseload("*"),
        )
    )


def is_free_for(moderator: User) -> ColumnElement[bool]:
    """Return the condition that no colleague has a case at this moment."""
    return or_(
        Certificate.claimed_by_id.is_(None),
        Certificate.claimed_by_id == moderator.id,
        Certificate.claimed_until <= clock.now(),
    )


def scope_of(moderator: User) -> ColumnElement[bool]:
    """Return the condition that a certificate lies in a moderator's scope."""
    return in_scope(
        moderator,
        Certificate.province_code.expression,
        Certificate.commune_code.expression,
    )


def _waiting(moderator: User) -> tuple[ColumnElement[bool], ...]:
    return (Certificate.status == CertificateStatus.SUBMITTED, scope_of(moderator))


def _with_stall() -> Select[Certificate]:
    return select(Certificate).options(
        joinedload(Certificate.stall).options(joinedload(Stall.province), joinedload(Stall.commune))
    )


def _containing(text: str) -> list[ColumnElement[bool]]:
    if not text:
        return []
    return [
        or_(
            Certificate.product_name.icontains(text, autoescape=True),
            Certificate.holder.icontains(text, autoescape=True),
            Certificate.product_code.icontains(text, autoescape=True),
        )
    ]


@dataclass(frozen=True)
class Compared:
    """One fact of a claim beside what the published list says of it."""

    name: str
    claimed: str | int | date
    listed: str | int | date | None
    match: Match

    @property
    def segments(self) -> list[Segment]:
        """Return what the list says, with what differs from the claim apart."""
        return differences(str(self.claimed), str(self.listed or ""))


@dataclass(frozen=True)
class Evidence:
    """What a moderator has to see before deciding."""

    entry: RecognitionEntry | None
    compared: list[Compared]
    latest_expiry: date
    same_scan: list[Certificate]
    like_scan: list[Certificate]
    same_code: list[Certificate]
    earlier: list[Certificate]
    is_other_place: bool

    @property
    def agreeing(self) -> int:
        """Return how many of the listed facts agree."""
        return sum(each.match in {Match.SAME, Match.SIMILAR} for each in self.compared)

    @property
    def comparable(self) -> int:
        """Return how many facts the list says."""
        return sum(each.match is not Match.UNKNOWN for each in self.compared)


def evidence(certificate: Certificate) -> Evidence:
    """Gather what speaks for and against a claim, whatever its status."""
    entry = certificate.entry or _likely_entry(certificate)
    others = _with_stall().where(Certificate.id != certificate.id).limit(OTHERS)
    code = product_code.read_code(certificate.product_code)
    return Evidence(
        entry=entry,
        compared=_compare(certificate, entry) if entry else [],
        latest_expiry=end_of(certificate.decided_on),
        same_scan=_same_scan(certificate, others),
        like_scan=_like_scan(certificate, others),
        same_code=_list(
            others.where(
                Certificate.product_code == certificate.product_code,
                Certificate.product_id != certificate.product_id,
            )
        ),
        earlier=_list(others.where(Certificate.product_id == certificate.product_id)),
        is_other_place=code is None
        or (code.province_code, code.commune_code)
        != (certificate.province_code, certificate.commune_code),
    )


def _list(wanted: Select[Certificate]) -> list[Certificate]:
    return list(db.session.scalars(wanted.order_by(Certificate.id.desc())))


def _same_scan(certificate: Certificate, others: Select[Certificate]) -> list[Certificate]:
    """Return certificates of other products whose scan holds the same bytes."""
    if certificate.scan is None:
        return []
    same_bytes = select(StoredFile.id).where(StoredFile.sha256 == certificate.scan.sha256)
    return _list(
        others.where(
            Certificate.scan_id.in_(same_bytes), Certificate.product_id != certificate.product_id
        )
    )


def _like_scan(certificate: Certificate, others: Select[Certificate]) -> list[Certificate]:
    """Return certificates of other products whose scan looks the same."""
    twins = select(ScanTwin.twin_id).where(ScanTwin.certificate_id == certificate.id)
    return _list(others.where(Certificate.id.in_(twins)))


def _likely_entry(certificate: Certificate) -> RecognitionEntry | None:
    """Return the row of a list that fits best where the claim names none."""
    wanted = (
        select(RecognitionEntry)
        .where(
            RecognitionEntry.search_key.startswith(fold(certificate.product_name), autoescape=True)
        )
        .order_by(
            (RecognitionEntry.province_code == certificate.province_code).desc(),
            RecognitionEntry.id,
        )
        .limit(CANDIDATES)
    )
    return min(
        (row for row in db.session.scalars(wanted) if _is_near(certificate, row)),
        key=lambda row: (
            RANKS[compare(certificate.holder, row.producer)],
            RANKS[compare(certificate.product_name, row.product_name)],
        ),
        default=None,
    )


def _is_near(certificate: Certificate, row: RecognitionEntry) -> bool:
    return compare(certificate.product_name, row.product_name) is not Match.DIFFERENT


def _compare(certificate: Certificate, entry: RecognitionEntry) -> list[Compared]:
    numbers = (certificate.decision_number, entry.decision_number)
    names = (certificate.product_name, entry.product_name)
    holders = (certificate.holder, entry.producer)
    stars = (certificate.stars, entry.stars)
    days = (certificate.decided_on, entry.decided_on)
    return [
        Compared("product", *names, compare(*names)),
        Compared("holder", *holders, compare(*holders)),
        Compared("stars", *stars, compare_values(*stars)),
        Compared("decision", *numbers, compare_values(*map(key, numbers))),
        Compared("decided_on", *days, compare_values(*days)),
    ]
