"""What the one button of the checkout sends."""

from flask_babel import lazy_gettext
from wtforms import HiddenField, IntegerField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from shop.payments.methods import COD, methods
from shop.web.forms import ShopForm


class CheckoutForm(ShopForm):
    """The order as the buyer saw it: `digest` names the prices, `checkout_key` the order."""

    checkout_key = HiddenField(validators=[DataRequired(), Length(min=16, max=64)])
    digest = HiddenField(validators=[DataRequired(), Length(max=64)])
    address_id = IntegerField(validators=[InputRequired()])
    payment_method = RadioField(
        lazy_gettext("How to pay"),
        choices=[SelectChoice(each.code, each.label) for each in methods()],
        default=COD,
    )
    note = TextAreaField(lazy_gettext("A word to the stalls"), validators=[Length(max=500)])
