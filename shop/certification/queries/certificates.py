"""Certificates of products: which is live now, and which there were."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext
from sqlalchemy import ColumnElement, and_, exists, literal_column, select
from sqlalchemy.orm import aliased, joinedload

from shop.certification import product_code
from shop.certification.models import Certificate, CertificateStatus
from shop.core import audit, clock
from shop.core.db import db
from shop.core.errors import Words
from shop.stalls.models import Stall

ONCE_VERIFIED = (
    CertificateStatus.VERIFIED,
    CertificateStatus.REVOKED,
    CertificateStatus.REPLACED,
)


def live() -> ColumnElement[bool]:
    """Return the condition under which stars may be shown at this moment.

    For joins: `Certificate.product_id == Product.id & live()`. The status is a literal, so that
    both engines use the partial index on verified rows.
    """
    return and_(
        Certificate.status == literal_column("'verified'"),
        Certificate.expires_on >= clock.today(),
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

    Of several with this code the verified one counts, else the latest.
    """
    certificate = db.session.scalars(
        select(Certificate)
        .where(
            Certificate.product_code == product_code.tidy(code),
            Certificate.status.in_(ONCE_VERIFIED),
        )
        .options(joinedload(Certificate.stall).joinedload(Stall.province))
        .order_by((Certificate.status == CertificateStatus.VERIFIED).desc(), Certificate.id.desc())
        .limit(1)
    ).first()
    if certificate is None:
        return None
    others = [each for each in history(certificate.product_id) if each.id != certificate.id]
    return CertificateRecord(certificate, others, _events(certificate))


def _events(certificate: Certificate) -> list[CertificateEvent]:
    """Return the public history of a certificate, oldest first, without names of people."""
    return [
        CertificateEvent(TITLES[row.action], row.at, _words(row, certificate), tone_of(row.action))
        for row in audit.history(certificate, public_only=True)
        if row.action in TITLES
    ]


TITLES = {
    "certificate.submitted": lazy_gettext("Handed in by the stall"),
    "certificate.verified": lazy_gettext("Verified by a moderator"),
    "certificate.replaced": lazy_gettext("Replaced by a newer certificate"),
    "certificate.revoked": lazy_gettext("Revoked"),
}
_TONES = {"certificate.verified": "ok", "certificate.revoked": "danger"}


def tone_of(action: str) -> str:
    """Return the tone in which a deed is shown."""
    return _TONES.get(action, "")


def _words(row: audit.AuditEntry, certificate: Certificate) -> str:
    if row.action == "certificate.revoked":
        return certificate.reason
    return (
        str(certificate.grade.label)
        if row.action.endswith("verified") and certificate.grade
        else ""
    )
