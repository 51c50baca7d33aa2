"""On which ground of law a review may be hidden; dislike is none."""

import enum

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString


def N_(words: str) -> str:  # noqa: N802  the name by which catalogues know words for later
    """Return words as they are, after marking them for translation."""
    return words


class HidingReason(enum.StrEnum):
    """What the law forbids in a review."""

    HONOUR = "honour"
    PERSONAL_DATA = "personal_data"
    ADVERTISING = "advertising"
    UNTRUE = "untrue"
    FORBIDDEN = "forbidden"

    @property
    def label(self) -> LazyString:
        """Return the ground in the reader's language."""
        return lazy_gettext(self.words)

    @property
    def words(self) -> str:
        """Return the ground in English, for a letter to translate."""
        return _WORDS[self]


_WORDS = {
    HidingReason.HONOUR: N_("It insults a person or harms somebody's honour"),
    HidingReason.PERSONAL_DATA: N_("It gives away somebody's personal data"),
    HidingReason.ADVERTISING: N_("It is advertising, not a review"),
    HidingReason.UNTRUE: N_("It is proven to be false or bought"),
    HidingReason.FORBIDDEN: N_("Its content is forbidden by law"),
}


def ground_words(code: str) -> str:
    """Return the ground of a stored code in English, empty for none."""
    return HidingReason(code).words if code in set(HidingReason) else ""
