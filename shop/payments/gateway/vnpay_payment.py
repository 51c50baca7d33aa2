"""VNPAY as a way to pay."""

from flask_babel import lazy_gettext

from shop.core.errors import Words
from shop.payments.gateway import vnpay as gateway
from shop.payments.methods import VNPAY, Attempt, GiveBack, Opened, PaymentMethod
from shop.payments.models import StallPaymentSettings

MINUTES = 20


class Vnpay(PaymentMethod):
    """The buyer pays on VNPAY's page by bank card, bank app or wallet."""

    code = VNPAY
    label = lazy_gettext("VNPAY: bank card or bank app")
    hint = lazy_gettext("You pay on VNPAY's page and come back here.")
    minutes = MINUTES
    floor_holds = True

    def is_offered(self) -> bool:
        """Offer it where the floor has a merchant's account."""
        return gateway.is_set_up()

    def refusal(self, settings: StallPaymentSettings, total_vnd: int) -> Words | None:
        """Refuse where the stall does not take it."""
        return None if settings.accepts_vnpay else lazy_gettext("does not take VNPAY")

    def start(self, attempt: Attempt) -> Opened:
        """Return the signed address of VNPAY's page."""
        return gateway.open_page(attempt)

    def give_back(self, wanted: GiveBack) -> str:
        """Ask VNPAY to give money back."""
        return gateway.refund(wanted)
