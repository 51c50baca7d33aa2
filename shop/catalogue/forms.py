"""What a stall types about its goods, and a moderator about a decision."""

import re
from decimal import Decimal
from typing import Any, ClassVar

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import MultipleFileField
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget

from shop.catalogue.models import Sku, Unit
from shop.catalogue.operations.skus import Pack
from shop.catalogue.staging import Words
from shop.certification.product_sets import PRODUCT_SETS
from shop.core.vietnamese import nfc
from shop.web.forms import ShopForm, VndField, without_stars

MOST_VND = 1_000_000_000
MOST_PIECES = 1_000_000
MOST_BASE_UNITS = 1_000_000
MONTHS = range(1, 13)

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


def chosen_number(text: Any) -> int | None:
    """Return the number of a choice, None while nothing is chosen."""
    return int(text) if text else None


class WordsForm(ShopForm):
    """What the stall writes about a product."""

    name = StringField(
        lazy_gettext("Name of the product"), validators=[InputRequired(), Length(3, 200)]
    )
    product_set = SelectField(
        lazy_gettext("Product set"), coerce=chosen_number, validators=[InputRequired()]
    )
    summary = StringField(lazy_gettext("In short"), validators=[Optional(), Length(max=300)])
    description = TextAreaField(
        lazy_gettext("Description"), validators=[Optional(), Length(max=8000)]
    )
    ingredients = TextAreaField(
        lazy_gettext("Ingredients"), validators=[Optional(), Length(max=2000)]
    )
    storage = TextAreaField(
        lazy_gettext("Storage and use"), validators=[Optional(), Length(max=2000)]
    )
    shelf_life = StringField(lazy_gettext("Shelf life"), validators=[Optional(), Length(max=120)])
    season_months = SelectMultipleField(
        lazy_gettext("Months in season"),
        coerce=int,
        validate_choice=True,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the sets of goods and the months in the visitor's language."""
        super().__init__(*args, **kwargs)
        self.product_set.choices = [SelectChoice("", gettext("Choose…"))]
        self.product_set.choices += [
            SelectChoice(
                str(each.number), f"{each.number}. {each.name}", optgroup=str(each.group.label)
            )
            for each in PRODUCT_SETS.values()
            if not each.is_tourism
        ]
        self.season_months.choices = [
            SelectChoice(str(month), gettext("Month %(month)s", month=month)) for month in MONTHS
        ]

    @classmethod
    def showing(cls, words: Words) -> "WordsForm":
        """Return the form filled with what the stall last wrote."""
        months = [int(month) for month in words.season_months.split(",") if month]
        return cls(data={**words.__dict__, "season_months": months})

    def words(self) -> Words:
        """Return what was typed."""
        return Words(
            name=nfc(self.name.data),
            product_set=self.product_set.data,
            summary=self.summary.data or "",
            description=self.description.data or "",
            ingredients=self.ingredients.data or "",
            storage=self.storage.data or "",
            shelf_life=self.shelf_life.data or "",
            season_months=",".join(str(month) for month in sorted(set(self.season_months.data))),
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
    def showing(cls, sku: Sku) -> Any:
        """Return the form filled with a pack as it is."""
        quantity, unit = in_large_units(sku.net_quantity, sku.unit)
        return cls(
            data={
                **{name: getattr(sku, name) for name in _SAME},
                "quantity": quantity,
                "unit": unit,
            }
        )

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


class PicturesForm(ShopForm):
    """Pictures from a phone or a computer, several at once."""

    pictures = MultipleFileField(lazy_gettext("Pictures"))

    def files(self) -> list[Any]:
        """Return the files that were really chosen; an empty field sends one without a name."""
        return [file for file in self.pictures.data or () if getattr(file, "filename", "")]


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


class DecisionForm(ShopForm):
    """A moderator's decision on the version that was read."""

    version = HiddenField()
    decision = HiddenField()
    reason = TextAreaField(
        lazy_gettext("What is to be changed"), validators=[Optional(), Length(max=1000)]
    )

    is_covered = BooleanField(
        lazy_gettext("The certificate still covers the goods under the new name and set"),
        description=lazy_gettext("Without it the change is accepted and the stars are withheld."),
    )

    ACCEPT: ClassVar[str] = "nhan"
    RETURN: ClassVar[str] = "tra-lai"

    @property
    def read_version(self) -> int:
        """Return the version that was on the page; one that never was when it is nonsense."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else -1
