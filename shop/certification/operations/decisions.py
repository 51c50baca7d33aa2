"""A moderator decides on a certificate; only here do stars come to be, and go."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select, update

from shop.accounts.models import User
from shop.certification.claim import check_expiry, check_score
from shop.certification.matching import Match, compare, compare_values
from shop.certification.models import (
    Certificate,
    CertificateStatus,
    EvidenceGrade,
    RecognitionEntry,
)
from shop.certification.operations.cases import decide, open_case, refuse_taken, tell
from shop.certification.reasons import RefusalReason, in_words
from shop.certification.validity import succession
from shop.core import audit, clock
from shop.core.db import change, db, transaction
from shop.core.errors import InvalidInput, WrongState


def verify_certificate(
    moderator: User, certificate_id: int, *, stars: int, expires_on: date
) -> None:
    """Make the stars of a claim count, as its scan says them; the earlier certificate gives way.

    Of two moderators who decide at once, one is told that it has changed (WrongState).
    """
    with transaction():
        certificate = open_case(moderator, certificate_id)
        check_score(stars, certificate.score_hundredths)
        check_expiry(certificate.decided_on, expires_on, clock.today())
        refuse_taken(certificate)
        corrections = _corrections(certificate, stars, expires_on)
        replace_earlier(certificate, stars)
        decide(
            certificate,
            CertificateStatus.VERIFIED,
            stars=stars,
            expires_on=expires_on,
            grade=_grade(certificate, stars),
            verified_by_id=moderator.id,
        )
        audit.record("certificate.verified", certificate, corrections, public=True)
        tell(certificate, "verified")


def return_certificate(moderator: User, certificate_id: int, *, words: str) -> None:
    """Give a claim back to the stall, saying what is missing."""
    if not words:
        raise InvalidInput(lazy_gettext("Please say what is missing."), "words")
    with transaction():
        certificate = open_case(moderator, certificate_id)
        decide(certificate, CertificateStatus.RETURNED, reason=words)
        audit.record("certificate.returned", certificate, {"reason": words})
        tell(certificate, "returned")


def refuse_certificate(
    moderator: User, certificate_id: int, *, reason: RefusalReason, words: str
) -> None:
    """Refuse a claim for good, for a reason of the list and in words."""
    if reason is RefusalReason.OTHER and not words:
        raise InvalidInput(lazy_gettext("Please say the reason in words."), "words")
    with transaction():
        certificate = open_case(moderator, certificate_id)
        decide(certificate, CertificateStatus.REFUSED, reason=in_words(reason, words))
        audit.record("certificate.refused", certificate, {"code": reason, "words": words})
        tell(certificate, "refused")


def replace_earlier(certificate: Certificate, stars: int) -> None:
    """Let the verified certificate of the product give way to one of so many stars."""
    earlier = db.session.scalars(
        select(Certificate).where(
            Certificate.product_id == certificate.product_id,
            Certificate.status.in_((CertificateStatus.VERIFIED, CertificateStatus.WITHHELD)),
        )
    ).all()
    for old in earlier:
        what = succession(old.stars, stars)
        given_way = (
            update(Certificate)
            .where(Certificate.id == old.id, Certificate.status == old.status)
            .values(status=CertificateStatus.REPLACED, succession=what)
        )
        if not change(given_way):
            raise WrongState
        data = {"by": certificate.id, "what": what, "stars": [old.stars, stars]}
        audit.record("certificate.replaced", old, data, public=True)


def _corrections(certificate: Certificate, stars: int, expires_on: date) -> dict[str, Any]:
    """Return what the moderator reads differently from the stall, as from and to."""
    found: dict[str, Any] = {}
    if certificate.stars != stars:
        found["stars"] = [certificate.stars, stars]
    if certificate.expires_on != expires_on:
        found["expires_on"] = [certificate.expires_on.isoformat(), expires_on.isoformat()]
    return found


def _grade(certificate: Certificate, stars: int) -> EvidenceGrade:
    """Return the strength of the proof: a row of a list counts where product and stars agree."""
    entry = certificate.entry
    return (
        EvidenceGrade.RECOGNITION_LIST
        if _agrees(entry, certificate, stars)
        else (EvidenceGrade.SCAN)
    )


def _agrees(entry: RecognitionEntry | None, certificate: Certificate, stars: int) -> bool:
    if entry is None:
        return False
    names = compare(certificate.product_name, entry.product_name)
    return names is not Match.DIFFERENT and compare_values(stars, entry.stars) is Match.SAME
