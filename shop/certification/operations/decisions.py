"""A moderator decides on a certificate; only here do stars come to be, and go."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from shop.accounts.models import User
from shop.certification.claim import check_expiry, check_score
from shop.certification.matching import Match, compare, compare_values
from shop.certification.models import (
    Certificate,
    CertificateStatus,
    EvidenceGrade,
    RecognitionEntry,
)
from shop.certification.queries.moderation import case
from shop.certification.reasons import RefusalReason, RevocationReason, in_words
from shop.core import audit, clock, outbox
from shop.core.db import change, db, transaction
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from shop.stalls.models import Stall
from shop.stalls.operations import tell_members
from shop.stalls.queries import is_member

CODE_TAKEN = lazy_gettext("Another product already has a verified certificate of this code.")
ENTRY_TAKEN = lazy_gettext("Another stall already has a certificate of this row of the list.")


def verify_certificate(
    moderator: User, certificate_id: int, *, stars: int, expires_on: date
) -> None:
    """Make the stars of a claim count, as its scan says them; the earlier certificate gives way.

    Of two moderators who decide at once, one is told that it has changed (WrongState).
    """
    with transaction():
        certificate = _open_case(moderator, certificate_id)
        check_score(stars, certificate.score_hundredths)
        check_expiry(certificate.decided_on, expires_on, clock.today())
        _refuse_taken(certificate)
        corrections = _corrections(certificate, stars, expires_on)
        _replace_earlier(certificate)
        _decide(
            certificate,
            CertificateStatus.VERIFIED,
            stars=stars,
            expires_on=expires_on,
            grade=_grade(certificate, stars),
            verified_by_id=moderator.id,
        )
        audit.record("certificate.verified", certificate, corrections, public=True)
        _tell(certificate, "verified")


def return_certificate(moderator: User, certificate_id: int, *, words: str) -> None:
    """Give a claim back to the stall, saying what is missing."""
    if not words:
        raise InvalidInput(lazy_gettext("Please say what is missing."), "words")
    with transaction():
        certificate = _open_case(moderator, certificate_id)
        _decide(certificate, CertificateStatus.RETURNED, reason=words)
        audit.record("certificate.returned", certificate, {"reason": words})
        _tell(certificate, "returned")


def refuse_certificate(
    moderator: User, certificate_id: int, *, reason: RefusalReason, words: str
) -> None:
    """Refuse a claim for good, for a reason of the list and in words."""
    if reason is RefusalReason.OTHER and not words:
        raise InvalidInput(lazy_gettext("Please say the reason in words."), "words")
    with transaction():
        certificate = _open_case(moderator, certificate_id)
        _decide(certificate, CertificateStatus.REFUSED, reason=in_words(reason, words))
        audit.record("certificate.refused", certificate, {"code": reason, "words": words})
        _tell(certificate, "refused")


def revoke_certificate(
    moderator: User, certificate_id: int, *, reason: RevocationReason, words: str
) -> None:
    """Take the stars of a verified certificate away from this moment on; its history stays."""
    if not words:
        raise InvalidInput(
            lazy_gettext("Please say in words what was found, with the decision if there is one."),
            "words",
        )
    with transaction():
        certificate = _open_case(moderator, certificate_id)
        _decide(
            certificate,
            CertificateStatus.REVOKED,
            came_from=CertificateStatus.VERIFIED,
            reason=in_words(reason, words),
        )
        data = {"code": reason, "words": words}
        audit.record("certificate.revoked", certificate, data, public=True)
        _tell(certificate, "revoked")


def _open_case(moderator: User, certificate_id: int) -> Certificate:
    """Return a case of the moderator's own scope; nobody decides on what is their own."""
    certificate = case(moderator, certificate_id)
    if certificate is None:
        raise NotFound
    if is_own(moderator, certificate):
        raise Forbidden(lazy_gettext("You belong to this stall, so a colleague has to decide."))
    return certificate


def is_own(moderator: User, certificate: Certificate) -> bool:
    """Tell whether a moderator works for the stall, or handed the claim in."""
    return certificate.submitted_by_id == moderator.id or is_member(
        moderator.id, certificate.stall_id
    )


def _decide(
    certificate: Certificate,
    status: CertificateStatus,
    *,
    came_from: CertificateStatus = CertificateStatus.SUBMITTED,
    **values: Any,
) -> None:
    """Change the status if it is still what it was; raise WrongState when somebody was faster."""
    decided = (
        update(Certificate)
        .where(Certificate.id == certificate.id, Certificate.status == came_from)
        .values(status=status, decided_at=clock.now(), **values)
    )
    try:
        if not change(decided):
            raise WrongState
    except IntegrityError as error:
        raise WrongState(CODE_TAKEN) from error
    db.session.refresh(certificate)


def _refuse_taken(certificate: Certificate) -> None:
    """Raise WrongState when the code or the row of the list already serves somebody else."""
    verified = select(Certificate.id).where(
        Certificate.status == CertificateStatus.VERIFIED,
        Certificate.product_id != certificate.product_id,
    )
    same_code = verified.where(Certificate.product_code == certificate.product_code)
    if db.session.scalar(same_code.limit(1)):
        raise WrongState(CODE_TAKEN)
    same_entry = verified.where(
        Certificate.entry_id == certificate.entry_id, Certificate.stall_id != certificate.stall_id
    )
    if certificate.entry_id is not None and db.session.scalar(same_entry.limit(1)):
        raise WrongState(ENTRY_TAKEN)


def _replace_earlier(certificate: Certificate) -> None:
    earlier = db.session.scalars(
        select(Certificate).where(
            Certificate.product_id == certificate.product_id,
            Certificate.status == CertificateStatus.VERIFIED,
        )
    ).all()
    for old in earlier:
        given_way = (
            update(Certificate)
            .where(Certificate.id == old.id, Certificate.status == CertificateStatus.VERIFIED)
            .values(status=CertificateStatus.REPLACED)
        )
        if not change(given_way):
            raise WrongState
        audit.record("certificate.replaced", old, {"by": certificate.id}, public=True)


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


def _tell(certificate: Certificate, what: str) -> None:
    """Tell the stall, and the index, in the transaction of the decision."""
    slug = db.session.scalars(select(Stall.slug).where(Stall.id == certificate.stall_id)).one()
    tell_members(
        certificate.stall_id,
        f"certification/{what}",
        key=f"certificate:{certificate.id}:{what}",
        url=f"/quan-ly/{slug}/hang/{certificate.product_id}/chung-nhan",
        data={
            "product_name": certificate.product_name,
            "stars": certificate.stars,
            "expires_on": certificate.expires_on.strftime("%d/%m/%Y"),
            "reason": certificate.reason,
        },
    )
    outbox.send("search.product_changed", {"product_id": certificate.product_id})
