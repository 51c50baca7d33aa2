"""Two people at one order at once: one of them moves it, the other is told so."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from shop.catalogue.models import Sku
from shop.core.errors import WrongState
from shop.orders.checks import check_orders
from shop.orders.models import StallOrderStatus as S
from shop.orders.operations import Step, advance
from shop.orders.transitions import Action, Side
from tests.catalogue.factories import ProductFactory
from tests.orders.factories import PlacedOrderFactory, first_sku, part_of

CONFIRM = Step(Side.STALL, Action.CONFIRM)
PACK = Step(Side.STALL, Action.PACK)
SHIP = Step(Side.STALL, Action.SHIP, carrier="Nhà xe")
DELIVER = Step(Side.STALL, Action.DELIVER)
RECEIVE = Step(Side.BUYER, Action.RECEIVE)
BUYER_CANCEL = Step(Side.BUYER, Action.CANCEL, reason_code="changed_mind")
STALL_CANCEL = Step(Side.STALL, Action.CANCEL, reason_code="sold_out")
BRING_BACK = Step(Side.STALL, Action.BRING_BACK, reason_code="nobody_there")


def at_once(app, part_id, steps):
    """Do several things to an order at the same moment; return what became of each."""
    start = Barrier(len(steps))

    def act(step):
        with app.app_context():
            start.wait(timeout=10)
            try:
                advance(part_id, step)
            except WrongState:
                return "refused"
            finally:
                app.extensions["sqlalchemy"].session.remove()
            return step.action

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(act, steps))


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        (S.PLACED, [CONFIRM, CONFIRM, CONFIRM, CONFIRM]),
        (S.PLACED, [BUYER_CANCEL, STALL_CANCEL, BUYER_CANCEL, STALL_CANCEL]),
        (S.CONFIRMED, [PACK, PACK]),
        (S.PACKED, [SHIP, STALL_CANCEL]),
        (S.SHIPPED, [BRING_BACK, RECEIVE, BRING_BACK]),
        (S.SHIPPED, [BRING_BACK, DELIVER]),
        (S.DELIVERED, [RECEIVE, RECEIVE]),
    ],
)
def test_one_of_several_wins(app, db, status, steps):
    sku = first_sku(ProductFactory())
    part = part_of(PlacedOrderFactory(skus=[(sku, 3)], status=status))
    part_id = part.id
    db.session.commit()
    done = at_once(app, part_id, steps)
    assert done.count("refused") == len(steps) - 1
    db.session.expire_all()
    assert check_orders() == []
    now = db.session.get_one(Sku, sku.id, populate_existing=True)
    assert now.on_hand + now.committed in {17, 20}


def test_a_yes_and_a_no_end_in_a_no(app, db):
    """The stall confirms while the buyer cancels: whoever is first, the goods are not sent."""
    sku = first_sku(ProductFactory())
    part = part_of(PlacedOrderFactory(skus=[(sku, 3)]))
    part_id = part.id
    db.session.commit()
    done = at_once(app, part_id, [CONFIRM, BUYER_CANCEL])
    assert Action.CANCEL in done
    db.session.expire_all()
    assert part.status == S.CANCELLED
    assert db.session.get_one(Sku, sku.id, populate_existing=True).available == 20
    assert check_orders() == []
