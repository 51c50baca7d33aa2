"""Stars kept past the expiry for a late filer: near the expiry, while the filing is on its way."""

from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext
from sqlalchemy import select, update

from shop.accounts.models import User
from shop.certification.models import (
    Certificate,
    CertificateRuling,
    CertificateStatus,
    RulingKind,
)
from shop.certification.operations.cases import open_case, tell
from shop.certification.operations.rulings import NO_PAPER, Paper, keep, need, read_file
from shop.certification.validity import filing_window, latest_grace
from shop.core import audit, clock
from shop.core.db import change, db, transaction
from shop.core.errors import InvalidInput, WrongState
from shop.web import slots


@dataclass(frozen=True)
class Grace:
    """When a re-evaluation was filed, and until when the stars are kept for it."""

    filed_on: date
    until: date


def grant_grace(
    moderator: User, certificate_id: int, grace: Grace, *, words: str, paper: Paper = NO_PAPER
) -> None:
    """Keep the stars past the expiry for a stall whose re-evaluation is filed but not decided.

    At most 180 days, and only for what was filed while the certificate stood and filing was open:
    the rule does not say the latter, so it is read in the way that keeps fewer stars alight. A
    re-evaluation that this floor knows to have been withdrawn or refused keeps none.
    """
    need(words)
    file = read_file(paper)
    with transaction():
        certificate = open_case(moderator, certificate_id)
        _check_grace(certificate, grace)
        granted = (
            update(Certificate)
            .where(
                Certificate.id == certificate.id,
                Certificate.status == CertificateStatus.VERIFIED,
                Certificate.expires_on == certificate.expires_on,
            )
            .values(grace_until=grace.until)
        )
        if not change(granted):
            raise WrongState
        db.session.refresh(certificate)
        days = {"filed_on": grace.filed_on, "until": grace.until}
        ruling = CertificateRuling(kind=RulingKind.GRACE, words=words, **days)
        data = {name: str(day) for name, day in days.items()}
        keep(moderator, certificate, ruling, data=data, file=file)
        until = grace.until.strftime("%d/%m/%Y")
        tell(certificate, "grace", key=f"grace:{ruling.id}", until=until)


def end_grace(product_id: int, *, words: str) -> None:
    """End the grace of goods whose re-evaluation is not on its way any more; the expiry holds.

    To be called within the transaction of that; nothing happens to goods without a grace.
    """
    certificate = db.session.scalar(
        select(Certificate).where(
            Certificate.product_id == product_id,
            Certificate.status == CertificateStatus.VERIFIED,
            Certificate.grace_until.is_not(None),
        )
    )
    if certificate is None:
        return
    ended = update(Certificate).where(
        Certificate.id == certificate.id, Certificate.grace_until == certificate.grace_until
    )
    if not change(ended.values(grace_until=None)):
        raise WrongState
    db.session.refresh(certificate)
    audit.record("certificate.grace_ended", certificate, {"words": words}, public=True)
    tell(certificate, "grace_ended", key=f"grace_ended:{clock.now():%Y%m%d%H%M%S}")


def _check_grace(certificate: Certificate, grace: Grace) -> None:
    if certificate.status != CertificateStatus.VERIFIED:
        raise WrongState
    if any(slots.collect("certificate.renewal_ended", certificate)):
        raise WrongState(
            lazy_gettext("The re-evaluation was withdrawn or refused, so nothing is on its way.")
        )
    latest = latest_grace(certificate.expires_on)
    if not certificate.expires_on < grace.until <= latest:
        raise InvalidInput(
            lazy_gettext(
                "Grace lasts at most 180 days after the expiry: here until %(day)s.",
                day=latest.strftime("%d/%m/%Y"),
            ),
            "until",
        )
    opens = filing_window(certificate.expires_on)[0]
    if not opens <= grace.filed_on <= min(certificate.expires_on, clock.today()):
        raise InvalidInput(
            lazy_gettext(
                "A re-evaluation is filed while the certificate still stands, from %(day)s on.",
                day=opens.strftime("%d/%m/%Y"),
            ),
            "filed_on",
        )
