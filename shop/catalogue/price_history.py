"""Which former price may be shown struck through: a real one; told in docs/pricing.md."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

WINDOW = timedelta(days=30)


class Price(NamedTuple):
    """The list price of a pack from a moment on."""

    at: datetime
    price_vnd: int


def former_price(history: Sequence[Price], moment: datetime) -> int | None:
    """Return the lowest price of the 30 days before the last reduction, None when there is none.

    There is none when the last change was no reduction, when it lies 30 days back, when the pack
    was not on the floor for 30 days before it, or when it was already as cheap in these days.
    """
    if len(history) < 2:
        return None
    now, earlier = history[-1], history[:-1]
    opens = now.at - WINDOW
    if moment - now.at >= WINDOW or earlier[0].at > opens:
        return None
    start = max(index for index, price in enumerate(earlier) if price.at <= opens)
    lowest = min(price.price_vnd for price in earlier[start:])
    return lowest if lowest > now.price_vnd else None
