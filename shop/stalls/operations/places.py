"""Finding the commune that an applicant means."""

from flask_babel import lazy_gettext

from shop.core.errors import InvalidInput
from shop.places import queries as places
from shop.places.models import Commune

MOST_SHOWN = 5


def commune_of(province_code: str, typed: str, code: str) -> Commune:
    """Return the chosen commune, or the one that a typed name means; else raise InvalidInput."""
    chosen = places.commune(code) if code else None
    if chosen and chosen.province_code == province_code and typed.startswith(chosen.full_name):
        return chosen
    found = places.find_commune(province_code, typed)
    if found.commune is not None:
        return found.commune
    if not found.candidates:
        raise InvalidInput(
            lazy_gettext("We know no commune of this name in the province."), field="commune"
        )
    names = "; ".join(candidate.label for candidate in found.candidates[:MOST_SHOWN])
    raise InvalidInput(lazy_gettext("Which one is it: %(names)s?", names=names), field="commune")
