"""The port through which the floor is paid: each way to pay is one adapter of it.

An adapter never decides on an order; it answers what the buyer does next, and writes events.
"""

from collections.abc import Callable
from typing import Protocol

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from shop.core.errors import InvalidInput
from shop.orders.models import StallOrderStatus
from shop.payments.models import PaymentEventKind, PaymentShare

COD = "cod"
Record = Callable[..., bool]


class PaymentMethod(Protocol):
    """A way to pay."""

    code: str
    label: LazyString
    hint: LazyString

    def next_url(self, order_code: str) -> str | None:
        """Return where the buyer goes to pay, or None when nothing is left to do now."""

    def follow(self, share: PaymentShare, status: StallOrderStatus, record: Record) -> None:
        """Write what a change of the stall order means for its money; safe to call twice."""


class CashOnDelivery:
    """The buyer pays each parcel in cash when it arrives; no hold ever expires."""

    code = COD
    label = lazy_gettext("Cash on delivery")
    hint = lazy_gettext("Pay each stall when its parcel arrives. You may look before you pay.")

    def next_url(self, order_code: str) -> str | None:
        """Nothing is paid before the parcel arrives."""
        return None

    def follow(self, share: PaymentShare, status: StallOrderStatus, record: Record) -> None:
        """Cash is collected with the parcel; a cancelled part owes nothing any more."""
        key, owed = share.stall_order_id, share.claimed_vnd - share.captured_vnd
        if status in {StallOrderStatus.DELIVERED, StallOrderStatus.COMPLETED}:
            if owed:
                record(share, PaymentEventKind.CAPTURED, owed, key=f"cash:{key}")
        elif status == StallOrderStatus.CANCELLED and owed:
            record(share, PaymentEventKind.VOIDED, owed, key=f"void:{key}")


_METHODS: dict[str, PaymentMethod] = {COD: CashOnDelivery()}


def methods() -> list[PaymentMethod]:
    """Return the ways to pay that this floor offers."""
    return list(_METHODS.values())


def method(code: str) -> PaymentMethod:
    """Return a way to pay by its code; raise InvalidInput for one not offered."""
    if code not in _METHODS:
        raise InvalidInput(lazy_gettext("Please choose how to pay."), "payment_method")
    return _METHODS[code]
