"""Money that comes: one path, each message once, what does not fit is kept for a person."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from shop.catalogue.models import Sku
from shop.core import clock, outbox
from shop.core.errors import NotFound, WrongState
from shop.orders.models import StallOrderStatus as S
from shop.orders.operations import advance
from shop.payments.checks import check_payments, check_shares
from shop.payments.models import (
    Payment,
    PaymentEvent,
    PaymentEventKind,
    PaymentShare,
    Receipt,
    ReceiptProblem,
    Refund,
    RefundStatus,
    Resolution,
)
from shop.payments.operations import (
    Incoming,
    complete,
    expire_unpaid,
    resolve,
    settle_refund,
)
from tests.accounts.factories import OperatorFactory
from tests.catalogue.factories import ProductFactory
from tests.orders.factories import CANCEL, PlacedOrderFactory, first_sku, part_of, parts_of


def unpaid(**more):
    return PlacedOrderFactory(status=S.UNPAID, **more)


def payment_of(db, order) -> Payment:
    return db.session.scalars(select(Payment).where(Payment.order_id == order.id)).one()


def shares_of(db, order) -> list[PaymentShare]:
    db.session.expire_all()
    payment = select(Payment.id).where(Payment.order_id == order.id).scalar_subquery()
    wanted = select(PaymentShare).where(PaymentShare.payment_id == payment)
    return list(db.session.scalars(wanted.order_by(PaymentShare.id)))


def money(db, order, *, key="FT1", amount=None, **more) -> Receipt:
    payment = payment_of(db, order)
    return complete(
        Incoming(
            provider=payment.method,
            key=key,
            amount=order.total_vnd if amount is None else amount,
            payment_id=payment.id,
            **more,
        )
    )


def events(db, kind) -> int:
    return db.session.scalar(
        select(func.count()).select_from(PaymentEvent).where(PaymentEvent.kind == kind)
    )


def status_of(db, order) -> S:
    db.session.expire_all()
    return part_of(order).status


def test_an_unpaid_order_waits_with_its_goods_held_and_no_stall_can_begin(app, db):
    order = unpaid()
    part, sku = part_of(order), db.session.scalars(select(Sku)).one()
    assert (part.status, sku.held) == (S.UNPAID, 2)
    assert payment_of(db, order).expires_at > clock.now()
    from tests.orders.factories import WAY

    with pytest.raises(WrongState):
        advance(part.id, WAY[S.CONFIRMED])


def test_the_whole_sum_lets_the_order_go_on(app, db):
    order = unpaid()
    receipt = money(db, order)
    assert receipt.problem is None
    assert status_of(db, order) is S.PLACED
    assert payment_of(db, order).completed_at
    assert check_shares() == check_payments() == []


def test_the_same_message_ten_times_is_one_event(app, db):
    order = unpaid()
    numbers = {money(db, order).id for _ in range(10)}
    assert len(numbers) == 1
    assert events(db, PaymentEventKind.CAPTURED) == 1


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"amount": 1000}, ReceiptProblem.UNDER),
        ({"amount": 99_000_000}, ReceiptProblem.OVER),
        ({"currency": "USD"}, ReceiptProblem.CURRENCY),
    ],
)
def test_what_does_not_fit_is_parked_and_the_order_waits(app, db, facts, problem):
    order = unpaid()
    assert money(db, order, **facts).problem is problem
    assert status_of(db, order) is S.UNPAID
    with time_machine.travel(clock.now() + timedelta(days=3)):
        expire_unpaid()
    assert status_of(db, order) is S.UNPAID


def test_money_that_names_nothing_is_kept(app, db):
    found = complete(Incoming(provider="vietqr", key="FT9", amount=5000, reference="xin chao"))
    assert found.problem is ReceiptProblem.UNKNOWN
    assert complete(Incoming(provider="vietqr", key="FT9", amount=5000)).id == found.id


def test_two_small_sums_that_come_to_it_pay_together(app, db):
    order = unpaid()
    first = money(db, order, key="FT1", amount=30_000)
    second = money(db, order, key="FT2", amount=order.total_vnd - 30_000)
    db.session.expire_all()
    assert (first.resolution, second.problem) == (Resolution.ACCEPT, None)
    assert status_of(db, order) is S.PLACED


def test_paying_twice_is_parked_and_given_back(app, db):
    order = unpaid()
    money(db, order, key="FT1")
    again = money(db, order, key="FT2")
    assert again.problem is ReceiptProblem.DOUBLE
    resolve(OperatorFactory(), again.id, Resolution.REFUND, words="Chuyển hai lần")
    refund = db.session.scalars(select(Refund)).one()
    assert (refund.amount_vnd, refund.status) == (order.total_vnd, RefundStatus.PENDING)
    settle_refund(refund.id, provider_reference="FT-TRA-1")
    assert shares_of(db, order)[0].refunded_vnd == 0
    with pytest.raises(WrongState):
        resolve(OperatorFactory(), again.id, Resolution.REFUND, words="Lại")


def test_unpaid_in_time_gives_the_goods_back_and_late_money_is_parked(app, db):
    order = unpaid()
    with time_machine.travel(clock.now() + timedelta(days=2)):
        expire_unpaid()
        outbox.run_until_empty()
        assert status_of(db, order) is S.CANCELLED
        assert db.session.scalars(select(Sku)).one().held == 0
        assert shares_of(db, order)[0].claimed_vnd == 0
        assert money(db, order).problem is ReceiptProblem.LATE


@pytest.mark.parametrize("has_run", [True, False])
def test_late_money_takes_the_order_up_again_if_the_goods_are_there(app, db, has_run):
    order = unpaid()
    with time_machine.travel(clock.now() + timedelta(days=2)):
        expire_unpaid()
        if has_run:
            outbox.run_until_empty()
        late = money(db, order)
        resolve(OperatorFactory(), late.id, Resolution.REVIVE, words="Còn hàng")
        outbox.run_until_empty()
    assert status_of(db, order) is S.PLACED
    [share] = shares_of(db, order)
    assert (share.claimed_vnd, share.captured_vnd) == (order.total_vnd, order.total_vnd)
    assert check_shares() == []


def test_goods_that_are_gone_cannot_be_taken_up_again(app, db):
    sku = first_sku(ProductFactory(packs__stock=2))
    order = unpaid(skus=[(sku, 2)])
    with time_machine.travel(clock.now() + timedelta(days=2)):
        expire_unpaid()
        PlacedOrderFactory(skus=[(sku, 1)])
        late = money(db, order)
        with pytest.raises(WrongState):
            resolve(OperatorFactory(), late.id, Resolution.REVIVE, words="Còn hàng")
    assert db.session.get_one(Receipt, late.id, populate_existing=True).is_parked
    assert status_of(db, order) is S.CANCELLED


def test_what_was_paid_for_a_cancelled_part_goes_back_and_touches_no_other(app, db):
    skus = [(first_sku(ProductFactory()), 1), (first_sku(ProductFactory()), 2)]
    order = unpaid(skus=skus, way="vnpay")
    money(db, order)
    first, other = parts_of(order)
    advance(first.id, CANCEL)
    outbox.run_once()
    refund = db.session.scalars(select(Refund)).one()
    assert refund.amount_vnd == first.total_vnd
    db.session.expire_all()
    assert (parts_of(order)[1].status, shares_of(db, order)[1].refunded_vnd) == (S.PLACED, 0)
    assert other.total_vnd == shares_of(db, order)[1].captured_vnd


def test_a_refund_never_exceeds_what_came(app, db):
    from shop.payments.operations import request_refund

    order = unpaid()
    money(db, order)
    part = part_of(order)
    first = request_refund(part.id, 10_000, key="a")
    assert request_refund(part.id, 10_000, key="a").id == first.id
    with pytest.raises(WrongState):
        request_refund(part.id, order.total_vnd - 9_999, key="b")
    request_refund(part.id, order.total_vnd - 10_000, key="c")


def test_a_stall_decides_on_its_own_money_alone(app, db):
    order = unpaid()
    stall_id = part_of(order).stall_id
    parked = money(db, order, amount=5000, stall_id=stall_id)
    person = OperatorFactory()
    with pytest.raises(NotFound):
        resolve(person, parked.id, Resolution.REFUND, words="x", stall_id=stall_id + 1)
    resolve(person, parked.id, Resolution.REFUND, words="Thiếu tiền", stall_id=stall_id)
