"""The 26 product sets of the programme, as Decision 26/2026/QĐ-TTg, Appendix I numbers them."""

import enum
from typing import NamedTuple

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString


class SetGroup(enum.StrEnum):
    """The six groups that hold the sets, by their Roman numerals."""

    FOOD = "I"
    DRINKS = "II"
    HERBS = "III"
    CRAFTS = "IV"
    ORNAMENTALS = "V"
    TOURISM = "VI"

    @property
    def label(self) -> LazyString:
        """Return the group in words."""
        return _GROUPS[self]


_GROUPS = {
    SetGroup.FOOD: lazy_gettext("Food"),
    SetGroup.DRINKS: lazy_gettext("Drinks"),
    SetGroup.HERBS: lazy_gettext("Medicinal herbs"),
    SetGroup.CRAFTS: lazy_gettext("Handicrafts"),
    SetGroup.ORNAMENTALS: lazy_gettext("Ornamental plants and animals"),
    SetGroup.TOURISM: lazy_gettext("Tourism"),
}


class ProductSet(NamedTuple):
    """A set of products that is judged by the same criteria."""

    number: int
    group: SetGroup
    name: LazyString

    @property
    def is_tourism(self) -> bool:
        """Tell whether the set is a service of tourism, which is no goods."""
        return self.group is SetGroup.TOURISM


_FOOD, _DRINKS, _HERBS = SetGroup.FOOD, SetGroup.DRINKS, SetGroup.HERBS
_CRAFTS, _ORNAMENTALS = SetGroup.CRAFTS, SetGroup.ORNAMENTALS

_SETS = (
    ProductSet(1, _FOOD, lazy_gettext("Fresh vegetables, roots, fruit and seeds")),
    ProductSet(2, _FOOD, lazy_gettext("Fresh meat, fish, eggs and milk")),
    ProductSet(3, _FOOD, lazy_gettext("Rice, cereals and other prepared seeds")),
    ProductSet(4, _FOOD, lazy_gettext("Honey, other nectars and other farm food")),
    ProductSet(5, _FOOD, lazy_gettext("Fast food")),
    ProductSet(6, _FOOD, lazy_gettext("Processed from rice and cereals")),
    ProductSet(7, _FOOD, lazy_gettext("Processed from vegetables, fruit and seeds")),
    ProductSet(8, _FOOD, lazy_gettext("Processed from meat, fish, eggs, milk and honey")),
    ProductSet(9, _FOOD, lazy_gettext("Soy sauce, fish sauce and other liquid seasonings")),
    ProductSet(10, _FOOD, lazy_gettext("Other seasonings")),
    ProductSet(11, _FOOD, lazy_gettext("Tea, fresh and processed")),
    ProductSet(12, _FOOD, lazy_gettext("Teas of other plants")),
    ProductSet(13, _FOOD, lazy_gettext("Coffee and cocoa")),
    ProductSet(14, _DRINKS, lazy_gettext("White spirits")),
    ProductSet(15, _DRINKS, lazy_gettext("Other alcoholic drinks")),
    ProductSet(16, _DRINKS, lazy_gettext("Mineral and bottled water")),
    ProductSet(17, _DRINKS, lazy_gettext("Other soft drinks")),
    ProductSet(18, _HERBS, lazy_gettext("Functional food, herbal and traditional medicine")),
    ProductSet(19, _HERBS, lazy_gettext("Cosmetics from medicinal herbs")),
    ProductSet(20, _HERBS, lazy_gettext("Essential oils and other medicinal herbs")),
    ProductSet(21, _CRAFTS, lazy_gettext("Crafts for house and decoration")),
    ProductSet(22, _CRAFTS, lazy_gettext("Fabrics and clothing")),
    ProductSet(23, _ORNAMENTALS, lazy_gettext("Flowers")),
    ProductSet(24, _ORNAMENTALS, lazy_gettext("Ornamental plants")),
    ProductSet(25, _ORNAMENTALS, lazy_gettext("Ornamental animals")),
    ProductSet(
        26,
        SetGroup.TOURISM,
        lazy_gettext("Community tourism, ecotourism and places to visit"),
    ),
)
PRODUCT_SETS = {each.number: each for each in _SETS}


def product_set(number: int) -> ProductSet:
    """Return the set of this number; raise KeyError for a number that is none."""
    return PRODUCT_SETS[number]
