"""What a stall types about its goods, and a moderator about a decision."""

from typing import Any, ClassVar

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import MultipleFileField
from wtforms import (
    BooleanField,
    HiddenField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import (
    InputRequired,
    Length,
    Optional,
)
from wtforms.widgets import CheckboxInput, ListWidget

from shop.catalogue.staging import Words
from shop.certification.product_sets import PRODUCT_SETS
from shop.core.vietnamese import nfc
from shop.web.forms import ShopForm

MONTHS = range(1, 13)


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


class PicturesForm(ShopForm):
    """Pictures from a phone or a computer, several at once."""

    pictures = MultipleFileField(lazy_gettext("Pictures"))

    def files(self) -> list[Any]:
        """Return the files that were really chosen; an empty field sends one without a name."""
        return [file for file in self.pictures.data or () if getattr(file, "filename", "")]


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
