"""Bank transfers into a stall's own account: told by the bank's feed, or marked by the stall."""

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.core.db import db
from shop.core.errors import NotFound, WrongState
from shop.payments.bank_feed import Transfer
from shop.payments.methods import VIETQR
from shop.payments.models import Receipt, StallPaymentSettings
from shop.payments.operations.completing import BY_HAND, Incoming, complete
from shop.payments.queries import share_of, share_of_memo
from shop.payments.vietqr import read_memo
from shop.stalls.models import StallMember

MOST_MEMO = 200


def take_transfer(transfer: Transfer) -> Receipt | None:
    """Keep a transfer that the bank tells of, and let it pay what its memo names.

    It pays only if it came into the account of the very stall. None for an account of nobody here.
    """
    stalls = set(
        db.session.scalars(
            select(StallPaymentSettings.stall_id).where(
                StallPaymentSettings.account_number == transfer.account
            )
        )
    )
    if not stalls:
        return None
    named = read_memo(transfer.memo)
    share = share_of_memo(*named) if named else None
    is_theirs = share is not None and share.stall_order.stall_id in stalls
    is_transfer = is_theirs and share is not None and share.payment.method == VIETQR
    found = share if is_transfer else None
    return complete(
        Incoming(
            provider=VIETQR,
            key=f"{transfer.account}:{transfer.id}",
            amount=transfer.amount,
            currency=transfer.currency,
            reference=transfer.memo[:MOST_MEMO],
            payment_id=found.payment_id if found else None,
            share_id=found.id if found else None,
            stall_id=found.stall_order.stall_id if found else min(stalls),
        )
    )


def mark_received(member: StallMember, stall_order_id: int) -> Receipt:
    """Note that the whole sum has come into the stall's account, as its manager has seen.

    Raises NotFound for another stall's part, WrongState when nothing is owed or it is not paid so.
    """
    share = share_of(stall_order_id)
    if share is None or share.stall_order.stall_id != member.stall_id:
        raise NotFound
    if share.payment.method != VIETQR or share.owed_vnd <= 0:
        raise WrongState(lazy_gettext("Nothing is to be paid by transfer for this order."))
    receipt = complete(
        Incoming(
            provider=VIETQR,
            key=f"{BY_HAND}{share.id}",
            amount=share.owed_vnd,
            payment_id=share.payment_id,
            share_id=share.id,
            stall_id=member.stall_id,
            data={"marked_by": member.user_id},
        )
    )
    if receipt.problem is not None:
        raise WrongState(lazy_gettext("The order has ended, so the money waits for your decision."))
    return receipt
