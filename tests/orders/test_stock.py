"""What the moves of an order do to stock: every piece is somewhere, and comes back once."""

import pytest

from shop.catalogue.models import HoldStatus, Sku, StockHold
from shop.core.errors import WrongState
from shop.orders.models import StallOrderStatus as S
from shop.orders.operations import Step, advance, owner_of
from shop.orders.transitions import Action, Side
from tests.catalogue.factories import ProductFactory
from tests.orders.factories import PlacedOrderFactory, first_sku, line_of, part_of

BACK = Step(Side.STALL, Action.BRING_BACK, reason_code="nobody_there")
STALL_CANCEL = Step(Side.STALL, Action.CANCEL, reason_code="sold_out")
BUYER_CANCEL = Step(Side.BUYER, Action.CANCEL, reason_code="changed_mind")


def numbers(db, sku):
    """Return what is on hand, held and set aside."""
    found = db.session.get_one(Sku, sku.id, populate_existing=True)
    return found.on_hand, found.held, found.committed


@pytest.mark.parametrize(
    ("status", "wanted"),
    [
        (S.PLACED, (20, 3, 0)),
        (S.CONFIRMED, (17, 0, 3)),
        (S.PACKED, (17, 0, 3)),
        (S.SHIPPED, (17, 0, 0)),
        (S.DELIVERED, (17, 0, 0)),
        (S.COMPLETED, (17, 0, 0)),
        (S.CANCELLED, (20, 0, 0)),
    ],
)
def test_stands_where_the_order_stands(app, db, status, wanted):
    sku = first_sku(ProductFactory())
    PlacedOrderFactory(skus=[(sku, 3)], status=status)
    assert numbers(db, sku) == wanted


@pytest.mark.parametrize(
    ("status", "step"),
    [
        (S.PLACED, BUYER_CANCEL),
        (S.CONFIRMED, BUYER_CANCEL),
        (S.PLACED, STALL_CANCEL),
        (S.CONFIRMED, STALL_CANCEL),
        (S.PACKED, STALL_CANCEL),
        (S.SHIPPED, BACK),
    ],
)
def test_comes_back_exactly_once(app, db, status, step):
    sku = first_sku(ProductFactory())
    order = PlacedOrderFactory(skus=[(sku, 3)], status=status)
    advance(part_of(order).id, step)
    for again in (BUYER_CANCEL, STALL_CANCEL, BACK):
        with pytest.raises(WrongState):
            advance(part_of(order).id, again)
    assert numbers(db, sku) == (20, 0, 0)
    owner = owner_of(line_of(order))
    hold = db.session.scalar(db.select(StockHold).where(StockHold.owner == owner))
    assert hold.status == HoldStatus.RELEASED


def test_of_other_lines_stays_untouched(app, db):
    sku = first_sku(ProductFactory())
    order, _other = (PlacedOrderFactory(skus=[(sku, 2)]) for _ in range(2))
    advance(part_of(order).id, BUYER_CANCEL)
    assert numbers(db, sku) == (20, 2, 0)


def test_is_not_touched_when_the_letter_cannot_be_written(app, db, monkeypatch):
    sku = first_sku(ProductFactory())
    order = PlacedOrderFactory(skus=[(sku, 2)])

    def fail(*_args):
        raise RuntimeError

    monkeypatch.setattr("shop.orders.operations.moving.tell_step", fail)
    with pytest.raises(RuntimeError):
        advance(part_of(order).id, BUYER_CANCEL)
    assert part_of(order).status == S.PLACED
    assert numbers(db, sku) == (20, 2, 0)
