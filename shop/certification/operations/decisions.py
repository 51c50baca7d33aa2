"""A moderator decides on a certificate; only here do stars come to be, and go."""

from datetime import date

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy import select, update

from shop.accounts.models import User
from shop.certification.claim import check_expiry, check_score
from shop.certification.models import Certificate, CertificateStatus
from shop.certification.operations.cases import decide, open_case, refuse_taken, tell
from shop.certification.operations.claiming import hold
from shop.certification.operations.readings import Reading, corrections, counts, keep
from shop.certification.operations.revoked import refuse_revoked
from shop.certification.operations.turns import open_in_turn
from shop.certification.queries.conflicts import HOLDING
from shop.certification.queries.grades import grade_of
from shop.certification.reasons import RefusalReason, ReturnReason, in_words
from shop.certification.validity import succession
from shop.core import audit, clock
from shop.core.db import change, db, transaction
from shop.core.errors import InvalidInput, WrongState


def verify_certificate(
    moderator: User, certificate_id: int, *, stars: int, expires_on: date, words: str = ""
) -> bool:
    """Make the stars of a claim count, as its scan says them; the earlier certificate gives way.

    Returns False when it is a first reading of 5 stars, which a second moderator has to share
    before they count, or one that differs from the first: it needs `words`, and another moderator
    who reads the same. Of two moderators who decide at once, one is told so (WrongState).
    """
    reading = Reading(stars, expires_on)
    with transaction():
        certificate, entry = open_in_turn(moderator, certificate_id)
        hold(moderator, certificate)
        _check(certificate, reading)
        grade = grade_of(certificate, entry, stars)
        corrected = corrections(certificate, reading)
        if not counts(moderator, certificate, reading):
            keep(moderator, certificate, reading, words=words)
            return False
        replace_earlier(certificate, stars)
        decide(
            certificate,
            CertificateStatus.VERIFIED,
            **reading._asdict(),
            grade=grade,
            verified_by_id=moderator.id,
        )
        audit.record("certificate.verified", certificate, corrected, public=True)
        tell(certificate, "verified")
    return True


def _check(certificate: Certificate, reading: Reading) -> None:
    """Raise for what no certificate can say, and for what serves another or was revoked."""
    check_score(reading.stars, certificate.score_hundredths)
    check_expiry(certificate.decided_on, reading.expires_on, clock.today())
    refuse_taken(certificate)
    refuse_revoked(certificate)


def _held(moderator: User, certificate_id: int) -> Certificate:
    """Return a case that this moderator has, or takes with the decision itself."""
    certificate = open_case(moderator, certificate_id)
    hold(moderator, certificate)
    return certificate


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
    """Let the verified certificate of the product give way to one of so many stars.

    Raises WrongState when it rests on the later decision of the two.
    """
    earlier = db.session.scalars(
        select(Certificate).where(
            Certificate.product_id == certificate.product_id,
            Certificate.status.in_(HOLDING),
        )
    ).all()
    for old in earlier:
        if old.decided_on > certificate.decided_on:
            raise WrongState(_newer(old))
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


def _newer(old: Certificate) -> LazyString:
    return lazy_gettext(
        "The certificate that stands rests on a later decision, of %(day)s; an older one does not "
        "replace it.",
        day=old.decided_on.strftime("%d/%m/%Y"),
    )
