"""Cards through Stripe as a way to pay."""

from flask_babel import lazy_gettext

from shop.core.errors import Words
from shop.payments.gateway import card as gateway
from shop.payments.methods import STRIPE, Attempt, GiveBack, Opened, PaymentMethod
from shop.payments.models import StallPaymentSettings

MINUTES = 40


class CardPayment(PaymentMethod):
    """The buyer pays on Stripe's page; what is a stall's goes on to its own account there."""

    code = STRIPE
    label = lazy_gettext("International card")
    hint = lazy_gettext("You pay on Stripe's page and come back here.")
    minutes = MINUTES
    floor_holds = True
    passes_on = True

    def is_offered(self) -> bool:
        """Offer it where the floor has an account at Stripe."""
        return gateway.is_set_up()

    def refusal(self, settings: StallPaymentSettings, total_vnd: int) -> Words | None:
        """Refuse where the stall does not take it."""
        is_taken = settings.accepts_stripe and settings.stripe_account
        return None if is_taken else lazy_gettext("takes no international cards")

    def start(self, attempt: Attempt) -> Opened:
        """Open Stripe's page."""
        return gateway.open_session(attempt, gateway.expiry(attempt.expires_at))

    def give_back(self, wanted: GiveBack) -> str:
        """Give money back to the card; the stall's part of it is taken back afterwards."""
        return gateway.refund(wanted)
