"""What the pages of orders read, each with all it shows."""

from shop.orders.queries.buyer import own_order, own_part, page_of_orders
from shop.orders.queries.records import records_of
from shop.orders.queries.stall import (
    LIST_ORDER,
    Count,
    counts,
    page_of_stall_orders,
    stall_order,
)

__all__ = [
    "LIST_ORDER",
    "Count",
    "counts",
    "own_order",
    "own_part",
    "page_of_orders",
    "page_of_stall_orders",
    "records_of",
    "stall_order",
]
