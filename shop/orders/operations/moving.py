"""Moving a stall's part of an order along: the table's move, its stock, its record, its letters."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload, selectinload

from shop.catalogue.operations import stock
from shop.core import audit, clock, outbox
from shop.core.db import change, db, transaction
from shop.core.errors import InvalidInput, NotFound, WrongState
from shop.orders.models import CancelledBy, Shipment, StallOrder, StallOrderStatus
from shop.orders.operations.placing import owner_of
from shop.orders.operations.telling import once, tell_step
from shop.orders.reasons import is_enough, reasons_for
from shop.orders.transitions import MOVES, Action, Move, Side, StockEffect
from shop.promotions import operations as promotions

CHANGED_TOPIC = "orders.stall_order_changed"


@dataclass(frozen=True)
class Step:
    """What somebody does to a stall order, with what it needs: a reason, or a parcel's papers.

    `reason_code` is a line of the list in `reasons.py`, `reason` are own words.
    """

    side: Side
    action: Action
    reason: str = ""
    reason_code: str = ""
    carrier: str = ""
    tracking_number: str = ""


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
        _note_end(stall_order, move, step)
        papers = _papers(step)
        audit.record(
            f"order.{step.action}", stall_order, {"side": step.side.value} | papers, public=True
        )
        outbox.send(
            CHANGED_TOPIC,
            {"stall_order_id": stall_order.id, "status": move.target.value},
            key=f"{CHANGED_TOPIC}:{once(stall_order, move.target.value)}",
        )
        tell_step(stall_order, move.target.value, papers)
    return stall_order


def _check_words(move: Move, step: Step) -> None:
    choices = reasons_for(step.side, step.action)
    if move.needs_reason and not is_enough(step.reason_code, step.reason, choices=choices):
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
    stall_order = load(stall_order_id)
    if not moved:
        raise WrongState(
            lazy_gettext(
                "%(code)s now stands at “%(status)s”, so this can no longer be done. "
                "Please open the order again.",
                code=stall_order.code,
                status=stall_order.status.label,
            )
        )
    return stall_order


def load(stall_order_id: int) -> StallOrder:
    """Return a stall order with its order and lines, as it is now; raise NotFound."""
    found = db.session.scalar(
        select(StallOrder)
        .where(StallOrder.id == stall_order_id)
        .options(
            joinedload(StallOrder.order),
            joinedload(StallOrder.stall),
            selectinload(StallOrder.lines),
            selectinload(StallOrder.shipments),
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
        StockEffect.HOLD_AGAIN: stock.hold_again,
        StockEffect.PUT_BACK: stock.put_back,
    }[effect]
    lines = sorted(stall_order.lines, key=lambda line: line.sku_id)
    stock.lock_skus(line.sku_id for line in lines)
    for line in lines:
        apply(owner_of(line))


def _give_back_vouchers(stall_order: StallOrder) -> None:
    """Give back the uses of which no part of the order is left; two cancels at once take turns."""
    db.session.flush()
    for redemption_id, part_ids in promotions.concerned(stall_order.id).items():
        living = select(StallOrder.id).where(
            StallOrder.id.in_(part_ids), StallOrder.status != StallOrderStatus.CANCELLED
        )
        if db.session.scalar(living.limit(1)) is None:
            promotions.give_back(redemption_id)


def _note_end(stall_order: StallOrder, move: Move, step: Step) -> None:
    """Write down who ended a part and why; a part that is taken up again forgets it."""
    if move.target == StallOrderStatus.CANCELLED:
        stall_order.cancelled_by = CancelledBy(step.side.value)
        stall_order.cancel_code = step.reason_code
        stall_order.cancel_reason = step.reason.strip()
        _give_back_vouchers(stall_order)
    elif step.action == Action.REVIVE:
        stall_order.revived_at = clock.now()
        promotions.take_again(stall_order.id)
        stall_order.cancelled_by = None
        stall_order.cancel_code = stall_order.cancel_reason = ""


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


def _papers(step: Step) -> dict[str, str]:
    """Return what was said with a step, for the record and the letter."""
    words = {
        "reason_code": step.reason_code,
        "reason": step.reason.strip(),
        "carrier": step.carrier.strip(),
        "tracking_number": step.tracking_number.strip(),
    }
    return {key: value for key, value in words.items() if value}
