"""Telling buyer and stall of each step of an order, each of them once."""

from collections.abc import Sequence
from typing import Any

from shop.notifications.operations import notify
from shop.orders.models import Order, StallOrder
from shop.orders.reasons import words_of
from shop.stalls.operations import tell_members

STALL_HEARS_OF = frozenset({"placed", "cancelled", "completed"})


def tell_buyer_of_order(order: Order, stall_names: Sequence[str], *, is_prepaid: bool) -> None:
    """Tell the buyer that the whole order has been placed: one letter, however many stalls."""
    notify(
        order.buyer_id,
        "orders/placed",
        key=f"order:{order.id}:placed",
        url=buyer_path(order),
        data={
            "code": order.code,
            "stall_names": list(stall_names),
            "total_vnd": order.total_vnd,
            "discount_vnd": order.discount_vnd,
            "is_prepaid": is_prepaid,
        },
    )


def tell_step(stall_order: StallOrder, stage: str, papers: dict[str, str]) -> None:
    """Tell the buyer of a step, and the stall of those that end its work; needs its `order`."""
    order = stall_order.order
    stage_words = "paid" if stage == "placed" else stage
    notify(
        order.buyer_id,
        f"orders/{stage_words}",
        key=f"stall-order:{once(stall_order, stage)}:buyer",
        url=buyer_path(order),
        data=_facts(stall_order) | papers,
    )
    if stage in STALL_HEARS_OF:
        tell_stall(stall_order, stage, stall_slug=stall_order.stall.slug)


def tell_stall(stall_order: StallOrder, stage: str, *, stall_slug: str) -> None:
    """Tell every member of the stall what has become of its part."""
    tell_members(
        stall_order.stall_id,
        f"orders/stall_{stage}",
        key=f"stall-order:{once(stall_order, stage)}",
        url=f"/quan-ly/{stall_slug}/don/{stall_order.code}",
        data=_facts(stall_order),
    )


def once(stall_order: StallOrder, stage: str) -> str:
    """Return what a step of a part is known by; a part taken up again walks its way anew."""
    again = f":{stall_order.revived_at:%Y%m%d%H%M%S}" if stall_order.revived_at else ""
    return f"{stall_order.id}:{stage}{again}"


def buyer_path(order: Order) -> str:
    """Return where the buyer sees her order."""
    return f"/don-hang/{order.code}"


def _facts(stall_order: StallOrder) -> dict[str, Any]:
    return {
        "code": stall_order.code,
        "stall_name": stall_order.stall_name,
        "total_vnd": stall_order.total_vnd,
        "discount_vnd": stall_order.discount_vnd,
        "cancelled_by": stall_order.cancelled_by.value if stall_order.cancelled_by else "",
        "reason_words": words_of(stall_order.cancel_code),
        "reason": stall_order.cancel_reason,
    }
