"""What was revoked comes back by a restoration alone, never as a new claim of the same paper."""

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.certification.matching import key
from shop.certification.models import (
    Certificate,
    CertificateRuling,
    CertificateStatus,
    RulingKind,
)
from shop.certification.reasons import RevocationReason
from shop.core.db import db
from shop.core.errors import WrongState


def refuse_revoked(certificate: Certificate) -> None:
    """Raise WrongState for a claim of the very certificate that was revoked.

    It is the same when code and decision are. Where this floor had verified it by mistake for
    other goods, the right ones can still claim it.
    """
    number = key(certificate.decision_number)
    for old in _revoked(certificate.product_code):
        is_same = old.id != certificate.id and key(old.decision_number) == number
        is_own = old.product_id == certificate.product_id
        if is_same and (is_own or _ground(old.id) != RevocationReason.MISTAKE):
            raise WrongState(
                lazy_gettext(
                    "This certificate was revoked. Please ask the moderators for its restoration; "
                    "a new claim needs a new decision."
                )
            )


def _revoked(code: str) -> list[Certificate]:
    wanted = select(Certificate).where(
        Certificate.product_code == code, Certificate.status == CertificateStatus.REVOKED
    )
    return list(db.session.scalars(wanted.order_by(Certificate.id)))


def _ground(certificate_id: int) -> str | None:
    """Return the ground of the last revocation of a certificate."""
    wanted = select(CertificateRuling.ground).where(
        CertificateRuling.certificate_id == certificate_id,
        CertificateRuling.kind == RulingKind.REVOKED,
    )
    return db.session.scalar(wanted.order_by(CertificateRuling.id.desc()).limit(1))
