"""Why a stall's part of an order ends early: a list for each side, which own words may follow."""

import enum

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from shop.orders.transitions import Action, Side


def N_(words: str) -> str:  # noqa: N802  the name by which catalogues know words for later
    """Return words as they are, after marking them for translation."""
    return words


class Reason(enum.StrEnum):
    """Why somebody cancels, or why a parcel came back."""

    CHANGED_MIND = "changed_mind"
    ORDERED_WRONGLY = "ordered_wrongly"
    WRONG_ADDRESS = "wrong_address"
    TOO_SLOW = "too_slow"
    SOLD_OUT = "sold_out"
    SPOILT = "spoilt"
    CANNOT_DELIVER = "cannot_deliver"
    BUYER_SILENT = "buyer_silent"
    BUYER_ASKED = "buyer_asked"
    PARCEL_REFUSED = "parcel_refused"
    NOBODY_THERE = "nobody_there"
    OTHER = "other"

    @property
    def label(self) -> LazyString:
        """Return the reason in the reader's language."""
        return lazy_gettext(self.words)

    @property
    def words(self) -> str:
        """Return the reason in English, for a letter to translate."""
        return _WORDS[self]


_WORDS = {
    Reason.CHANGED_MIND: N_("I have changed my mind"),
    Reason.ORDERED_WRONGLY: N_("Ordered the wrong goods or number"),
    Reason.WRONG_ADDRESS: N_("The address or phone is wrong"),
    Reason.TOO_SLOW: N_("It takes too long"),
    Reason.SOLD_OUT: N_("The goods have run out"),
    Reason.SPOILT: N_("The goods are not good enough to send"),
    Reason.CANNOT_DELIVER: N_("We cannot deliver to this place"),
    Reason.BUYER_SILENT: N_("The buyer cannot be reached"),
    Reason.BUYER_ASKED: N_("The buyer asked for it"),
    Reason.PARCEL_REFUSED: N_("The parcel was not accepted"),
    Reason.NOBODY_THERE: N_("Nobody was there to receive it"),
    Reason.OTHER: N_("Something else"),
}

_LISTS = {
    (Side.BUYER, Action.CANCEL): (
        Reason.CHANGED_MIND,
        Reason.ORDERED_WRONGLY,
        Reason.WRONG_ADDRESS,
        Reason.TOO_SLOW,
        Reason.OTHER,
    ),
    (Side.STALL, Action.CANCEL): (
        Reason.SOLD_OUT,
        Reason.SPOILT,
        Reason.CANNOT_DELIVER,
        Reason.BUYER_SILENT,
        Reason.BUYER_ASKED,
        Reason.OTHER,
    ),
    (Side.STALL, Action.BRING_BACK): (
        Reason.PARCEL_REFUSED,
        Reason.NOBODY_THERE,
        Reason.WRONG_ADDRESS,
        Reason.BUYER_ASKED,
        Reason.OTHER,
    ),
}


def reasons_for(side: Side, action: Action) -> tuple[Reason, ...]:
    """Return the list that a side chooses from, in the order it is shown."""
    return _LISTS.get((side, action), ())


def is_enough(code: str, words: str, *, choices: tuple[Reason, ...]) -> bool:
    """Tell whether a reason says something: one of the list, with own words if it is none of it."""
    if not code or code == Reason.OTHER:
        return bool(words.strip())
    return code in choices


def words_of(code: str) -> str:
    """Return the line of a list in English, empty when own words say it all."""
    is_line = code in set(Reason) and code != Reason.OTHER
    return Reason(code).words if is_line else ""


def reason_text(code: str, words: str) -> str:
    """Return a reason as it is read: the line of the list, then the own words."""
    line = words_of(code)
    return ". ".join(said for said in (str(lazy_gettext(line)) if line else "", words) if said)
