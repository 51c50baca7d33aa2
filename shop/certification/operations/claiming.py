"""Taking a case for a while, so that two moderators never decide the same one."""

from flask_babel import lazy_gettext
from sqlalchemy import update

from shop.accounts.models import User
from shop.certification.deadlines import LEASE
from shop.certification.models import Certificate, CertificateStatus
from shop.certification.operations.cases import open_case
from shop.certification.queries.moderation import is_free_for
from shop.core import clock
from shop.core.db import change, db, transaction
from shop.core.errors import WrongState

HELD = lazy_gettext("A colleague is working on this case. It is free again after half an hour.")


def claim_case(moderator: User, certificate_id: int) -> None:
    """Keep a waiting case for half an hour; raise WrongState while a colleague has it."""
    with transaction():
        hold(moderator, open_case(moderator, certificate_id))


def release_case(moderator: User, certificate_id: int) -> None:
    """Give a case back to the queue; nothing happens when somebody else has it."""
    with transaction():
        certificate = open_case(moderator, certificate_id)
        change(
            update(Certificate)
            .where(Certificate.id == certificate.id, Certificate.claimed_by_id == moderator.id)
            .values(claimed_by_id=None, claimed_until=None)
        )
        db.session.refresh(certificate)


def hold(moderator: User, certificate: Certificate) -> None:
    """Take a case, or begin its half hour anew; the row itself says who was first."""
    taken = (
        update(Certificate)
        .where(
            Certificate.id == certificate.id,
            Certificate.status == CertificateStatus.SUBMITTED,
            is_free_for(moderator),
        )
        .values(claimed_by_id=moderator.id, claimed_until=clock.now() + LEASE)
    )
    is_taken = change(taken)
    db.session.refresh(certificate, ["status", "claimed_by_id", "claimed_until"])
    if not is_taken:
        is_waiting = certificate.status == CertificateStatus.SUBMITTED
        raise WrongState(HELD) if is_waiting else WrongState
