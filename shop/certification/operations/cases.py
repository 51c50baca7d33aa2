"""What every decision on a certificate shares: the case, the change of status, the telling."""

from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from shop.accounts.models import User
from shop.certification.models import Certificate, CertificateStatus
from shop.certification.queries.conflicts import HOLDING
from shop.certification.queries.moderation import case
from shop.core import clock, outbox
from shop.core.db import change, db
from shop.core.errors import Forbidden, NotFound, WrongState
from shop.stalls.models import Stall
from shop.stalls.operations import tell_members
from shop.stalls.queries import worked_here

CODE_TAKEN = lazy_gettext("Another product already has a verified certificate of this code.")
ENTRY_TAKEN = lazy_gettext("Another stall already has a certificate of this row of the list.")


def open_case(moderator: User, certificate_id: int) -> Certificate:
    """Return a case of the moderator's own scope; nobody decides on what is their own."""
    certificate = case(moderator, certificate_id)
    if certificate is None:
        raise NotFound
    if is_own(moderator, certificate):
        raise Forbidden(lazy_gettext("You belong to this stall, so a colleague has to decide."))
    return certificate


def is_own(moderator: User, certificate: Certificate) -> bool:
    """Tell whether a moderator handed the claim in, or has worked for the stall since."""
    return certificate.submitted_by_id == moderator.id or worked_here(
        moderator.id, certificate.stall_id, certificate.submitted_at
    )


def decide(
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
        .values(**{"status": status, "decided_at": clock.now(), **values})
    )
    try:
        if not change(decided):
            raise WrongState
    except IntegrityError as error:
        raise WrongState(CODE_TAKEN) from error
    db.session.refresh(certificate)


def refuse_taken(certificate: Certificate) -> None:
    """Raise WrongState when the code or the row of the list already serves somebody else.

    What is withheld still holds both. To be asked in turn (`turns.take_turns`).
    """
    holding = select(Certificate.id).where(
        Certificate.status.in_(HOLDING), Certificate.product_id != certificate.product_id
    )
    same_code = holding.where(Certificate.product_code == certificate.product_code)
    if db.session.scalar(same_code.limit(1)):
        raise WrongState(CODE_TAKEN)
    if certificate.entry_id is None:
        return
    same_entry = holding.where(
        Certificate.entry_id == certificate.entry_id, Certificate.stall_id != certificate.stall_id
    )
    if db.session.scalar(same_entry.limit(1)):
        raise WrongState(ENTRY_TAKEN)


def tell(certificate: Certificate, what: str, *, key: str = "", **more: Any) -> None:
    """Tell the stall, and the index, in the transaction of the decision."""
    tell_members(
        certificate.stall_id,
        f"certification/{what}",
        key=f"certificate:{certificate.id}:{key or what}",
        url=page_of(certificate),
        data={
            "product_name": certificate.product_name,
            "stars": certificate.stars,
            "expires_on": certificate.expires_on.strftime("%d/%m/%Y"),
            "reason": certificate.reason,
            **more,
        },
    )
    outbox.send("search.product_changed", {"product_id": certificate.product_id})


def page_of(certificate: Certificate) -> str:
    """Return the path of the stall's page about the certificate."""
    slug = db.session.scalars(select(Stall.slug).where(Stall.id == certificate.stall_id)).one()
    return f"/quan-ly/{slug}/hang/{certificate.product_id}/chung-nhan"
