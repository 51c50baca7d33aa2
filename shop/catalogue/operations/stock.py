"""Stock: held, set aside, shipped, put back; each step one conditional UPDATE and one journal row.

Every function must run inside the caller's transaction. Callers that touch several SKUs take
`lock_skus` first, so that locks are taken in id order and two orders never wait for each other.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from flask_babel import lazy_gettext
from sqlalchemy import select, update

from shop.catalogue.models import HoldStatus, MovementKind, Sku, StockHold, StockMovement
from shop.catalogue.operations.summary import refresh_summary
from shop.core import audit, clock
from shop.core.context import current_actor
from shop.core.db import db, transaction
from shop.core.errors import InvalidInput, ShopError, WrongState

MOST_PIECES = 1_000_000


class Change(NamedTuple):
    """How many pieces each of the three numbers of a SKU gains or loses."""

    on_hand: int = 0
    held: int = 0
    committed: int = 0


class OutOfStock(ShopError):
    """Fewer pieces are left than were asked for; `sku_id` and `available` say of what."""

    code = "out_of_stock"
    message = lazy_gettext("Not enough is left in stock.")

    def __init__(self, sku_id: int, available: int) -> None:
        """Keep which SKU it is and how many are left."""
        super().__init__()
        self.sku_id = sku_id
        self.available = available


def lock_skus(sku_ids: Iterable[int]) -> dict[int, Sku]:
    """Lock the rows of SKUs in id order and return them as they are now."""
    wanted = (
        select(Sku)
        .where(Sku.id.in_(set(sku_ids)))
        .order_by(Sku.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {sku.id: sku for sku in db.session.scalars(wanted)}


def hold(sku_id: int, quantity: int, *, owner: str, expires_at: datetime | None = None) -> None:
    """Promise pieces to an owner such as `order-line:17`; raise OutOfStock when too few are left.

    A hold without `expires_at` stays until it is set aside or released.
    """
    moved = _move(sku_id, MovementKind.HELD, Change(held=quantity), reference=owner)
    if not moved:
        sku = db.session.get_one(Sku, sku_id, populate_existing=True)
        raise OutOfStock(sku_id, max(sku.available, 0))
    db.session.add(
        StockHold(
            sku_id=sku_id,
            owner=owner,
            quantity=quantity,
            expires_at=expires_at,
            created_at=clock.now(),
        )
    )


def commit(owner: str) -> None:
    """Take the held pieces off the shelf for the order that owns them."""
    taken = _advance(owner, HoldStatus.ACTIVE, HoldStatus.COMMITTED)
    pieces = taken.quantity
    _must_move(taken, MovementKind.COMMITTED, Change(-pieces, -pieces, pieces))


def ship(owner: str) -> None:
    """Let the pieces set aside for an order leave the house."""
    taken = _advance(owner, HoldStatus.COMMITTED, HoldStatus.SHIPPED)
    _must_move(taken, MovementKind.SHIPPED, Change(committed=-taken.quantity))


def release(owner: str) -> None:
    """Give back what was held or set aside for an owner; releasing twice changes nothing."""
    held = db.session.scalar(
        select(StockHold)
        .where(StockHold.owner == owner)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if held is None or held.status in {HoldStatus.RELEASED, HoldStatus.SHIPPED}:
        return
    if held.status == HoldStatus.ACTIVE:
        _advance(owner, HoldStatus.ACTIVE, HoldStatus.RELEASED)
        _must_move(held, MovementKind.RELEASED, Change(held=-held.quantity))
        return
    _advance(owner, HoldStatus.COMMITTED, HoldStatus.RELEASED)
    _must_move(held, MovementKind.RETURNED, Change(on_hand=held.quantity, committed=-held.quantity))


def hold_again(owner: str) -> None:
    """Promise released pieces to their owner anew; raise OutOfStock when too few are left."""
    taken = _advance(owner, HoldStatus.RELEASED, HoldStatus.ACTIVE)
    again = Change(held=taken.quantity)
    if not _move(taken.sku_id, MovementKind.HELD, again, reference=owner):
        sku = db.session.get_one(Sku, taken.sku_id, populate_existing=True)
        raise OutOfStock(taken.sku_id, max(sku.available, 0))


def put_back(owner: str, note: str = "") -> None:
    """Take shipped pieces back onto the shelf, for a parcel that came home undelivered."""
    taken = _advance(owner, HoldStatus.SHIPPED, HoldStatus.RELEASED)
    _must_move(taken, MovementKind.RETURNED, Change(on_hand=taken.quantity), note=note)


def receive(sku_id: int, quantity: int, note: str = "", *, opening: bool = False) -> None:
    """Add pieces that came in; raise InvalidInput when the number makes no sense."""
    if not 0 < quantity <= MOST_PIECES:
        raise InvalidInput(lazy_gettext("Write how many came in, from 1 on."), "quantity")
    kind = MovementKind.OPENING if opening else MovementKind.RECEIVED
    with transaction():
        sku = lock_skus([sku_id])[sku_id]
        before = sku.on_hand
        _move(sku_id, kind, Change(on_hand=quantity), note=note)
        told = {"before": before, "after": before + quantity, "note": note}
        audit.record("stock.received", sku, told)


def count(sku_id: int, counted: int, note: str) -> None:
    """Set the shelf to what was counted; never below what is promised to orders."""
    if not 0 <= counted <= MOST_PIECES:
        raise InvalidInput(lazy_gettext("Write how many are on the shelf."), "quantity")
    with transaction():
        sku = lock_skus([sku_id])[sku_id]
        if counted < sku.held:
            raise InvalidInput(
                lazy_gettext("Orders are waiting for some of these; cancel them first."),
                "quantity",
            )
        if counted != sku.on_hand:
            before, change = sku.on_hand, Change(on_hand=counted - sku.on_hand)
            _move(sku_id, MovementKind.COUNTED, change, note=note)
            told = {"before": before, "after": counted, "note": note}
            audit.record("stock.counted", sku, told)


def _advance(owner: str, expected: HoldStatus, wanted: HoldStatus) -> StockHold:
    """Move a hold on from the status it must be in; raise WrongState when it is elsewhere."""
    taken = db.session.scalar(
        update(StockHold)
        .where(StockHold.owner == owner, StockHold.status == expected)
        .values(status=wanted)
        .returning(StockHold)
        .execution_options(populate_existing=True)
    )
    if taken is None:
        raise WrongState
    return taken


def _must_move(held: StockHold, kind: MovementKind, change: Change, *, note: str = "") -> None:
    if not _move(held.sku_id, kind, change, reference=held.owner, note=note):
        raise WrongState


def _move(
    sku_id: int, kind: MovementKind, change: Change, *, reference: str = "", note: str = ""
) -> bool:
    """Change the three numbers at once, if all stay possible, and write the journal."""
    after = db.session.execute(
        update(Sku)
        .where(
            Sku.id == sku_id,
            Sku.on_hand + change.on_hand >= Sku.held + change.held,
            Sku.held + change.held >= 0,
            Sku.committed + change.committed >= 0,
        )
        .values(
            on_hand=Sku.on_hand + change.on_hand,
            held=Sku.held + change.held,
            committed=Sku.committed + change.committed,
        )
        .returning(Sku.on_hand, Sku.held, Sku.committed, Sku.product_id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if after is None:
        return False
    db.session.add(
        StockMovement(
            sku_id=sku_id,
            kind=kind,
            on_hand_delta=change.on_hand,
            held_delta=change.held,
            committed_delta=change.committed,
            on_hand_after=after.on_hand,
            held_after=after.held,
            committed_after=after.committed,
            reference=reference,
            note=note,
            actor_id=current_actor().id,
            at=clock.now(),
        )
    )
    refresh_summary(after.product_id)
    return True
