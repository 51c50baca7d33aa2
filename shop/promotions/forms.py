"""What a stall or an operator types about a voucher."""

from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from shop.certification.product_sets import PRODUCT_SETS
from shop.core.vietnamese import nfc
from shop.promotions.models import Voucher
from shop.promotions.operations import Terms
from shop.promotions.standing import tidy_code
from shop.web.forms import ShopForm, VndField

MOST_VND = 1_000_000_000
MOST_USES = 1_000_000
AMOUNT, PERCENT = "amount", "percent"
_COUNT = (InputRequired(), NumberRange(1, MOST_USES))


class VoucherForm(ShopForm):
    """All of a voucher, while it has not begun."""

    code = StringField(lazy_gettext("Code"), validators=[InputRequired(), Length(4, 24)])
    name = StringField(
        lazy_gettext("What buyers read of it"), validators=[InputRequired(), Length(3, 120)]
    )
    kind = RadioField(
        lazy_gettext("What it takes off"),
        choices=[
            SelectChoice(AMOUNT, lazy_gettext("an amount")),
            SelectChoice(PERCENT, lazy_gettext("a percentage")),
        ],
        default=AMOUNT,
    )
    amount = VndField(lazy_gettext("Amount"), validators=[Optional(), NumberRange(1, MOST_VND)])
    percent = StringField(lazy_gettext("Percentage"), validators=[Optional(), Length(max=6)])
    cap_vnd = VndField(
        lazy_gettext("At most, for a percentage"),
        validators=[Optional(), NumberRange(1, MOST_VND)],
    )
    minimum_vnd = VndField(
        lazy_gettext("From this sum of goods on"),
        validators=[Optional(), NumberRange(0, MOST_VND)],
    )
    starts_on = DateField(lazy_gettext("First day"), validators=[InputRequired()])
    ends_on = DateField(lazy_gettext("Last day"), validators=[InputRequired()])
    quota = IntegerField(lazy_gettext("Uses in all"), validators=list(_COUNT))
    per_buyer = IntegerField(lazy_gettext("Uses per buyer"), default=1, validators=list(_COUNT))
    product_sets = SelectMultipleField(
        lazy_gettext("Only for these product sets"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the sets of goods."""
        super().__init__(*args, **kwargs)
        self.product_sets.choices = [
            SelectChoice(str(each.number), f"{each.number}. {each.name}")
            for each in PRODUCT_SETS.values()
            if not each.is_tourism
        ]

    @classmethod
    def showing(cls, voucher: Voucher) -> Any:
        """Return the form filled with a voucher as it is."""
        return cls(formdata=None, data=cls.data_of(voucher))

    @classmethod
    def data_of(cls, voucher: Voucher) -> dict[str, Any]:
        """Return what the fields show of a voucher."""
        names = ("code", "name", "cap_vnd", "starts_on", "ends_on", "quota", "per_buyer")
        return {
            **{name: getattr(voucher, name) for name in names},
            "kind": AMOUNT if voucher.percent_bp is None else PERCENT,
            "amount": voucher.amount_vnd,
            "percent": as_percent(voucher.percent_bp) if voucher.percent_bp else "",
            "minimum_vnd": voucher.minimum_vnd or None,
            "product_sets": voucher.product_sets,
        }

    def validate_percent(self, field: StringField) -> None:
        """Refuse what is no percentage."""
        if self.kind.data == PERCENT and basis_points(field.data) is None:
            raise ValidationError(gettext("Write a percentage, such as 10 or 7,5."))

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for what the chosen kind needs, although either may be empty."""
        is_valid = bool(super().validate(extra_validators))
        field = self.amount if self.kind.data == AMOUNT else self.percent
        if field.data in {None, ""} and not field.errors:
            field.errors = [gettext("Write how much comes off.")]
            return False
        return is_valid

    def terms(self) -> Terms:
        """Return what was typed."""
        is_amount = self.kind.data == AMOUNT
        return Terms(
            code=tidy_code(self.code.data),
            name=nfc(self.name.data),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            quota=self.quota.data,
            per_buyer=self.per_buyer.data,
            amount_vnd=self.amount.data if is_amount else None,
            percent_bp=None if is_amount else basis_points(self.percent.data),
            cap_vnd=None if is_amount else self.cap_vnd.data,
            minimum_vnd=self.minimum_vnd.data or 0,
            product_sets=self.product_sets.data or (),
            floor_share_bp=self.floor_share_bp(),
        )

    def floor_share_bp(self) -> int:
        """Return what the floor bears: nothing of a stall's voucher."""
        return 0


class FloorVoucherForm(VoucherForm):
    """A voucher of the floor, with the share that the floor bears."""

    floor_share = IntegerField(
        lazy_gettext("The floor bears, in percent"),
        default=100,
        validators=[InputRequired(), NumberRange(0, 100)],
    )

    @classmethod
    def data_of(cls, voucher: Voucher) -> dict[str, Any]:
        """Return what the fields show of a voucher."""
        return {**super().data_of(voucher), "floor_share": voucher.floor_share_bp // 100}

    def floor_share_bp(self) -> int:
        """Return what the floor bears."""
        return int(self.floor_share.data or 0) * 100


class ExtendForm(ShopForm):
    """More time or more uses for a voucher that lives."""

    ends_on = DateField(lazy_gettext("Last day"), validators=[InputRequired()])
    quota = IntegerField(lazy_gettext("Uses in all"), validators=list(_COUNT))


class EndForm(ShopForm):
    """An early end."""

    end_on = DateField(lazy_gettext("New last day"), validators=[InputRequired()])
    words = TextAreaField(
        lazy_gettext("What buyers read of the reason"),
        validators=[InputRequired(), Length(5, 300)],
    )


class JoinForm(ShopForm):
    """A voucher of the floor that a stall joins or leaves."""

    voucher_id = IntegerField(validators=[InputRequired()])


def basis_points(text: str | None) -> int | None:
    """Return a typed percentage in basis points; None when it is none or has too many decimals."""
    try:
        points = Decimal((text or "").replace("%", "").replace(",", ".").strip()) * 100
    except InvalidOperation:
        return None
    is_whole = points.is_finite() and points == points.to_integral_value()
    return int(points) if is_whole and 0 < points <= 10_000 else None


def as_percent(points: int) -> str:
    """Return basis points as people write a percentage: 10 or 7,5."""
    return f"{points / 100:g}".replace(".", ",")
