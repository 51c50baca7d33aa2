"""How a stall wants to be paid, and what is decided on money that did not fit."""

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp

from shop.payments.gateway.ways import method
from shop.payments.methods import STRIPE, VNPAY
from shop.payments.models import Resolution, StallPaymentSettings
from shop.payments.operations.settings import Accepted
from shop.payments.vietqr import banks
from shop.web.forms import ShopForm, VndField

MOST_VND = 1_000_000_000


class AcceptedForm(ShopForm):
    """The ways to pay that a stall accepts; the gateways are there where the floor has them."""

    accepts_cod = BooleanField(lazy_gettext("Cash on delivery"))
    cod_limit_vnd = VndField(
        lazy_gettext("Cash for at most, per order"),
        validators=[
            Optional(),
            NumberRange(1, MOST_VND, lazy_gettext("Leave it empty for orders of any sum.")),
        ],
    )
    may_open_first = BooleanField(lazy_gettext("The buyer may open the parcel before she pays"))
    accepts_vietqr = BooleanField(lazy_gettext("Bank transfer by VietQR, straight to our account"))
    bank_bin = SelectField(lazy_gettext("Bank"), choices=[], validate_choice=True)
    account_number = StringField(
        lazy_gettext("Account number"),
        validators=[
            Optional(),
            Regexp(r"[0-9A-Za-z]{4,19}\Z", message=lazy_gettext("4 to 19 digits or letters.")),
        ],
    )
    account_holder = StringField(
        lazy_gettext("Account holder, as the bank writes it"), validators=[Length(max=120)]
    )
    accepts_vnpay = BooleanField(lazy_gettext("VNPAY"))
    accepts_stripe = BooleanField(lazy_gettext("International cards by Stripe"))
    stripe_account = StringField(
        lazy_gettext("Your account at Stripe"),
        validators=[
            Optional(),
            Regexp(r"acct_[0-9A-Za-z]{4,58}\Z", message=lazy_gettext("It begins with acct_.")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the banks, and only the gateways that this floor has."""
        super().__init__(*args, **kwargs)
        offered = [SelectChoice(number, name) for number, name in banks()]
        self.bank_bin.choices = [SelectChoice("", lazy_gettext("Choose your bank")), *offered]
        if not method(VNPAY).is_offered():
            del self.accepts_vnpay
        if not method(STRIPE).is_offered():
            del self.accepts_stripe, self.stripe_account

    def accepted(self, kept: StallPaymentSettings) -> Accepted:
        """Return what was chosen; what is not offered stays as it was kept."""
        values = {name: getattr(kept, name) for name in Accepted.__dataclass_fields__}
        for name, field in self._fields.items():
            if name in values:
                values[name] = field.data if field.data is not None else values[name]
        values["cod_limit_vnd"] = self.cod_limit_vnd.data
        return Accepted(**values)


class ResolveForm(ShopForm):
    """What becomes of money that did not fit, and why."""

    resolution = SelectField(
        lazy_gettext("What is to be done?"),
        choices=[SelectChoice(each.value, each.label) for each in Resolution],
    )
    words = TextAreaField(
        lazy_gettext("Why?"),
        validators=[DataRequired(lazy_gettext("Please say why.")), Length(max=500)],
    )


class SettleForm(ShopForm):
    """The proof that money has gone back: the bank's reference, or a picture of the transfer."""

    reference = StringField(
        lazy_gettext("Reference of your transfer"), validators=[Length(max=120)]
    )
    proof = FileField(lazy_gettext("Picture of the transfer or of the signed receipt"))
