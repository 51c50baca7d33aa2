"""Creating an order, and moving a stall's part of it along."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from shop.catalogue.operations import stock
from shop.catalogue.queries.sellable import SellableSku
from shop.core import audit, clock, outbox
from shop.core.db import change, db, transaction
from shop.core.errors import InvalidInput, NotFound, WrongState
from shop.notifications.operations import notify
from shop.orders.models import (
    CancelledBy,
    Order,
    OrderLine,
    Shipment,
    StallOrder,
    StallOrderStatus,
)
from shop.orders.transitions import MOVES, Action, Move, Side, StockEffect
from shop.stalls.operations import tell_members

FIRST_NUMBER = 1000
CHANGED_TOPIC = "orders.stall_order_changed"


@dataclass(frozen=True)
class PricedLine:
    """A SKU at the price it is sold for; `total_vnd` is price times quantity."""

    sku: SellableSku
    quantity: int
    unit_price_vnd: int

    @property
    def total_vnd(self) -> int:
        """Return what the line costs."""
        return self.unit_price_vnd * self.quantity


@dataclass(frozen=True)
class PricedStallOrder:
    """What one stall will be owed: its lines and its delivery fee."""

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
    def total_vnd(self) -> int:
        """Return what the buyer pays this stall."""
        return self.goods_vnd + self.delivery_vnd


@dataclass(frozen=True)
class NewOrder:
    """All that an order is made of; prices are final and checked by the caller."""

    buyer_id: int
    checkout_key: str
    address: dict[str, Any]
    payment_method: str
    stall_orders: Sequence[PricedStallOrder]
    note: str = ""
    is_demo: bool = False


@dataclass(frozen=True)
class Step:
    """What somebody does to a stall order, with what it needs: a reason, or a parcel's papers."""

    side: Side
    action: Action
    reason: str = ""
    carrier: str = ""
    tracking_number: str = ""


def create_order(new: NewOrder) -> Order:
    """Write the order and hold its stock, in the caller's transaction; stock must be locked.

    Raises OutOfStock when a line cannot be held.
    """
    goods = sum(part.goods_vnd for part in new.stall_orders)
    delivery = sum(part.delivery_vnd for part in new.stall_orders)
    order = Order(
        buyer_id=new.buyer_id,
        checkout_key=new.checkout_key,
        address=new.address,
        note=new.note,
        payment_method=new.payment_method,
        goods_vnd=goods,
        delivery_vnd=delivery,
        discount_vnd=0,
        total_vnd=goods + delivery,
        is_demo=new.is_demo,
        placed_at=clock.now(),
    )
    db.session.add(order)
    db.session.flush()
    order.code = f"R{FIRST_NUMBER + order.id}"
    for number, part in enumerate(new.stall_orders, start=1):
        _create_stall_order(order, part, number)
    return order


def _create_stall_order(order: Order, part: PricedStallOrder, number: int) -> None:
    stall_order = StallOrder(
        order_id=order.id,
        stall_id=part.stall_id,
        code=f"{order.code}-{number}",
        stall_name=part.stall_name,
        goods_vnd=part.goods_vnd,
        delivery_vnd=part.delivery_vnd,
        discount_vnd=0,
        total_vnd=part.total_vnd,
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
    audit.record("order.placed", stall_order, {"total_vnd": part.total_vnd}, public=True)
    _tell(order, stall_order, stall_slug=part.stall_slug, stage="placed")


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
        stars=sku.stars,
        certificate_code=sku.certificate_code or "",
    )


def owner_of(line: OrderLine) -> str:
    """Return the name under which a line holds its stock."""
    return f"order-line:{line.id}"


def advance(stall_order_id: int, step: Step) -> StallOrder:
    """Do what a side wants to a stall order, with its effect on stock, or nothing at all.

    Raises WrongState when the table does not allow it from the state it is in now, InvalidInput
    when the reason or the carrier is missing.
    """
    move = MOVES.get((step.side, step.action))
    if move is None:
        raise WrongState
    _check_words(move, step)
    with transaction():
        stall_order = _move(stall_order_id, move)
        _apply_stock(stall_order, move.stock)
        _note_parcel(stall_order, step)
        if move.target == StallOrderStatus.CANCELLED:
            stall_order.cancelled_by = CancelledBy(step.side.value)
            stall_order.cancel_reason = step.reason
        audit.record(f"order.{step.action}", stall_order, _told(step), public=True)
        outbox.send(
            CHANGED_TOPIC,
            {"stall_order_id": stall_order.id, "status": move.target.value},
            key=f"{CHANGED_TOPIC}:{stall_order.id}:{move.target}",
        )
        _tell(stall_order.order, stall_order, stall_slug=stall_order.stall.slug, stage=move.target)
    return stall_order


def _check_words(move: Move, step: Step) -> None:
    if move.needs_reason and not step.reason.strip():
        raise InvalidInput(lazy_gettext("Please say why."), "reason")
    if step.action == Action.SHIP and not step.carrier.strip():
        raise InvalidInput(lazy_gettext("Please say who carries the parcel."), "carrier")


def _move(stall_order_id: int, move: Move) -> StallOrder:
    """Change the status if it is still one the move starts from; the row stays locked."""
    moment = clock.now()
    values: dict[str, Any] = {"status": move.target, "changed_at": moment}
    if move.target == StallOrderStatus.DELIVERED:
        values["delivered_at"] = moment
    moved = change(
        update(StallOrder)
        .where(StallOrder.id == stall_order_id, StallOrder.status.in_(move.origins))
        .values(values)
    )
    if not moved:
        raise WrongState
    return load(stall_order_id)


def load(stall_order_id: int) -> StallOrder:
    """Return a stall order with its order and lines, as it is now; raise NotFound."""
    found = db.session.scalar(
        select(StallOrder)
        .where(StallOrder.id == stall_order_id)
        .options(
            joinedload(StallOrder.order),
            joinedload(StallOrder.stall),
            joinedload(StallOrder.lines),
            joinedload(StallOrder.shipments),
        )
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def _apply_stock(stall_order: StallOrder, effect: StockEffect) -> None:
    if effect == StockEffect.NONE:
        return
    apply = {
        StockEffect.COMMIT: stock.commit,
        StockEffect.SHIP: stock.ship,
        StockEffect.RELEASE: stock.release,
        StockEffect.PUT_BACK: stock.put_back,
    }[effect]
    lines = sorted(stall_order.lines, key=lambda line: line.sku_id)
    stock.lock_skus(line.sku_id for line in lines)
    for line in lines:
        apply(owner_of(line))


def _note_parcel(stall_order: StallOrder, step: Step) -> None:
    if step.action == Action.SHIP:
        shipment = Shipment(
            stall_order_id=stall_order.id,
            carrier=step.carrier.strip(),
            tracking_number=step.tracking_number.strip(),
            shipped_at=clock.now(),
        )
        db.session.add(shipment)
    elif step.action in {Action.DELIVER, Action.RECEIVE}:
        for shipment in stall_order.shipments:
            shipment.delivered_at = shipment.delivered_at or clock.now()
        stall_order.delivered_at = stall_order.delivered_at or clock.now()


def _told(step: Step) -> dict[str, Any]:
    words = {
        "reason": step.reason,
        "carrier": step.carrier,
        "tracking_number": step.tracking_number,
    }
    return {"side": step.side.value} | {key: value for key, value in words.items() if value}


def _tell(order: Order, stall_order: StallOrder, *, stall_slug: str, stage: str) -> None:
    """Tell the buyer of every step, and the stall of those that the buyer takes."""
    data = {
        "code": stall_order.code,
        "stall_name": stall_order.stall_name,
        "total_vnd": stall_order.total_vnd,
        "reason": stall_order.cancel_reason,
    }
    key = f"order:{stall_order.id}:{stage}"
    url = f"/don-hang/{order.code}"
    notify(order.buyer_id, f"orders/{stage}", key=f"{key}:buyer", url=url, data=data)
    if stage in {"placed", "cancelled", "completed"}:
        tell_members(
            stall_order.stall_id,
            f"orders/stall_{stage}",
            key=key,
            url=f"/quan-ly/{stall_slug}/don/{stall_order.code}",
            data=data,
        )
