"""What the one button of the checkout sends."""

from collections.abc import Sequence

from flask_babel import lazy_gettext
from wtforms import HiddenField, IntegerField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from shop.payments.methods import Choice
from shop.web.forms import ShopForm


class CheckoutForm(ShopForm):
    """The order as the buyer saw it: `digest` names the prices, `checkout_key` the order.

    Which ways to pay fit is decided with the order; `stall` narrows it to one stall of the cart.
    """

    checkout_key = HiddenField(validators=[DataRequired(), Length(min=16, max=64)])
    digest = HiddenField(validators=[DataRequired(), Length(max=64)])
    address_id = IntegerField(validators=[InputRequired()])
    stall = HiddenField(validators=[Length(max=100)])
    payment_method = RadioField(
        lazy_gettext("How to pay"),
        choices=[],
        validate_choice=False,
        validators=[Length(max=20)],
    )
    note = TextAreaField(lazy_gettext("A word to the stalls"), validators=[Length(max=500)])

    def show(
        self, choices: Sequence[Choice], digest: str, checkout_key: str, *, stall: str
    ) -> None:
        """Offer what every stall of the order takes, the first of it chosen, for what is shown."""
        self.digest.data, self.checkout_key.data = digest, checkout_key
        self.stall.data = stall
        is_open = [each.way for each in choices if each.is_open]
        self.payment_method.choices = [SelectChoice(way.code, way.label) for way in is_open]
        if self.payment_method.data not in {way.code for way in is_open} and is_open:
            self.payment_method.data = is_open[0].code
