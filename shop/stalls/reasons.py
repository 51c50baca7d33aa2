"""Why a moderator returns an application, and why an operator closes a stall for a while."""

import enum

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString


def N_(words: str) -> str:  # noqa: N802  the name by which catalogues know words for later
    """Return words as they are, after marking them for translation."""
    return words


class ReturnReason(enum.StrEnum):
    """What an applicant has to change."""

    PAPER_MISSING = "paper_missing"
    PAPER_UNREADABLE = "paper_unreadable"
    PAPER_EXPIRED = "paper_expired"
    NAME_DIFFERS = "name_differs"
    CODE_DIFFERS = "code_differs"
    REPRESENTATIVE_DIFFERS = "representative_differs"
    PLACE_DIFFERS = "place_differs"
    NOT_A_PRODUCER = "not_a_producer"
    OTHER = "other"

    @property
    def words(self) -> str:
        """Return the reason in English, for a letter to translate."""
        return _RETURNS[self]

    @property
    def label(self) -> LazyString:
        """Return the reason in the reader's language."""
        return lazy_gettext(self.words)


class SuspensionReason(enum.StrEnum):
    """Why a stall may not sell for the time being."""

    AUTHORITY = "authority"
    FALSE_STATEMENT = "false_statement"
    UNSAFE_GOODS = "unsafe_goods"
    COMPLAINTS = "complaints"
    OWN_WISH = "own_wish"
    OTHER_CAUSE = "other_cause"

    @property
    def words(self) -> str:
        """Return the reason in English, for a letter to translate."""
        return _SUSPENSIONS[self]

    @property
    def label(self) -> LazyString:
        """Return the reason in the reader's language."""
        return lazy_gettext(self.words)


_RETURNS = {
    ReturnReason.PAPER_MISSING: N_("A paper is missing"),
    ReturnReason.PAPER_UNREADABLE: N_("A scan cannot be read"),
    ReturnReason.PAPER_EXPIRED: N_("A paper has expired"),
    ReturnReason.NAME_DIFFERS: N_("The legal name differs from the paper"),
    ReturnReason.CODE_DIFFERS: N_("The tax code differs from the paper"),
    ReturnReason.REPRESENTATIVE_DIFFERS: N_("The representative differs from the paper"),
    ReturnReason.PLACE_DIFFERS: N_("The place differs from the paper"),
    ReturnReason.NOT_A_PRODUCER: N_("Not a producer of OCOP goods"),
    ReturnReason.OTHER: N_("Another reason"),
}
_SUSPENSIONS = {
    SuspensionReason.AUTHORITY: N_("An authority asked for it"),
    SuspensionReason.FALSE_STATEMENT: N_("Untrue statements about goods or papers"),
    SuspensionReason.UNSAFE_GOODS: N_("Goods that are not safe"),
    SuspensionReason.COMPLAINTS: N_("Complaints that stayed without an answer"),
    SuspensionReason.OWN_WISH: N_("The stall asked for a pause"),
    SuspensionReason.OTHER_CAUSE: N_("Another reason"),
}
NEEDS_WORDS = frozenset({ReturnReason.OTHER, SuspensionReason.OTHER_CAUSE})
_BY_CODE: dict[str, str] = {
    **{reason.value: words for reason, words in _RETURNS.items()},
    **{reason.value: words for reason, words in _SUSPENSIONS.items()},
}


def label_of(code: str) -> LazyString | str:
    """Return the words of a stored reason, empty for none."""
    return lazy_gettext(_BY_CODE[code]) if code in _BY_CODE else ""
