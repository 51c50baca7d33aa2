"""The rules of reviews: how much, how long, and under which name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

MOST_PICTURES = 4
MOST_LETTERS = 2000
EDITABLE_FOR = timedelta(days=30)
RATINGS = (5, 4, 3, 2, 1)

_WORDS = {
    5: lazy_gettext("Very good"),
    4: lazy_gettext("Good"),
    3: lazy_gettext("Fair"),
    2: lazy_gettext("Poor"),
    1: lazy_gettext("Very poor"),
}


def rating_words(rating: int) -> LazyString:
    """Return a rating in words; the number alone says little, and stars belong to certificates."""
    return _WORDS[rating]


def is_editable(created_at: datetime, now: datetime) -> bool:
    """Tell whether a review may still be changed by its author."""
    return now - created_at <= EDITABLE_FOR


def public_name(name: str) -> str:
    """Return the name under which a review is shown: given name and the initial of the family's.

    Nguyễn Thị Hương becomes `Hương N.`; a name of one word stays as it is.
    """
    words = name.split()
    return f"{words[-1]} {words[0][0].upper()}." if len(words) > 1 else name


@dataclass(frozen=True)
class Spread:
    """How many reviews gave each rating."""

    counts: Mapping[int, int]

    @property
    def count(self) -> int:
        """Return how many reviews there are."""
        return sum(self.counts.values())

    @property
    def average(self) -> float | None:
        """Return the mean rating, None without a review."""
        total = sum(rating * count for rating, count in self.counts.items())
        return total / self.count if self.count else None
