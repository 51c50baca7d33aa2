"""The later life of a verified certificate: revoked or withheld.

Each deed changes the row only if it still is what the moderator saw, and leaves a ruling with the
paper behind it. The database lets one verified certificate stand per product and per code.
"""

from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.accounts.models import User
from shop.certification.models import (
    Certificate,
    CertificateRuling,
    CertificateStatus,
    RulingKind,
)
from shop.certification.operations.cases import decide, open_case, tell
from shop.certification.operations.rulings import (
    NO_PAPER,
    Paper,
    keep,
    read_file,
    told,
)
from shop.certification.queries.conflicts import HOLDING
from shop.certification.reasons import RevocationReason, in_words
from shop.core import audit, clock
from shop.core.db import db, transaction
from shop.core.errors import InvalidInput, WrongState


def revoke_certificate(
    moderator: User,
    certificate_id: int,
    *,
    reason: RevocationReason,
    words: str,
    paper: Paper = NO_PAPER,
) -> None:
    """Take the stars of a verified certificate away from this moment on; its history stays.

    Orders keep what was true when they were placed. Each ground but a mistake of this floor needs
    the decision of an authority.
    """
    _check_revocation(reason, words, paper)
    file = read_file(paper)
    with transaction():
        certificate = open_case(moderator, certificate_id)
        came_from = _one_of(certificate, *HOLDING)
        said = in_words(reason, words)
        moments = {"decided_at": certificate.decided_at, "revoked_at": clock.now()}
        decide(certificate, CertificateStatus.REVOKED, came_from=came_from, reason=said, **moments)
        ruling = CertificateRuling(
            kind=RulingKind.REVOKED,
            ground=reason.value,
            words=words,
            decision_number=paper.number,
            decided_on=paper.decided_on,
        )
        data = {"code": reason, **told(paper)}
        keep(moderator, certificate, ruling, data=data, file=file)
        tell(certificate, "revoked", key=f"revoked:{ruling.id}")


def withhold_certificate(product_id: int, *, words: str) -> None:
    """Take the stars off a product whose accepted change its certificate was not said to cover.

    To be called within the transaction of the change; nothing happens to goods without stars.
    """
    certificate = db.session.scalar(_verified(product_id))
    if certificate is None:
        return
    decide(
        certificate,
        CertificateStatus.WITHHELD,
        came_from=CertificateStatus.VERIFIED,
        decided_at=certificate.decided_at,
        reason=words,
    )
    audit.record("certificate.withheld", certificate, {"words": words}, public=True)
    tell(certificate, "withheld", key=f"withheld:{clock.now():%Y%m%d%H%M%S}")


def note_coverage(product_id: int, changes: dict[str, Any]) -> None:
    """Record that a moderator has said that the certificate covers the goods as changed."""
    certificate = db.session.scalar(_verified(product_id))
    if certificate is not None:
        audit.record("certificate.confirmed", certificate, changes, public=True)


def _verified(product_id: int) -> Any:
    return select(Certificate).where(
        Certificate.product_id == product_id, Certificate.status == CertificateStatus.VERIFIED
    )


def _one_of(certificate: Certificate, *allowed: CertificateStatus) -> CertificateStatus:
    if certificate.status not in allowed:
        raise WrongState
    return certificate.status


def _check_revocation(reason: RevocationReason, words: str, paper: Paper) -> None:
    if not words:
        raise InvalidInput(lazy_gettext("Please say in words what was found."), "words")
    if reason is not RevocationReason.MISTAKE and not paper.is_told:
        raise InvalidInput(
            lazy_gettext(
                "Please give the number and the day of the revoking decision, or its file."
            ),
            "decision_number",
        )
    if paper.decided_on is not None and paper.decided_on > clock.today():
        raise InvalidInput(lazy_gettext("The day of the decision is still to come."), "decided_on")
