"""What a listing must tell before it may be shown: the pack, the picture, the words of the law.

Decree 37/2026/NĐ-CP on goods labels: the name, who answers for the goods, where they come from,
the net quantity; of food also what is in it, how long it keeps and how to store and use it. Who
answers and where from are the stall's own, so they are always there.
"""

import enum
from collections.abc import Sequence
from typing import Any, Protocol

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

LAST_FOOD_SET = 17


class Missing(enum.StrEnum):
    """One thing that a listing lacks."""

    SUMMARY = "summary"
    INGREDIENTS = "ingredients"
    STORAGE = "storage"
    SHELF_LIFE = "shelf_life"
    PACK = "pack"
    PICTURE = "picture"

    @property
    def label(self) -> LazyString:
        """Return what is to be done about it."""
        return _MISSING[self]


_MISSING = {
    Missing.SUMMARY: lazy_gettext("Describe the goods in one or two sentences"),
    Missing.INGREDIENTS: lazy_gettext("Write what is in it"),
    Missing.STORAGE: lazy_gettext("Write how to store and use it"),
    Missing.SHELF_LIFE: lazy_gettext("Write how long it keeps"),
    Missing.PACK: lazy_gettext("Add at least one pack with its price"),
    Missing.PICTURE: lazy_gettext("Add at least one picture"),
}


class Told(Protocol):
    """The words of a listing."""

    @property
    def product_set(self) -> int:
        """Return the number of the product set."""

    @property
    def summary(self) -> str:
        """Return what the goods are, in short."""

    @property
    def ingredients(self) -> str:
        """Return what is in them."""

    @property
    def storage(self) -> str:
        """Return how to store and use them."""

    @property
    def shelf_life(self) -> str:
        """Return how long they keep."""


def is_food(product_set: int) -> bool:
    """Tell whether goods of this set are food or drink, of which the law asks more."""
    return product_set <= LAST_FOOD_SET


def missing_words(told: Told) -> list[Missing]:
    """Return which words a listing lacks."""
    wanted = [Missing.SUMMARY]
    if is_food(told.product_set):
        wanted += [Missing.INGREDIENTS, Missing.STORAGE, Missing.SHELF_LIFE]
    return [word for word in wanted if not getattr(told, word.value).strip()]


def missing(told: Told, packs: Sequence[Any], pictures: Sequence[Any]) -> list[Missing]:
    """Return all that a listing lacks: words, an active pack, a picture."""
    lacks = missing_words(told)
    if not any(pack.is_active for pack in packs):
        lacks.append(Missing.PACK)
    if not pictures:
        lacks.append(Missing.PICTURE)
    return lacks
