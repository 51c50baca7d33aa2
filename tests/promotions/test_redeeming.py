"""A use of a voucher: frozen on the order, counted once, given back once."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from shop.core import clock
from shop.core.db import transaction
from shop.orders.checks import check_orders
from shop.orders.models import Order, StallOrderStatus
from shop.payments.checks import check_payments
from shop.promotions.checks import check_redemptions, check_vouchers
from shop.promotions.models import Redemption, RedemptionPart
from shop.promotions.operations import VoucherGone, give_back, take_again
from shop.promotions.queries import offers_of
from tests.accounts.factories import UserFactory
from tests.catalogue.factories import ProductFactory
from tests.orders.factories import PlacedOrderFactory, bring_to, first_sku, line_of, parts_of
from tests.promotions.factories import VoucherFactory

CANCELLED = StallOrderStatus.CANCELLED


@pytest.fixture
def order(app):
    """Two stalls at 150.000 and 50.000; the first gives 10 %, the floor 20.000."""
    with transaction():
        goods = [ProductFactory(packs__price_vnd=price) for price in (150_000, 50_000)]
        skus = [first_sku(product) for product in goods]
        own = VoucherFactory(stall=goods[0].stall, amount_vnd=None, percent_bp=1000)
        vouchers = [own, VoucherFactory()]
    return PlacedOrderFactory(skus=[(sku, 1) for sku in skus], vouchers=vouchers)


def counts(db):
    db.session.expire_all()
    wanted = select(Redemption).order_by(Redemption.id)
    return [each.given_back_at is not None for each in db.session.scalars(wanted)]


def sound():
    checks = (check_orders, check_payments, check_vouchers, check_redemptions)
    return [line for check in checks for line in check()] == []


def test_who_bears_what_is_frozen_on_the_lines(order, db):
    first, second = parts_of(order)
    lines = [(part.discount_vnd, part.floor_discount_vnd) for part in (first, second)]
    assert lines == [(29_118, 14_118), (5_882, 5_882)]
    line = line_of(order)
    assert (line.discount_vnd, line.floor_discount_vnd, line.net_vnd) == (29_118, 14_118, 120_882)
    assert order.discount_vnd == 35_000
    assert order.total_vnd == order.goods_vnd + order.delivery_vnd - 35_000
    parts = db.session.scalars(select(RedemptionPart.discount_vnd).order_by("discount_vnd"))
    assert list(parts) == [5_882, 14_118, 15_000]
    assert sound()


def test_the_floors_voucher_comes_back_with_the_last_part(order, db):
    first, second = parts_of(order)
    bring_to(first, CANCELLED)
    assert counts(db) == [True, False]
    assert sound()
    bring_to(second, CANCELLED)
    assert counts(db) == [True, True]
    assert sound()


def test_a_use_is_given_back_once(order, db):
    [first, _] = db.session.scalars(select(Redemption.id).order_by(Redemption.id)).all()
    with transaction():
        assert (give_back(first), give_back(first)) == (True, False)


def test_what_came_back_may_be_used_again(app, db):
    buyer, sku = UserFactory(), first_sku(ProductFactory())
    voucher = VoucherFactory(quota=1)
    bought = PlacedOrderFactory(buyer=buyer, skus=[(sku, 1)], vouchers=[voucher])
    assert offers_of([voucher.id], buyer.id)[0].refusal
    bring_to(parts_of(bought)[0], CANCELLED)
    assert offers_of([voucher.id], buyer.id)[0].refusal is None
    again = PlacedOrderFactory(buyer=buyer, skus=[(sku, 1)], vouchers=[voucher])
    assert again.discount_vnd == 20_000
    with pytest.raises(VoucherGone), transaction():
        take_again(parts_of(bought)[0].id)
    assert sound()


def test_a_revived_part_takes_its_use_again(app, db):
    bought = PlacedOrderFactory(vouchers=[VoucherFactory(quota=1)])
    bring_to(parts_of(bought)[0], CANCELLED)
    with transaction():
        take_again(parts_of(bought)[0].id)
    assert counts(db) == [False]
    assert check_vouchers() == []


def test_an_ended_voucher_gives_nothing(app):
    voucher = VoucherFactory()
    with clock.at(clock.now() + timedelta(days=31)):
        order = PlacedOrderFactory(vouchers=[voucher])
    assert order.discount_vnd == 0


@pytest.mark.parametrize(
    ("wound", "check"),
    [
        ("UPDATE vouchers SET redeemed = redeemed + 1", check_vouchers),
        ("UPDATE voucher_redemptions SET discount_vnd = discount_vnd + 1", check_redemptions),
        ("UPDATE voucher_redemptions SET given_back_at = redeemed_at", check_orders),
        ("UPDATE order_lines SET discount_vnd = discount_vnd + 1", check_orders),
        ("UPDATE order_lines SET floor_discount_vnd = floor_discount_vnd - 1", check_orders),
        ("UPDATE voucher_redemption_parts SET discount_vnd = discount_vnd + 1", check_orders),
        ("UPDATE stall_orders SET floor_discount_vnd = 0", check_orders),
    ],
)
def test_the_checks_see_wounds(order, db, wound, check):
    assert check() == []
    with transaction():
        db.session.execute(text(wound))
    assert check() != []
    assert db.session.scalar(select(Order.id)) is not None
