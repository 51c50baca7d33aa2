"""What the cart's buttons send."""

from flask import request
from flask_babel import lazy_gettext
from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import InputRequired, Length

from shop.cart import operations
from shop.cart.models import Cart
from shop.core import throttle
from shop.core.errors import InvalidInput
from shop.web.forms import ShopForm


class LineForm(ShopForm):
    """A SKU and how many of it."""

    sku_id = IntegerField(validators=[InputRequired()])
    quantity = IntegerField(default=1)
    tiep = HiddenField()


class CodeForm(ShopForm):
    """A voucher's code."""

    code = StringField(
        lazy_gettext("Voucher code"),
        validators=[
            InputRequired(message=lazy_gettext("Type the code first.")),
            Length(max=40),
        ],
    )

    def enter(self, cart: Cart, *, buyer_id: int | None) -> bool:
        """Keep the voucher with the cart; False, and the reason beside the field, if it cannot be.

        Raises TooOften for somebody who tries one code after another.
        """
        if not self.validate():
            return False
        throttle.guard(
            operations.CODES, str(buyer_id or throttle.network(request.remote_addr or ""))
        )
        try:
            operations.enter_code(cart, self.code.data or "", buyer_id=buyer_id)
        except InvalidInput as error:
            self.put_error(error, "code")
            return False
        return True


class DropForm(ShopForm):
    """A voucher to be taken away."""

    voucher_id = IntegerField(validators=[InputRequired()])
    tiep = HiddenField()
