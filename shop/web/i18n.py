"""Languages: English msgids, one `vi.po` per room, read at start; Vietnamese is the default."""

import io
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, has_request_context, request
from flask_babel import Babel, Domain, get_locale

ROOMS = Path(__file__).parent.parent
LOCALES = ("vi", "en")
COOKIE = "ngon-ngu"


class RoomCatalogues(Domain):
    """The words of all rooms as one catalogue per language."""

    def get_translations(self) -> Translations:
        """Return the catalogue of the request, or of the person that a mail is written to."""
        locale = get_locale()
        return catalogue(locale.language if locale else "vi")


babel = Babel()


def init_app(app: Flask) -> None:
    """Speak the visitor's language, Vietnamese unless she chose another."""
    babel.domain_instance = RoomCatalogues()
    babel.init_app(app, locale_selector=current_locale)


def current_locale() -> str:
    """Return the language chosen in the cookie, or Vietnamese."""
    chosen = request.cookies.get(COOKIE) if has_request_context() else None
    return chosen if chosen in LOCALES else "vi"


@cache
def catalogue(locale: str) -> Translations:
    """Return all rooms' words in a language; English needs none, its words are the keys."""
    merged = Translations()
    if locale == "en":
        return merged
    merged.plural = lambda _n: 0
    for path in sorted(ROOMS.glob(f"*/translations/{locale}.po")):
        with path.open("rb") as source:
            compiled = io.BytesIO()
            write_mo(compiled, read_po(source, locale=locale))
        compiled.seek(0)
        merged.merge(Translations(compiled))
    return merged
