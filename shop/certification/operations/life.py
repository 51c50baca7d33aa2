"""The later life of a verified certificate: revoked, restored, kept by grace, withheld, confirmed.

Each deed changes the row only if it still is what the moderator saw, and leaves a ruling with the
paper behind it. The database lets one verified certificate stand per product and per code.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select, update

from shop.accounts.models import User
from shop.certification.models import (
    Certificate,
    CertificateRuling,
    CertificateStatus,
    RulingKind,
)
from shop.certification.operations.cases import decide, open_case, refuse_taken, tell
from shop.certification.reasons import RevocationReason, in_words
from shop.certification.validity import latest_grace
from shop.core import audit, clock, files
from shop.core.db import change, db, transaction
from shop.core.errors import InvalidInput, WrongState

PRODUCT_TAKEN = lazy_gettext("The product has another verified certificate by now.")


@dataclass(frozen=True)
class Paper:
    """The decision of an authority behind a ruling: its number and day, or its file, or both."""

    number: str = ""
    decided_on: date | None = None
    file: bytes | None = None
    file_name: str = ""

    @property
    def is_told(self) -> bool:
        """Tell whether the decision can be found again by what is given."""
        return self.file is not None or bool(self.number and self.decided_on)


NO_PAPER = Paper()


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
    with transaction():
        ruling = _ruling(moderator, RulingKind.REVOKED, words, paper=paper)
        certificate = open_case(moderator, certificate_id)
        came_from = _one_of(certificate, CertificateStatus.VERIFIED, CertificateStatus.WITHHELD)
        said = in_words(reason, words)
        decide(certificate, CertificateStatus.REVOKED, came_from=came_from, reason=said)
        ruling.ground = reason.value
        _keep(ruling, certificate, {"code": reason, **_told(paper)})
        tell(certificate, "revoked", key=f"revoked:{ruling.id}")


def restore_certificate(moderator: User, certificate_id: int, *, words: str) -> None:
    """Take a revocation back: the stars show again while the certificate stands.

    Raises WrongState when its code, its row of the list or its product serve another by now.
    """
    _need(words)
    with transaction():
        ruling = _ruling(moderator, RulingKind.RESTORED, words)
        certificate = open_case(moderator, certificate_id)
        _verify_again(certificate, CertificateStatus.REVOKED)
        _keep(ruling, certificate, {})
        tell(certificate, "restored", key=f"restored:{ruling.id}", words=words)


def confirm_certificate(moderator: User, certificate_id: int, *, words: str) -> None:
    """Say that a withheld certificate covers the goods as they are now; its stars show again."""
    _need(words)
    with transaction():
        certificate = open_case(moderator, certificate_id)
        _verify_again(certificate, CertificateStatus.WITHHELD)
        audit.record("certificate.confirmed", certificate, {"words": words}, public=True)
        tell(certificate, "restored", key=f"confirmed:{clock.now():%Y%m%d%H%M%S}", words=words)


def grant_grace(
    moderator: User, certificate_id: int, *, filed_on: date, until: date, words: str
) -> None:
    """Keep the stars past the expiry for a stall whose re-evaluation is filed but not decided.

    At most 180 days, and only for what was filed while the certificate stood: the rule does not
    say the latter, so it is read in the way that keeps fewer stars alight.
    """
    _need(words)
    with transaction():
        ruling = _ruling(moderator, RulingKind.GRACE, words)
        certificate = open_case(moderator, certificate_id)
        _check_grace(certificate, filed_on, until)
        granted = (
            update(Certificate)
            .where(
                Certificate.id == certificate.id,
                Certificate.status == CertificateStatus.VERIFIED,
                Certificate.expires_on == certificate.expires_on,
            )
            .values(grace_until=until)
        )
        if not change(granted):
            raise WrongState
        db.session.refresh(certificate)
        ruling.filed_on, ruling.until = filed_on, until
        _keep(ruling, certificate, {"filed_on": str(filed_on), "until": str(until)})
        tell(certificate, "grace", key=f"grace:{ruling.id}", until=until.strftime("%d/%m/%Y"))


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


def _verify_again(certificate: Certificate, came_from: CertificateStatus) -> None:
    """Let the certificate count again if nothing has taken its place."""
    if certificate.status != came_from:
        raise WrongState
    other = _verified(certificate.product_id).with_only_columns(Certificate.id)
    if db.session.scalar(other.limit(1)):
        raise WrongState(PRODUCT_TAKEN)
    refuse_taken(certificate)
    decide(
        certificate,
        CertificateStatus.VERIFIED,
        came_from=came_from,
        decided_at=certificate.decided_at,
        reason="",
    )


def _one_of(certificate: Certificate, *allowed: CertificateStatus) -> CertificateStatus:
    if certificate.status not in allowed:
        raise WrongState
    return certificate.status


def _need(words: str) -> None:
    if not words:
        raise InvalidInput(lazy_gettext("Please say the reason in words."), "words")


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


def _check_grace(certificate: Certificate, filed_on: date, until: date) -> None:
    if certificate.status != CertificateStatus.VERIFIED:
        raise WrongState
    latest = latest_grace(certificate.expires_on)
    if not certificate.expires_on < until <= latest:
        raise InvalidInput(
            lazy_gettext(
                "Grace lasts at most 180 days after the expiry: here until %(day)s.",
                day=latest.strftime("%d/%m/%Y"),
            ),
            "until",
        )
    bounds = certificate.decided_on < filed_on <= min(certificate.expires_on, clock.today())
    if not bounds:
        raise InvalidInput(
            lazy_gettext("The re-evaluation has to be filed while the certificate still stood."),
            "filed_on",
        )


def _ruling(
    moderator: User, kind: RulingKind, words: str, *, paper: Paper = NO_PAPER
) -> CertificateRuling:
    """Begin a ruling, its file kept first: pictures are rebuilt before any row is locked."""
    file_id = None
    if paper.file is not None:
        try:
            file_id = files.store_document(paper.file, original_name=paper.file_name).id
        except InvalidInput as error:
            raise InvalidInput(error.message, "file") from error
    return CertificateRuling(
        kind=kind,
        words=words,
        decision_number=paper.number,
        decided_on=paper.decided_on,
        file_id=file_id,
        made_by_id=moderator.id,
        made_at=clock.now(),
    )


def _keep(ruling: CertificateRuling, certificate: Certificate, data: dict[str, Any]) -> None:
    ruling.certificate_id = certificate.id
    db.session.add(ruling)
    db.session.flush()
    deed = f"certificate.{ruling.kind}"
    audit.record(deed, certificate, {**data, "words": ruling.words}, public=True)


def _told(paper: Paper) -> dict[str, Any]:
    day = paper.decided_on.strftime("%d/%m/%Y") if paper.decided_on else ""
    return {"decision": paper.number, "decided_on": day} if paper.number else {}
