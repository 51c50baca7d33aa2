"""Creating an order, moving a stall's part of it along, and telling the people it concerns."""

from shop.orders.operations.moving import CHANGED_TOPIC, Step, advance, load
from shop.orders.operations.placing import (
    FIRST_NUMBER,
    NewOrder,
    PricedLine,
    PricedStallOrder,
    create_order,
    owner_of,
)
from shop.orders.operations.telling import once

__all__ = [
    "CHANGED_TOPIC",
    "FIRST_NUMBER",
    "NewOrder",
    "PricedLine",
    "PricedStallOrder",
    "Step",
    "advance",
    "create_order",
    "load",
    "once",
    "owner_of",
]
