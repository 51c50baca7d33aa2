"""A moderator decides on a certificate; only here do stars come to be, and go."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select, update

from shop.accounts.models import User
from shop.certification.claim import check_expiry, check_score
from shop.certification.deadlines import needs_second
from shop.certification.matching import Match, compare, compare_values
from shop.certification.models import (
    Certificate,
    CertificateStatus,
    EvidenceGrade,
    RecognitionEntry,
)
from shop.certification.operations.cases import decide, open_case, refuse_taken, tell
from shop.certification.operations.claiming import hold
from shop.certification.queries.conflicts import HOLDING
from shop.certification.reasons import RefusalReason, ReturnReason, in_words
from shop.certification.validity import succession
from shop.core import audit, clock
from shop.core.db import change, db, transaction
from shop.core.errors import Forbidden, InvalidInput, WrongState


def verify_certificate(
    moderator: User, certificate_id: int, *, stars: int, expires_on: date
) -> bool:
    """Make the stars of a claim count, as its scan says them; the earlier certificate gives way.

    Returns False when it is a first reading of 5 stars, which a second moderator has to share
    before they count. Of two moderators who decide at once, one is told so (WrongState).
    """
    with transaction():
        certificate = _held(moderator, certificate_id)
        check_score(stars, certificate.score_hundredths)
        check_expiry(certificate.decided_on, expires_on, clock.today())
        refuse_taken(certificate)
        corrections = _corrections(certificate, stars, expires_on)
        if needs_second(stars) and not _is_shared(moderator, certificate, corrections):
            _approve_first(moderator, certificate, stars=stars, expires_on=expires_on)
            audit.record("certificate.approved", certificate, corrections)
            return False
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
    return True


def _held(moderator: User, certificate_id: int) -> Certificate:
    """Return a case that this moderator has, or takes with the decision itself."""
    certificate = open_case(moderator, certificate_id)
    hold(moderator, certificate)
    return certificate


def _is_shared(moderator: User, certificate: Certificate, corrections: dict[str, Any]) -> bool:
    """Tell whether another moderator has read the same; raise Forbidden for the same one twice."""
    if certificate.approved_by_id is None:
        return False
    if not corrections and certificate.approved_by_id == moderator.id:
        raise Forbidden(
            lazy_gettext("You have read this scan already; 5 stars need a second moderator.")
        )
    return not corrections


def _approve_first(
    moderator: User, certificate: Certificate, *, stars: int, expires_on: date
) -> None:
    """Keep a first reading of 5 stars and free the case; a reading that differs begins anew."""
    decide(
        certificate,
        CertificateStatus.SUBMITTED,
        stars=stars,
        expires_on=expires_on,
        approved_by_id=moderator.id,
        approved_at=clock.now(),
        claimed_by_id=None,
        claimed_until=None,
        decided_at=None,
    )


def return_certificate(
    moderator: User,
    certificate_id: int,
    *,
    words: str,
    reason: ReturnReason = ReturnReason.OTHER,
) -> None:
    """Give a claim back to the stall, for a reason of the list and in words."""
    if reason is ReturnReason.OTHER and not words:
        raise InvalidInput(lazy_gettext("Please say what is missing."), "words")
    with transaction():
        certificate = _held(moderator, certificate_id)
        said = words if reason is ReturnReason.OTHER else in_words(reason, words)
        decide(certificate, CertificateStatus.RETURNED, reason=said)
        audit.record("certificate.returned", certificate, {"code": reason, "reason": said})
        tell(certificate, "returned")


def refuse_certificate(
    moderator: User, certificate_id: int, *, reason: RefusalReason, words: str
) -> None:
    """Refuse a claim for good, for a reason of the list and in words."""
    if reason is RefusalReason.OTHER and not words:
        raise InvalidInput(lazy_gettext("Please say the reason in words."), "words")
    with transaction():
        certificate = _held(moderator, certificate_id)
        decide(certificate, CertificateStatus.REFUSED, reason=in_words(reason, words))
        audit.record("certificate.refused", certificate, {"code": reason, "words": words})
        tell(certificate, "refused")


def replace_earlier(certificate: Certificate, stars: int) -> None:
    """Let the verified certificate of the product give way to one of so many stars."""
    earlier = db.session.scalars(
        select(Certificate).where(
            Certificate.product_id == certificate.product_id,
            Certificate.status.in_(HOLDING),
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
