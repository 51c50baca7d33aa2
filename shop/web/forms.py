"""The base of all forms: CSRF, words in the visitor's language, text in one normal form."""

import re
from collections.abc import Callable
from typing import Any

from flask_babel import get_locale, get_translations, gettext
from flask_wtf import FlaskForm
from wtforms import Field, IntegerField
from wtforms.validators import ValidationError

from shop.core.errors import InvalidInput
from shop.core.vietnamese import fold, nfc, visible
from shop.web.sanity import LARGEST

_STARS = re.compile(r"[★☆⭐🌟✪✭✮✯]|\bocop\b.*\bsao\b|\b[3-5]\s*sao\b")


class _Words:
    """Gives WTForms our catalogue for its own messages."""

    def gettext(self, string: str) -> str:
        return str(gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the sentence with its places still open; WTForms fills them in itself."""
        return str(get_translations().ungettext(singular, plural, n))


class ShopForm(FlaskForm):
    """A form of the floor."""

    class Meta(FlaskForm.Meta):
        """Text arrives in NFC; messages are ours."""

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            """Normalise what is typed into text fields, but never passwords; bound numbers."""
            tidy = TIDY.get(unbound_field.field_class.__name__)
            if tidy is not None:
                filters = [*unbound_field.kwargs.get("filters", ()), tidy]
                return unbound_field.bind(form=form, **{**options, "filters": filters})
            return unbound_field.bind(form=form, **options)

        def get_translations(self, form: Any) -> _Words:
            """Return our words, whatever the language of the request."""
            get_locale()
            return _Words()

    def put_error(self, error: InvalidInput, fallback: str) -> None:
        """Show a refusal of the use case beside the field it belongs to."""
        field: Field = self._fields.get(error.field or fallback) or self._fields[fallback]
        field.errors = [*field.errors, str(error.message)]


def normalise(text: str | None) -> str | None:
    """Return typed text in NFC, keeping its line breaks."""
    if not isinstance(text, str):
        return text
    lines = [nfc(visible(line)) for line in text.replace("\r\n", "\n").split("\n")]
    return "\n".join(lines).strip()


def one_line(text: str | None) -> str | None:
    """Return typed text in NFC on one line: a field of one line is posted with more by nobody."""
    return nfc(visible(text)) if isinstance(text, str) else text


def without_stars(_form: Any, field: Field) -> None:
    """Refuse words that look like certified stars, which show by themselves once verified."""
    if _STARS.search(fold(field.data or "")):
        raise ValidationError(
            gettext("Leave the stars out: those of a verified certificate show by themselves.")
        )


def bearable(number: int | None) -> int | None:
    """Return a typed number; raise ValueError for one that no column could hold."""
    if number is not None and abs(number) > LARGEST:
        raise ValueError(gettext("Not a valid integer value."))
    return number


TIDY: dict[str, Callable[[Any], Any]] = {
    "StringField": one_line,
    "EmailField": one_line,
    "TextAreaField": normalise,
    "SearchField": one_line,
    "IntegerField": bearable,
}


class VndField(IntegerField):
    """Whole đồng as people type them: `150.000`, `150,000 đ` or `150000`."""

    def _value(self) -> str:
        """Show what was typed, or the amount with its dots."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:,}".replace(",", ".")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read digits, whatever stands between them."""
        if not valuelist or not valuelist[0].strip():
            return
        text = valuelist[0].lower().replace("₫", "").replace("đ", "").replace("vnd", "")
        digits = text.replace(".", "").replace(",", "").replace(" ", "").replace("\xa0", "")
        if not digits.isdecimal() or len(digits) > 12:
            self.data = None
            raise ValidationError(gettext("Write the amount in whole đồng, such as 150.000."))
        self.data = int(digits)
