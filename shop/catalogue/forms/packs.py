"""What a stall types about its packs and their stock."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, IntegerField, SelectChoice, SelectField, StringField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    ValidationError,
)

from shop.catalogue.models import Sku, Unit
from shop.catalogue.operations.skus import Pack
from shop.catalogue.tiers import MOST_TIERS, Tier
from shop.core.vietnamese import nfc
from shop.web.forms import ShopForm, VndField, without_stars

MOST_VND = 1_000_000_000
MOST_PIECES = 1_000_000
MOST_BASE_UNITS = 1_000_000
MOST_IN_CART = 999

UNITS: dict[str, tuple[Unit, int]] = {
    "g": (Unit.GRAM, 1),
    "kg": (Unit.GRAM, 1000),
    "ml": (Unit.MILLILITRE, 1),
    "l": (Unit.MILLILITRE, 1000),
    "piece": (Unit.PIECE, 1),
}
_UNITS = [
    SelectChoice("g", lazy_gettext("gram (g)")),
    SelectChoice("kg", lazy_gettext("kilogram (kg)")),
    SelectChoice("ml", lazy_gettext("millilitre (ml)")),
    SelectChoice("l", lazy_gettext("litre (l)")),
    SelectChoice("piece", lazy_gettext("piece")),
]
_GROUPED = re.compile(r"[0-9]{1,3}([.,][0-9]{3})+")
_PLAIN = re.compile(r"[0-9]{1,7}([.,][0-9]{1,3})?")


def _tier_fields(number: int) -> tuple[IntegerField, VndField]:
    """Return the two fields of a price break: from how many pieces on, and what each then costs."""
    from_label = lazy_gettext("Break %(number)s: from how many", number=number)
    each_label = lazy_gettext("Break %(number)s: price of each", number=number)
    return (
        IntegerField(from_label, validators=[Optional(), NumberRange(2, MOST_IN_CART)]),
        VndField(each_label, validators=[Optional(), NumberRange(1, MOST_VND)]),
    )


class PackForm(ShopForm):
    """A pack: its size, weight, price and code."""

    label = StringField(
        lazy_gettext("Name of the pack"),
        validators=[DataRequired(), Length(max=80), without_stars],
    )
    quantity = StringField(
        lazy_gettext("Net quantity"), validators=[InputRequired(), Length(max=12)]
    )
    unit = SelectField(lazy_gettext("Unit"), choices=_UNITS, validators=[InputRequired()])
    price_vnd = VndField(
        lazy_gettext("Price"), validators=[InputRequired(), NumberRange(1, MOST_VND)]
    )
    weight_g = IntegerField(
        lazy_gettext("Weight with packaging (g)"),
        validators=[InputRequired(), NumberRange(1, MOST_BASE_UNITS)],
    )
    code = StringField(
        lazy_gettext("Your own code"),
        validators=[
            Optional(),
            Length(max=40),
            Regexp(
                r"^[A-Za-z0-9][A-Za-z0-9._/-]*$",
                message=lazy_gettext("Use letters without accents, digits and - . / _"),
            ),
        ],
    )
    is_active = BooleanField(lazy_gettext("On sale"), default=True)

    @classmethod
    def showing(cls, sku: Sku, tiers: Sequence[Tier] = ()) -> Any:
        """Return the form filled with a pack and its price breaks as they are."""
        quantity, unit = in_large_units(sku.net_quantity, sku.unit)
        breaks = {
            name: value
            for number, tier in enumerate(tiers, start=1)
            for name, value in ((f"from_{number}", tier[0]), (f"each_{number}", tier[1]))
        }
        return cls(
            data={
                **{name: getattr(sku, name) for name in _SAME},
                **breaks,
                "quantity": quantity,
                "unit": unit,
            }
        )

    from_1, each_1 = _tier_fields(1)
    from_2, each_2 = _tier_fields(2)
    from_3, each_3 = _tier_fields(3)

    @property
    def tier_rows(self) -> list[tuple[IntegerField, VndField]]:
        """Return the fields of the price breaks, row by row."""
        return [(self[f"from_{n}"], self[f"each_{n}"]) for n in range(1, MOST_TIERS + 1)]

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a price break of which one half is missing."""
        is_valid = bool(super().validate(extra_validators))
        for first, second in self.tier_rows:
            if not (first.errors or second.errors) and (first.data is None) != (
                second.data is None
            ):
                empty = first if first.data is None else second
                empty.errors = [*empty.errors, gettext("Write both the number and the price.")]
                is_valid = False
        return is_valid

    def validate_quantity(self, field: StringField) -> None:
        """Refuse what is no quantity of the chosen unit."""
        if not 0 < base_units(field.data or "", self.unit.data or "") <= MOST_BASE_UNITS:
            raise ValidationError(
                lazy_gettext("Write how much is in the pack as a number, such as 500 or 1,5.")
            )

    def pack(self) -> Pack:
        """Return what was typed, in base units."""
        return Pack(
            label=nfc(self.label.data),
            code=self.code.data or "",
            net_quantity=base_units(self.quantity.data, self.unit.data),
            unit=UNITS[self.unit.data][0],
            weight_g=self.weight_g.data,
            price_vnd=self.price_vnd.data or 0,
            is_active=self.is_active.data,
            tiers=tuple(
                Tier(first.data, each.data)
                for first, each in self.tier_rows
                if first.data is not None and each.data is not None
            ),
        )


_SAME = ("label", "code", "weight_g", "price_vnd", "is_active")


class NewPackForm(PackForm):
    """A pack that is new, with what lies on the shelf."""

    opening_stock = IntegerField(
        lazy_gettext("Pieces in stock today"),
        validators=[Optional(), NumberRange(0, MOST_PIECES)],
    )


def base_units(text: str, unit: str) -> int:
    """Return grams, millilitres or pieces of a typed quantity; 0 when it is none.

    Grams, millilitres and pieces are whole, so a sign before three digits groups thousands;
    kilograms and litres have decimals after a comma or a point.
    """
    typed = text.replace(" ", "").replace("\xa0", "")
    _base, factor = UNITS.get(unit, (Unit.PIECE, 0))
    if factor == 1 and _GROUPED.fullmatch(typed):
        typed = re.sub(r"[.,]", "", typed)
    if not _PLAIN.fullmatch(typed):
        return 0
    amount = Decimal(typed.replace(",", ".")) * factor
    return int(amount) if amount == amount.to_integral_value() else 0


def in_large_units(net_quantity: int, unit: Unit) -> tuple[str, str]:
    """Return a quantity as people write it: whole kilograms and litres as such."""
    large = {Unit.GRAM: "kg", Unit.MILLILITRE: "l"}.get(unit)
    if large and net_quantity % 1000 == 0:
        return str(net_quantity // 1000), large
    return str(net_quantity), unit.value


class ReceiveForm(ShopForm):
    """Goods that came in."""

    quantity = IntegerField(
        lazy_gettext("Pieces that came in"),
        validators=[InputRequired(), NumberRange(1, MOST_PIECES)],
    )
    note = StringField(lazy_gettext("Note"), validators=[Optional(), Length(max=200)])


class CountForm(ShopForm):
    """What was counted on the shelf, and why it differs."""

    quantity = IntegerField(
        lazy_gettext("Pieces on the shelf"),
        validators=[InputRequired(), NumberRange(0, MOST_PIECES)],
    )
    note = StringField(lazy_gettext("Why it differs"), validators=[InputRequired(), Length(3, 200)])
