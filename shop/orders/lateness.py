"""How long a stall's part may stand at one place before it counts as late."""

from datetime import datetime, timedelta

from shop.orders.models import StallOrderStatus as S

LIMITS = {
    S.PLACED: timedelta(hours=24),
    S.CONFIRMED: timedelta(hours=48),
    S.PACKED: timedelta(hours=24),
    S.SHIPPED: timedelta(days=7),
}


def is_late(status: S, since: datetime, now: datetime) -> bool:
    """Tell whether a part has stood at a status, since it came there, for longer than it may."""
    limit = LIMITS.get(status)
    return limit is not None and now - since > limit
