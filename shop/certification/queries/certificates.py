"""Certificates of products: which is live now, and which there were."""

from sqlalchemy import ColumnElement, and_, literal_column, select
from sqlalchemy.orm import joinedload

from shop.certification.models import Certificate, CertificateStatus
from shop.core import clock
from shop.core.db import db

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


def history(product_id: int) -> list[Certificate]:
    """Return every certificate of a product that was once verified, the newest first."""
    return list(
        db.session.scalars(
            select(Certificate)
            .where(Certificate.product_id == product_id, Certificate.status.in_(ONCE_VERIFIED))
            .options(joinedload(Certificate.verified_by))
            .order_by(Certificate.decided_on.desc(), Certificate.id.desc())
        )
    )
