"""What a visitor narrows the goods by, as it stands in the address; nonsense is ignored."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from werkzeug.datastructures import MultiDict

from shop.certification.product_sets import PRODUCT_SETS

STARS = (5, 4, 3)
LONGEST_PRICE = 12
GOODS_SETS = {each.number for each in PRODUCT_SETS.values() if not each.is_tourism}


class Sort(enum.StrEnum):
    """The orders of a list of goods, as the address writes them."""

    RELEVANCE = "phu-hop"
    NEWEST = "moi"
    CHEAPEST = "gia"
    DEAREST = "gia-giam"
    UNIT_PRICE = "don-gia"

    @property
    def label(self) -> LazyString:
        """Return the order in words."""
        return _SORTS[self]


_SORTS = {
    Sort.RELEVANCE: lazy_gettext("Best match"),
    Sort.NEWEST: lazy_gettext("Newest"),
    Sort.CHEAPEST: lazy_gettext("Price, low to high"),
    Sort.DEAREST: lazy_gettext("Price, high to low"),
    Sort.UNIT_PRICE: lazy_gettext("Price per kg or litre"),
}


@dataclass(frozen=True)
class Filters:
    """A choice of goods: `stars` empty means any, prices are in đồng, None means no bound."""

    stars: frozenset[int] = frozenset()
    province: str = ""
    commune: str = ""
    product_set: int | None = None
    price_from_vnd: int | None = None
    price_to_vnd: int | None = None
    sort: Sort = Sort.NEWEST
    stall_id: int | None = None

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything is filtered at all."""
        return replace(self, sort=Sort.NEWEST) != Filters()

    @property
    def is_placed(self) -> bool:
        """Tell whether a place, a set or a stall narrows the choice to a part of the floor."""
        return bool(self.province or self.commune or self.product_set or self.stall_id)

    def query(self, *without: str, **changed: Any) -> dict[str, Any]:
        """Return the address's query for these filters, some left out or changed."""
        stands: dict[str, Any] = {
            "sao": sorted(self.stars),
            "tinh": self.province,
            "xa": self.commune,
            "nhom": self.product_set,
            "gia_tu": self.price_from_vnd,
            "gia_den": self.price_to_vnd,
            "sap_xep": self.sort.value,
        }
        stands.update(changed)
        return {key: value for key, value in stands.items() if value and key not in without}


def read(args: MultiDict[str, str], default_sort: Sort = Sort.NEWEST) -> Filters:
    """Read filters from the query of an address."""
    sort = args.get("sap_xep", "")
    known: Mapping[str, Sort] = {item.value: item for item in Sort}
    chosen = _number(args.get("nhom", ""))
    return Filters(
        stars=frozenset(
            int(text) for text in args.getlist("sao") if text in {str(star) for star in STARS}
        ),
        province=_code(args.get("tinh", ""), 2),
        commune=_code(args.get("xa", ""), 5),
        product_set=chosen if chosen in GOODS_SETS else None,
        price_from_vnd=_number(args.get("gia_tu", "")),
        price_to_vnd=_number(args.get("gia_den", "")),
        sort=known.get(sort, default_sort),
    )


def offered_sorts(*, has_query: bool) -> Sequence[Sort]:
    """Return the orders that make sense: best match only where something was sought."""
    return [sort for sort in Sort if has_query or sort != Sort.RELEVANCE]


def _number(text: str) -> int | None:
    digits = text.replace(".", "").replace(",", "").strip()
    if digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_PRICE:
        return int(digits)
    return None


def _code(text: str, length: int) -> str:
    return text if text.isascii() and text.isdecimal() and len(text) == length else ""
