"""Taking turns at a certificate: whoever lights stars waits for who works on the same things.

Always in one order, so that no two wait for each other: the stall, the row of the list, the
certificates of the code.
"""

from sqlalchemy import select

from shop.accounts.models import User
from shop.certification.models import Certificate, RecognitionEntry
from shop.certification.operations.cases import open_case
from shop.core.db import db
from shop.stalls.operations import lock_stall

_READ = ("status", "stars", "expires_on", "entry_id", "approved_by_id", "claimed_by_id")


def open_in_turn(
    moderator: User, certificate_id: int, entry_id: int | None = None
) -> tuple[Certificate, RecognitionEntry | None]:
    """Return a case, and its row of a list or `entry_id`, as they are once nobody else decides.

    Meanwhile the goods of the stall keep their name and set, and no other certificate comes to
    hold the same row or the same code.
    """
    certificate = open_case(moderator, certificate_id)
    return certificate, take_turns(certificate, entry_id)


def take_turns(certificate: Certificate, entry_id: int | None = None) -> RecognitionEntry | None:
    """Wait for the stall, the row and the code of a certificate; return the row as it is now."""
    lock_stall(certificate.stall_id)
    entry = _locked_entry(entry_id or certificate.entry_id)
    same_code = select(Certificate.id).where(Certificate.product_code == certificate.product_code)
    db.session.execute(same_code.order_by(Certificate.id).with_for_update(key_share=True)).all()
    db.session.refresh(certificate, _READ)
    return entry


def _locked_entry(entry_id: int | None) -> RecognitionEntry | None:
    if entry_id is None:
        return None
    wanted = select(RecognitionEntry).where(RecognitionEntry.id == entry_id)
    locked = wanted.with_for_update(key_share=True).execution_options(populate_existing=True)
    return db.session.scalars(locked).one_or_none()
