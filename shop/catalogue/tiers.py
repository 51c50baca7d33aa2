"""Price breaks of a pack for larger quantities; the rule is told in docs/pricing.md."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from flask_babel import lazy_gettext

from shop.core.errors import Words
from shop.core.money import BASIS_POINTS, format_vnd

MOST_TIERS = 3


class Tier(NamedTuple):
    """From so many pieces on, each costs so much."""

    from_quantity: int
    price_vnd: int


def price_for(list_vnd: int, tiers: Sequence[Tier], quantity: int) -> int:
    """Return what each piece costs when so many are bought; never more than the list price."""
    reached = (tier.price_vnd for tier in tiers if quantity >= tier.from_quantity)
    return min([list_vnd, *reached])


def lowest_vnd(list_vnd: int, limit_bp: int) -> int:
    """Return the least that a piece may cost when at most a part of its list price is taken off."""
    return list_vnd - list_vnd * limit_bp // BASIS_POINTS


def fault_of(list_vnd: int, tiers: Sequence[Tier], limit_bp: int) -> Words | None:
    """Return why a pack cannot have these breaks, None when it can."""
    steps = [Tier(1, list_vnd), *sorted(tiers)]
    for low, high in pairwise(steps):
        if high.from_quantity <= low.from_quantity:
            return lazy_gettext("Each break begins at another number of pieces, from 2 on.")
        if high.price_vnd >= low.price_vnd:
            return lazy_gettext("Each break must be cheaper than the price before it.")
    least = lowest_vnd(list_vnd, limit_bp)
    if steps[-1].price_vnd < least:
        return lazy_gettext(
            "A break may not go below %(least)s: the law allows no larger reduction.",
            least=format_vnd(least),
        )
    return None
