"""What a process may remember for a minute, so that it is not asked of the database each time.

Only for what may be a minute old without misleading anybody: never a price, a star, or stock.
"""

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import TypeVar

from flask import current_app

from shop.core import clock

T = TypeVar("T")
MINUTE = timedelta(minutes=1)
MOST_KEPT = 1000

_Kept = dict[Hashable, tuple[datetime, object]]


def remembered(
    key: Hashable,
    make: Callable[[], T],
    *,
    worth: Callable[[T], bool] = bool,
    span: timedelta = MINUTE,
) -> T:
    """Return what `make` gave for this key within the span, else ask it; keep what is worth it."""
    kept: _Kept = current_app.extensions.setdefault("memory", {})
    now = clock.now()
    made, value = kept.get(key, (None, None))
    if made is not None and made <= now < made + span:
        return value  # type: ignore[return-value]
    fresh = make()
    if worth(fresh):
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = (now, fresh)
    return fresh
