"""Many buyers at one voucher: exactly as many uses as it has, each of them once."""

import secrets
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from shop.cart import operations as cart
from shop.checkout.operations import Intent, PriceChanged, current_quote, place_order
from shop.core.db import transaction
from shop.core.errors import WrongState
from shop.orders.checks import check_orders
from shop.orders.models import Order, StallOrder
from shop.orders.operations import Step, advance
from shop.orders.transitions import Action, Side
from shop.promotions.checks import check_redemptions, check_vouchers
from shop.promotions.models import Redemption, Voucher
from shop.promotions.operations import VoucherGone
from tests.accounts.factories import AddressFactory, UserFactory
from tests.catalogue.factories import ProductFactory
from tests.checkout.racing import prepare, press_all, servers
from tests.orders.factories import ADDRESS, PlacedOrderFactory, first_sku, parts_of
from tests.promotions.factories import VoucherFactory

BUYERS, QUOTA, PROCESSES = 100, 10, 3
CANCEL = Step(Side.BUYER, Action.CANCEL, reason_code="changed_mind")


def at_once(app, jobs):
    """Do several things at the same moment, each in a thread; return what became of each."""
    start = Barrier(len(jobs))

    def act(job):
        with app.app_context():
            start.wait(timeout=30)
            try:
                job()
            except (PriceChanged, VoucherGone, WrongState) as refusal:
                return refusal.code
            finally:
                app.extensions["sqlalchemy"].session.remove()
            return "done"

    with ThreadPoolExecutor(len(jobs)) as pool:
        return Counter(pool.map(act, jobs))


def until_answered(ports, presses):
    """Press all at once; those told that the floor is busy press again, as they are asked to."""
    answers, waiting = Counter(), list(presses)
    for _ in range(10):
        met = [status for status, _ in press_all(ports, waiting)] if waiting else []
        waiting = [one for one, status in zip(waiting, met, strict=True) if status == 503]
        answers.update(status for status in met if status != 503)
    assert not waiting
    return answers


def sound():
    return [*check_orders(), *check_vouchers(), *check_redemptions()] == []


def discounted(db):
    return db.session.scalar(select(func.count(Order.id)).where(Order.discount_vnd > 0))


def intent_of(buyer, sku, voucher):
    lines = [(sku.id, 1)]
    seen = current_quote(lines, "01", voucher_ids=[voucher.id], buyer_id=buyer.id)
    assert seen.discount_vnd > 0
    return Intent(
        buyer_id=buyer.id,
        checkout_key=secrets.token_hex(16),
        lines=lines,
        address=ADDRESS,
        payment_method="cod",
        digest=seen.digest,
        voucher_ids=[voucher.id],
    )


@pytest.fixture
def floor_voucher(app):
    with transaction():
        voucher = VoucherFactory(quota=QUOTA, amount_vnd=20_000)
    return voucher


def test_a_hundred_buyers_for_ten_uses_make_ten_discounts(app, db, new_client, floor_voucher):
    """Real server processes; the other ninety are told the new total, and nothing is ordered."""
    with transaction():
        skus = [first_sku(ProductFactory(packs__stock=BUYERS)).id for _ in range(4)]
        buyers = [UserFactory() for _ in range(BUYERS)]
        for buyer in buyers:
            AddressFactory(user=buyer, is_default=True)
    presses = []
    for number, buyer in enumerate(buyers):
        cart.add(skus[number % 4], 1, user_id=buyer.id, token=None)
        mine = cart.cart_of(user_id=buyer.id, token=None)
        cart.enter_code(mine, floor_voucher.code, buyer_id=buyer.id)
        presses.append(prepare(new_client(), buyer, number))
    with servers(PROCESSES) as ports:
        answers = until_answered(ports, presses)
    assert answers == {303: QUOTA, 409: BUYERS - QUOTA}
    db.session.rollback()
    assert discounted(db) == QUOTA == db.session.scalar(select(func.count(Redemption.id)))
    assert db.session.scalar(select(func.count(Order.id))) == QUOTA
    assert db.session.scalar(select(Voucher.redeemed)) == QUOTA
    assert sound()


def test_a_buyer_with_two_orders_at_once_uses_her_voucher_once(app, db, floor_voucher):
    """Of different goods, so that nothing but the voucher makes them take turns."""
    with transaction():
        buyer = UserFactory()
        skus = [first_sku(ProductFactory()) for _ in range(4)]
    wanted = [intent_of(buyer, sku, floor_voucher) for sku in skus]
    became = at_once(app, [lambda one=one: place_order(one) for one in wanted])
    assert became["done"] == 1
    db.session.rollback()
    assert discounted(db) == 1
    assert db.session.scalar(select(Voucher.redeemed)) == 1
    assert sound()


def test_the_last_use_goes_to_one_of_many(app, db):
    with transaction():
        voucher = VoucherFactory(quota=1)
        pairs = [(UserFactory(), first_sku(ProductFactory())) for _ in range(6)]
    wanted = [intent_of(buyer, sku, voucher) for buyer, sku in pairs]
    assert at_once(app, [lambda one=one: place_order(one) for one in wanted])["done"] == 1
    db.session.rollback()
    assert discounted(db) == 1
    assert sound()


def test_a_part_cancelled_by_four_at_once_gives_one_use_back(app, db):
    with transaction():
        voucher = VoucherFactory()
        sku = first_sku(ProductFactory())
    order = PlacedOrderFactory(skus=[(sku, 1)], vouchers=[voucher])
    [part_id] = [part.id for part in parts_of(order)]
    db.session.commit()
    became = at_once(app, [lambda: advance(part_id, CANCEL)] * 4)
    assert became == {"done": 1, "wrong_state": 3}
    db.session.expire_all()
    assert db.session.get_one(Voucher, voucher.id).redeemed == 0
    assert sound()


@pytest.mark.parametrize("again", range(3))
def test_two_parts_cancelled_at_once_give_the_floors_voucher_back(app, db, again):
    """Each cancels before it can see the other; the one who comes last gives the use back."""
    with transaction():
        voucher = VoucherFactory()
        skus = [first_sku(ProductFactory()) for _ in range(2)]
    order = PlacedOrderFactory(skus=[(sku, 1) for sku in skus], vouchers=[voucher])
    ids = [part.id for part in parts_of(order)]
    db.session.commit()
    became = at_once(app, [lambda one=one: advance(one, CANCEL) for one in ids])
    assert became == {"done": 2}
    db.session.expire_all()
    assert db.session.get_one(Voucher, voucher.id).redeemed == 0
    given = db.session.scalars(select(Redemption)).one()
    assert given.given_back_at is not None
    assert {part.status.value for part in db.session.scalars(select(StallOrder))} == {"cancelled"}
    assert sound()
