"""The ways to pay behind the port, in the order in which buyers see them."""

from flask_babel import lazy_gettext

from shop.core.errors import InvalidInput
from shop.payments.gateway.card_payment import CardPayment
from shop.payments.gateway.vnpay_payment import Vnpay
from shop.payments.methods import BankTransfer, CashOnDelivery, PaymentMethod

_WAYS: dict[str, PaymentMethod] = {
    way.code: way for way in (CashOnDelivery(), BankTransfer(), Vnpay(), CardPayment())
}


def methods() -> list[PaymentMethod]:
    """Return the ways to pay that this floor offers."""
    return [way for way in _WAYS.values() if way.is_offered()]


def method(code: str) -> PaymentMethod:
    """Return a way to pay by its code; raise InvalidInput for one that does not exist."""
    if code not in _WAYS:
        raise InvalidInput(lazy_gettext("Please choose how to pay."), "payment_method")
    return _WAYS[code]
