"""Creating an order: the rows, the snapshots on every line, and the stock they hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shop.catalogue.operations import stock
from shop.catalogue.queries.sellable import SellableSku
from shop.core import audit, clock
from shop.core.db import db
from shop.orders.models import Order, OrderLine, StallOrder, StallOrderStatus
from shop.orders.operations import telling
from shop.orders.transitions import Side

FIRST_NUMBER = 1000


@dataclass(frozen=True)
class PricedLine:
    """A SKU at the price it is sold for; `total_vnd` is price times quantity, before vouchers."""

    sku: SellableSku
    quantity: int
    unit_price_vnd: int
    discount_vnd: int = 0
    floor_discount_vnd: int = 0

    @property
    def total_vnd(self) -> int:
        """Return what the line costs."""
        return self.unit_price_vnd * self.quantity

    @property
    def net_vnd(self) -> int:
        """Return what the buyer pays for the line."""
        return self.total_vnd - self.discount_vnd


@dataclass(frozen=True)
class PricedStallOrder:
    """What one stall will be owed: its lines, less what vouchers take off, and its delivery fee."""

    stall_id: int
    stall_name: str
    stall_slug: str
    lines: Sequence[PricedLine]
    delivery_vnd: int

    @property
    def goods_vnd(self) -> int:
        """Return the sum of the lines."""
        return sum(line.total_vnd for line in self.lines)

    @property
    def discount_vnd(self) -> int:
        """Return what vouchers take off the lines."""
        return sum(line.discount_vnd for line in self.lines)

    @property
    def floor_discount_vnd(self) -> int:
        """Return how much of the discount the floor bears."""
        return sum(line.floor_discount_vnd for line in self.lines)

    @property
    def total_vnd(self) -> int:
        """Return what the buyer pays this stall."""
        return self.goods_vnd + self.delivery_vnd - self.discount_vnd


@dataclass(frozen=True)
class NewOrder:
    """All that an order is made of; prices are final and checked by the caller.

    A prepaid order waits for its money before any stall hears of it.
    """

    buyer_id: int
    checkout_key: str
    address: dict[str, Any]
    payment_method: str
    stall_orders: Sequence[PricedStallOrder]
    note: str = ""
    is_demo: bool = False
    is_prepaid: bool = False


def create_order(new: NewOrder) -> Order:
    """Write the order and hold its stock, in the caller's transaction; stock must be locked.

    Raises OutOfStock when a line cannot be held.
    """
    goods = sum(part.goods_vnd for part in new.stall_orders)
    delivery = sum(part.delivery_vnd for part in new.stall_orders)
    discount = sum(part.discount_vnd for part in new.stall_orders)
    order = Order(
        buyer_id=new.buyer_id,
        checkout_key=new.checkout_key,
        address=new.address,
        note=new.note,
        payment_method=new.payment_method,
        goods_vnd=goods,
        delivery_vnd=delivery,
        discount_vnd=discount,
        total_vnd=goods + delivery - discount,
        is_demo=new.is_demo,
        placed_at=clock.now(),
    )
    db.session.add(order)
    db.session.flush()
    order.code = f"R{FIRST_NUMBER + order.id}"
    for number, part in enumerate(new.stall_orders, start=1):
        stall_order = _create_stall_order(order, part, number, is_prepaid=new.is_prepaid)
        if new.is_prepaid:
            continue
        telling.tell_stall(stall_order, "placed", stall_slug=part.stall_slug)
    telling.tell_buyer_of_order(
        order, [part.stall_name for part in new.stall_orders], is_prepaid=new.is_prepaid
    )
    return order


def _create_stall_order(
    order: Order, part: PricedStallOrder, number: int, *, is_prepaid: bool
) -> StallOrder:
    stall_order = StallOrder(
        order_id=order.id,
        stall_id=part.stall_id,
        code=f"{order.code}-{number}",
        stall_name=part.stall_name,
        status=StallOrderStatus.UNPAID if is_prepaid else StallOrderStatus.PLACED,
        goods_vnd=part.goods_vnd,
        delivery_vnd=part.delivery_vnd,
        discount_vnd=part.discount_vnd,
        floor_discount_vnd=part.floor_discount_vnd,
        total_vnd=part.total_vnd,
        cancel_code="",
        cancel_reason="",
        placed_at=order.placed_at,
        changed_at=order.placed_at,
    )
    db.session.add(stall_order)
    db.session.flush()
    lines = [(_order_line(stall_order, line), line) for line in part.lines]
    db.session.add_all(line for line, _ in lines)
    db.session.flush()
    for line, _ in sorted(lines, key=lambda pair: pair[0].sku_id):
        stock.hold(line.sku_id, line.quantity, owner=owner_of(line))
    placed: dict[str, Any] = {"side": Side.BUYER.value, "total_vnd": part.total_vnd}
    if part.discount_vnd:
        placed["discount_vnd"] = part.discount_vnd
    audit.record("order.placed", stall_order, placed, public=True)
    return stall_order


def _order_line(stall_order: StallOrder, line: PricedLine) -> OrderLine:
    sku = line.sku
    return OrderLine(
        stall_order_id=stall_order.id,
        product_id=sku.product_id,
        sku_id=sku.sku_id,
        product_name=sku.product_name,
        product_slug=sku.product_slug,
        sku_code=sku.code,
        sku_label=sku.label,
        unit=sku.unit,
        net_quantity=sku.net_quantity,
        weight_g=sku.weight_g,
        quantity=line.quantity,
        list_price_vnd=sku.price_vnd,
        unit_price_vnd=line.unit_price_vnd,
        total_vnd=line.total_vnd,
        discount_vnd=line.discount_vnd,
        floor_discount_vnd=line.floor_discount_vnd,
        stars=sku.stars,
        certificate_code=sku.certificate_code or "",
    )


def owner_of(line: OrderLine) -> str:
    """Return the name under which a line holds its stock."""
    return f"order-line:{line.id}"
