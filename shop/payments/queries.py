"""What is owed."""

from sqlalchemy import select

from shop.core.db import db
from shop.payments.models import PaymentShare


def due_vnd(stall_order_id: int) -> int | None:
    """Return what is still to be paid of a stall order; None when no payment was opened for it."""
    return db.session.scalar(
        select(PaymentShare.claimed_vnd - PaymentShare.captured_vnd).where(
            PaymentShare.stall_order_id == stall_order_id
        )
    )
