"""Certificates of products: which is live now, and which there were."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from flask_babel import gettext, lazy_gettext
from sqlalchemy import ColumnElement, and_, exists, literal_column, select
from sqlalchemy.orm import aliased, joinedload

from shop.certification import product_code
from shop.certification.models import Certificate, CertificateRuling, CertificateStatus
from shop.certification.reasons import RevocationReason, in_words
from shop.certification.validity import Succession
from shop.core import clock
from shop.core.audit import AuditEntry
from shop.core.db import db
from shop.core.errors import Words
from shop.stalls.models import Stall

ONCE_VERIFIED = (
    CertificateStatus.VERIFIED,
    CertificateStatus.REVOKED,
    CertificateStatus.REPLACED,
    CertificateStatus.WITHHELD,
)


def live() -> ColumnElement[bool]:
    """Return the condition under which stars may be shown at this moment.

    For joins: `Certificate.product_id == Product.id & live()`. The status is a literal, so that
    both engines use the partial index on verified rows. The day is that of the question, so a
    certificate ends at midnight in Vietnam without any job.
    """
    return and_(
        Certificate.status == literal_column("'verified'"),
        Certificate.live_until >= clock.today(),
    )


def certificate_for(product_id: int) -> Certificate | None:
    """Return the live certificate of a product, None when no star may be shown."""
    return db.session.scalar(
        select(Certificate).where(Certificate.product_id == product_id, live())
    )


def is_waiting(product_id: int) -> bool:
    """Tell whether a certificate of a product is being verified, under its name of that day."""
    wanted = select(Certificate.id).where(
        Certificate.product_id == product_id, Certificate.status == CertificateStatus.SUBMITTED
    )
    return db.session.scalar(wanted.limit(1)) is not None


def history(product_id: int) -> list[Certificate]:
    """Return every certificate of a product that was once verified, the newest first."""
    return list(
        db.session.scalars(
            select(Certificate)
            .where(Certificate.product_id == product_id, Certificate.status.in_(ONCE_VERIFIED))
            .order_by(Certificate.decided_on.desc(), Certificate.id.desc())
        )
    )


def claims(product_id: int) -> list[Certificate]:
    """Return all that a stall has handed in for a product, the newest first, with the scans."""
    wanted = select(Certificate).where(Certificate.product_id == product_id)
    newest = wanted.options(joinedload(Certificate.scan)).order_by(Certificate.id.desc())
    return list(db.session.scalars(newest))


def returned_products(stall_id: int) -> list[int]:
    """Return the products of a stall whose newest claim a moderator has given back."""
    newest = aliased(Certificate)
    is_newest = ~exists().where(
        newest.product_id == Certificate.product_id, newest.id > Certificate.id
    )
    wanted = select(Certificate.product_id).where(
        Certificate.stall_id == stall_id,
        Certificate.status == CertificateStatus.RETURNED,
        is_newest,
    )
    return list(db.session.scalars(wanted.order_by(Certificate.decided_at)))


@dataclass(frozen=True)
class CertificateEvent:
    """One thing that happened to a certificate, as the public may read it."""

    title: Words
    at: datetime
    text: str
    tone: str


@dataclass(frozen=True)
class CertificateRecord:
    """A certificate with its stall, those of the product before and after it, and its history."""

    certificate: Certificate
    others: list[Certificate]
    events: list[CertificateEvent]


def certificate_by_code(code: str) -> CertificateRecord | None:
    """Return what the public page of a product code shows; None for a code never verified here.

    Of several with this code the verified one counts, else the latest; the history is that of all,
    so that no newer one hides what was revoked.
    """
    found = db.session.scalars(
        select(Certificate)
        .where(
            Certificate.product_code == product_code.tidy(code),
            Certificate.status.in_(ONCE_VERIFIED),
        )
        .options(joinedload(Certificate.stall).joinedload(Stall.province))
        .order_by((Certificate.status == CertificateStatus.VERIFIED).desc(), Certificate.id.desc())
    ).all()
    if not found:
        return None
    certificate = found[0]
    others = [each for each in history(certificate.product_id) if each.id != certificate.id]
    return CertificateRecord(certificate, others, _events(found))


def _events(certificates: Sequence[Certificate]) -> list[CertificateEvent]:
    """Return the public history of certificates, oldest first, without names of people."""
    known = {each.id: each for each in certificates}
    rows = db.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.subject_type == Certificate.__tablename__,
            AuditEntry.subject_id.in_(known),
            AuditEntry.is_public,
            AuditEntry.action.in_(TITLES),
        )
        .order_by(AuditEntry.id)
    )
    return [
        CertificateEvent(
            TITLES[row.action], row.at, _words(row, known[row.subject_id]), tone_of(row.action)
        )
        for row in rows
    ]


TITLES = {
    "certificate.submitted": lazy_gettext("Handed in by the stall"),
    "certificate.verified": lazy_gettext("Verified by a moderator"),
    "certificate.replaced": lazy_gettext("Replaced by a newer certificate"),
    "certificate.revoked": lazy_gettext("Revoked"),
    "certificate.restored": lazy_gettext("Restored: the revocation was taken back"),
    "certificate.grace": lazy_gettext("Kept in force: the re-evaluation is filed"),
    "certificate.grace_ended": lazy_gettext("Grace ended: no re-evaluation is on its way"),
    "certificate.unlisted": lazy_gettext("The published list says other stars now"),
    "certificate.withheld": lazy_gettext("Stars withheld: the goods have changed"),
    "certificate.matched": lazy_gettext("Found in a published list"),
    "certificate.confirmed": lazy_gettext("A moderator confirmed that it covers the goods"),
}
_TONES = {
    "certificate.verified": "ok",
    "certificate.restored": "ok",
    "certificate.confirmed": "ok",
    "certificate.matched": "ok",
    "certificate.grace": "warn",
    "certificate.grace_ended": "warn",
    "certificate.unlisted": "warn",
    "certificate.withheld": "warn",
    "certificate.revoked": "danger",
}


def tone_of(action: str) -> str:
    """Return the tone in which a deed is shown."""
    return _TONES.get(action, "")


def _words(row: AuditEntry, certificate: Certificate) -> str:
    """Return what the public may read of a deed, from what was recorded with it."""
    if row.action == "certificate.verified":
        return str(certificate.grade.label) if certificate.grade else ""
    if row.action == "certificate.revoked":
        return _revoked(row, certificate)
    if row.action == "certificate.replaced":
        return _replaced(row)
    if row.action == "certificate.grace":
        until = date.fromisoformat(row.data["until"]).strftime("%d/%m/%Y")
        return str(gettext("Until %(day)s", day=until))
    return str(row.data.get("words", "")) if row.action in _SPOKEN else ""


_SPOKEN = {"certificate.restored", "certificate.withheld", "certificate.confirmed"}


def _revoked(row: AuditEntry, certificate: Certificate) -> str:
    grounds = [each for each in RevocationReason if each == row.data.get("code")]
    if not grounds:
        return certificate.reason
    said = in_words(grounds[0], row.data.get("words", ""))
    if not row.data.get("decision"):
        return said
    decision = gettext(
        "Decision %(number)s of %(day)s",
        number=row.data["decision"],
        day=row.data.get("decided_on", ""),
    )
    return f"{said} · {decision}"


def _replaced(row: AuditEntry) -> str:
    """Return whether it was renewed or moved, with the stars before and after."""
    what = next((each for each in Succession if each == row.data.get("what")), None)
    if what is None:
        return ""
    before, after = row.data["stars"]
    change = gettext("%(before)s → %(after)s stars", before=before, after=after)
    return str(what.label) if before == after else f"{what.label}: {change}"


class Sold(NamedTuple):
    """Goods as an order names them: the code of their certificate, and when they were ordered."""

    product_code: str
    product_id: int
    at: datetime


def revoked_since(sold: Iterable[Sold]) -> dict[str, date]:
    """Return for those codes whose certificate was revoked after the order the day of that.

    For orders: what they say of the past stays, with a mark of what came after, whatever
    certificate the goods have got since; one query.
    """
    wanted = {(each.product_code, each.product_id): each.at for each in sold if each.product_code}
    if not wanted:
        return {}
    rows = db.session.execute(
        select(Certificate.product_code, Certificate.product_id, Certificate.revoked_at)
        .where(
            Certificate.product_code.in_({code for code, _ in wanted}),
            Certificate.status == CertificateStatus.REVOKED,
            Certificate.revoked_at.is_not(None),
        )
        .order_by(Certificate.id.desc())
    )
    return {
        code: clock.local(revoked_at).date()
        for code, product_id, revoked_at in rows
        if revoked_at and wanted.get((code, product_id), revoked_at) < revoked_at
    }


def rulings(certificate_id: int) -> list[CertificateRuling]:
    """Return what was ruled on a certificate with the papers, the latest first."""
    wanted = select(CertificateRuling).where(CertificateRuling.certificate_id == certificate_id)
    with_papers = wanted.options(joinedload(CertificateRuling.file))
    return list(db.session.scalars(with_papers.order_by(CertificateRuling.id.desc())))
