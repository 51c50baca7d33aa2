"""What several forms of stalls have in common."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext
from wtforms.validators import ValidationError

from shop.core.vietnamese import normalise_phone
from shop.places.models import Province

LONGEST_STORY = 5000


def check_phone(_form: Any, field: Any) -> None:
    """Refuse what is not a Vietnamese phone number, and keep the number in its one form."""
    number = normalise_phone(field.data or "")
    if number is None:
        raise ValidationError(lazy_gettext("This is not a Vietnamese phone number."))
    field.data = number


def province_choices(provinces: Iterable[Province]) -> list[tuple[str, Any]]:
    """Return the provinces for a list to choose from, with an empty line first."""
    return [("", lazy_gettext("Choose…")), *((place.code, place.name) for place in provinces)]
