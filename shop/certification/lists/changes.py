"""What a row of a list does to the registry: one answer for the trial run and for the import."""

import enum
from datetime import date
from typing import NamedTuple, Protocol

from flask_babel import lazy_gettext

from shop.certification.lists.rows import ListedProduct
from shop.core.errors import Words

# What a newer edition of a list may change; the rest is what makes the row itself.
FACTS = ("stars", "decision_number", "decided_on", "source")
Value = int | str | date | None


class Facts(Protocol):
    """Whatever says of a row of the registry what a newer list may change."""

    @property
    def stars(self) -> int | None:
        """Return its stars."""

    @property
    def decision_number(self) -> str:
        """Return the number of its decision."""

    @property
    def decided_on(self) -> date | None:
        """Return the day of its decision."""

    @property
    def source(self) -> str:
        """Return who says so."""


class Fate(enum.StrEnum):
    """What an import does with a row."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    BAD = "bad"

    @property
    def label(self) -> Words:
        """Return the fate in words."""
        return _FATES[self]


_FATES = {
    Fate.NEW: lazy_gettext("new"),
    Fate.UNCHANGED: lazy_gettext("unchanged"),
    Fate.CHANGED: lazy_gettext("changed"),
    Fate.BAD: lazy_gettext("bad"),
}


class Change(NamedTuple):
    """The fate of a row, and for each fact that changes what stood there and what will."""

    fate: Fate
    facts: dict[str, tuple[Value, Value]]


def changes(row: ListedProduct | None, known: Facts | None) -> Change:
    """Return what a row does beside what is known of it; None stands for a row with a fault.

    What a list leaves out stays known.
    """
    if row is None:
        return Change(Fate.BAD, {})
    if known is None:
        return Change(Fate.NEW, {})
    pairs = {name: (getattr(known, name), getattr(row, name)) for name in FACTS}
    facts = {
        name: (before, after)
        for name, (before, after) in pairs.items()
        if after not in {None, ""} and after != before
    }
    return Change(Fate.CHANGED if facts else Fate.UNCHANGED, facts)
