"""Why a dossier is returned or not recognised: lists to choose from, which words go with."""

import enum

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString


class ReturnReason(enum.StrEnum):
    """What the stall has to change before it hands in again."""

    PART_MISSING = "part_missing"
    PAPER_EXPIRED = "paper_expired"
    ORIGIN = "origin"
    ANSWER_UNPROVEN = "answer_unproven"
    WRONG_SET = "wrong_set"
    SAMPLES = "samples"
    OTHER = "other"

    @property
    def label(self) -> LazyString:
        """Return the reason in words."""
        return _RETURNS[self]


_RETURNS = {
    ReturnReason.PART_MISSING: lazy_gettext("A part of the dossier is missing"),
    ReturnReason.PAPER_EXPIRED: lazy_gettext("A paper has expired or cannot be read"),
    ReturnReason.ORIGIN: lazy_gettext("The origin of material or labour is not shown"),
    ReturnReason.ANSWER_UNPROVEN: lazy_gettext("An answer is not proven by its evidence"),
    ReturnReason.WRONG_SET: lazy_gettext("The product belongs to another product set"),
    ReturnReason.SAMPLES: lazy_gettext("The product samples are missing"),
    ReturnReason.OTHER: lazy_gettext("Another reason"),
}


class RefusalReason(enum.StrEnum):
    """Why a product is not recognised."""

    POINTS = "points"
    FLOORS = "floors"
    FALSE = "false"
    LAW = "law"
    OTHER = "other"

    @property
    def label(self) -> LazyString:
        """Return the reason in words."""
        return _REFUSALS[self]


_REFUSALS = {
    RefusalReason.POINTS: lazy_gettext("The council's average is below 50 points"),
    RefusalReason.FLOORS: lazy_gettext("A required criterion for 3 stars is not met"),
    RefusalReason.FALSE: lazy_gettext("The dossier was false"),
    RefusalReason.LAW: lazy_gettext("The product breaches a law on quality, safety or labels"),
    RefusalReason.OTHER: lazy_gettext("Another reason"),
}


def in_words(reason: ReturnReason | RefusalReason, words: str) -> str:
    """Return the reason as the stall reads it."""
    said = f"{reason.label}. {words}" if words else f"{reason.label}."
    return said.replace("..", ".")
