"""Forms on the way of a published list: its file, what its columns mean, which rows are taken."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from shop.certification.forms import DAY_FORMATS
from shop.certification.lists.bounds import MOST_BYTES, MOST_LINES
from shop.certification.lists.chosen import Chosen
from shop.certification.lists.layout import Layout
from shop.certification.lists.rows import LENGTHS
from shop.core import files
from shop.core.errors import InvalidInput
from shop.places.queries import province_names
from shop.web.forms import ShopForm

MEANINGS = (
    SelectChoice("", lazy_gettext("not used")),
    SelectChoice("product_name", lazy_gettext("Product")),
    SelectChoice("producer", lazy_gettext("Holder")),
    SelectChoice("place", lazy_gettext("Commune, address")),
    SelectChoice("old_province", lazy_gettext("Province")),
    SelectChoice("stars", lazy_gettext("Stars")),
    SelectChoice("stars_3", lazy_gettext("Mark for 3 stars")),
    SelectChoice("stars_4", lazy_gettext("Mark for 4 stars")),
    SelectChoice("stars_5", lazy_gettext("Mark for 5 stars")),
    SelectChoice("decision", lazy_gettext("Decision: number and day")),
    SelectChoice("decision_number", lazy_gettext("Number of the decision")),
    SelectChoice("decided_on", lazy_gettext("Day of the decision")),
    SelectChoice("source", lazy_gettext("Source")),
)


class UploadForm(ShopForm):
    """The file as the province published it."""

    file = FileField(
        lazy_gettext("File of the list"),
        [FileRequired()],
        description=lazy_gettext(
            "Excel (.xlsx) or CSV, at most 10 MB and 50,000 rows, just as the province published "
            "it: titles, merged cells and groups may stay."
        ),
    )

    def read(self) -> tuple[bytes, str]:
        """Return the bytes and the name; raise InvalidInput for an empty or endless file."""
        data = files.read_limited(self.file.data.stream, MOST_BYTES)
        return data, self.file.data.filename or ""


class MappingForm(ShopForm):
    """What each column means, and what holds for the whole file; columns join when it is made."""

    first = IntegerField(
        lazy_gettext("Line of the first row"),
        [InputRequired(), NumberRange(1, MOST_LINES)],
        description=lazy_gettext("The lines above are titles and headings."),
    )
    province = SelectField(lazy_gettext("Province of all rows"), [Optional()])
    decision_number = StringField(
        lazy_gettext("Number of the decision"), [Length(max=LENGTHS["decision_number"])]
    )
    decided_on = DateField(lazy_gettext("Day of the decision"), [Optional()], format=DAY_FORMATS)
    source = StringField(lazy_gettext("Issued by, or source"), [Length(max=LENGTHS["source"])])
    fill_down = BooleanField(
        lazy_gettext("An empty cell of holder, place or decision means the same as above")
    )

    @classmethod
    def of(cls, layout: Layout, *, is_posted: bool) -> "MappingForm":
        """Return the form with a choice for each column, filled as the layout says."""
        meant = {place: name for name, place in layout.columns.items()}
        columns = {
            f"column_{place}": SelectField(name or gettext("(no heading)"), choices=MEANINGS)
            for place, name in enumerate(layout.headings)
        }
        made = type("MappingForm", (cls,), columns)
        given: dict[str, Any] = {f"column_{place}": name for place, name in meant.items()}
        given |= {"first": layout.first, "fill_down": layout.fill_down} | _given(layout.defaults)
        form: MappingForm = made(request.form if is_posted else None, data=given)
        names = [SelectChoice(name, name) for _code, name in province_names()]
        form.province.choices = [SelectChoice("", lazy_gettext("as its column says")), *names]
        return form

    def columns(self) -> list[Any]:
        """Return the fields of the columns in their order."""
        return [field for name, field in self._fields.items() if name.startswith("column_")]

    def layout(self, headings: Sequence[str]) -> Layout:
        """Return what was said; raise InvalidInput for two columns of one meaning."""
        meant: dict[str, int] = {}
        for place, field in enumerate(self.columns()):
            if field.data and field.data in meant:
                raise InvalidInput(lazy_gettext("Two columns cannot mean the same."), field.name)
            if field.data:
                meant[field.data] = place
        day = self.decided_on.data
        given = {
            "old_province": self.province.data,
            "decision_number": self.decision_number.data,
            "decided_on": day.isoformat() if day else "",
            "source": self.source.data,
        }
        defaults = {name: text for name, text in given.items() if text}
        return Layout(
            tuple(headings), meant, self.first.data, defaults, fill_down=self.fill_down.data
        )


def _given(defaults: dict[str, str]) -> dict[str, Any]:
    day = defaults.get("decided_on")
    return {
        "province": defaults.get("old_province", ""),
        "decision_number": defaults.get("decision_number", ""),
        "decided_on": date.fromisoformat(day) if day else None,
        "source": defaults.get("source", ""),
    }


class ImportForm(ShopForm):
    """Which of the good rows are taken."""

    which = RadioField(
        lazy_gettext("Which rows?"),
        [InputRequired()],
        choices=[
            SelectChoice("all", lazy_gettext("All good rows")),
            SelectChoice("page", lazy_gettext("Only those ticked on this page")),
            SelectChoice("span", lazy_gettext("Only the lines from … to …")),
        ],
        default="all",
    )
    first = IntegerField(lazy_gettext("From line"), [Optional(), NumberRange(1, MOST_LINES)])
    last = IntegerField(lazy_gettext("To line"), [Optional(), NumberRange(1, MOST_LINES)])

    def chosen(self, ticked: Sequence[int]) -> Chosen:
        """Return the rows that are meant; raise InvalidInput when the choice is not whole."""
        if self.which.data == "page":
            if not ticked:
                raise InvalidInput(lazy_gettext("Tick at least one row."), "which")
            return Chosen(ticked)
        if self.which.data == "span":
            first, last = self.first.data, self.last.data
            if first is None or last is None or first > last:
                raise InvalidInput(lazy_gettext("Say the first line and the last."), "first")
            return Chosen(span=(first, last))
        return Chosen()
