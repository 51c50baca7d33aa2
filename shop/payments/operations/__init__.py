"""Use cases of money: opening a payment, taking what comes, letting go, giving back."""

from shop.payments.operations.completing import Incoming, complete
from shop.payments.operations.events import record_event
from shop.payments.operations.expiring import expire_unpaid
from shop.payments.operations.following import follow_stall_order
from shop.payments.operations.opening import begin_attempt, open_payment
from shop.payments.operations.refunds import carry_out_refund, request_refund, settle_refund
from shop.payments.operations.resolving import resolve
from shop.payments.operations.settings import save_settings

__all__ = [
    "Incoming",
    "begin_attempt",
    "carry_out_refund",
    "complete",
    "expire_unpaid",
    "follow_stall_order",
    "open_payment",
    "record_event",
    "request_refund",
    "resolve",
    "save_settings",
    "settle_refund",
]
