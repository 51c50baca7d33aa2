"""Letters of orders: each step is told to whom it concerns, once, in words."""

import pytest

from shop.core import outbox
from shop.notifications.models import Notification
from shop.orders.models import StallOrderStatus as S
from shop.orders.operations import Step, advance
from shop.orders.operations.telling import tell_step
from shop.orders.transitions import Action, Side
from shop.stalls.models import Stall
from tests.accounts.factories import UserFactory
from tests.catalogue.factories import ProductFactory
from tests.orders.factories import PlacedOrderFactory, buyer_of, first_sku, part_of
from tests.stalls.factories import manager_of

BUYERS = ["placed", "confirmed", "packed", "shipped", "delivered", "completed"]


def subjects_to(mailbox, person):
    """Return what a person was written, oldest first."""
    return [letter.subject for letter in mailbox if letter.to == [person.email]]


@pytest.fixture
def finished(app):
    """Give an order that went all the way."""
    return PlacedOrderFactory(status=S.COMPLETED)


def test_the_buyer_hears_of_each_step_once(finished, mailbox):
    outbox.run_until_empty()
    outbox.run_until_empty()
    code, buyer = part_of(finished).code, buyer_of(finished)
    assert subjects_to(mailbox, buyer) == [
        f"Đã nhận đơn hàng {finished.code} của bạn",
        f"{code}: {part_of(finished).stall_name} đã xác nhận",
        f"{code}: đã đóng gói",
        f"{code}: đang trên đường",
        f"{code}: đã giao",
        f"{code}: đã nhận, cảm ơn bạn",
    ]


def test_the_stall_hears_of_the_order_and_of_its_end(finished, mailbox, db):
    outbox.run_until_empty()
    code = part_of(finished).code
    manager = manager_of(db.session.get_one(Stall, part_of(finished).stall_id))
    assert subjects_to(mailbox, manager) == [
        f"Đơn mới {code}: 335.000 ₫",
        f"{code}: người mua đã nhận hàng",
    ]


def test_two_workers_and_a_second_telling_write_no_second_letter(finished, mailbox, db):
    outbox.run_until_empty()
    count = len(mailbox)
    db.session.execute(db.update(outbox.OutboxMessage).values(delivered_at=None))
    db.session.commit()
    outbox.run_until_empty()
    assert len(mailbox) == count
    assert db.session.scalar(db.select(db.func.count()).select_from(Notification)) == count


def test_one_letter_for_an_order_of_two_stalls(app, mailbox):
    skus = [(first_sku(ProductFactory()), 1), (first_sku(ProductFactory()), 1)]
    order = PlacedOrderFactory(skus=skus)
    outbox.run_until_empty()
    assert len(subjects_to(mailbox, buyer_of(order))) == 1
    assert "2 gian hàng" in mailbox[-1].body or "2 gian hàng" in mailbox[0].body


def test_the_letter_says_who_carries_the_parcel(app, mailbox):
    order = PlacedOrderFactory(status=S.SHIPPED)
    outbox.run_until_empty()
    body = next(m.body for m in mailbox if "đang trên đường" in m.subject)
    assert "Xe khách Đồng Văn" in body
    assert "Mã vận đơn: DV-0042" in body
    assert f"/don-hang/{order.code}" in body


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step(Side.BUYER, Action.CANCEL, reason_code="too_slow"), "Theo yêu cầu của bạn"),
        (Step(Side.STALL, Action.CANCEL, reason_code="sold_out"), "đành phải huỷ"),
    ],
)
def test_the_letter_about_a_cancellation_says_by_whom_and_why(app, mailbox, step, words):
    part = part_of(PlacedOrderFactory())
    advance(part.id, step)
    outbox.run_until_empty()
    [body] = [m.body for m in mailbox if m.subject == f"{part.code}: đã huỷ"]
    assert words in body
    assert "Lý do: " in body


def test_an_english_reader_is_written_in_english(app, mailbox):
    order = PlacedOrderFactory(buyer=UserFactory(locale="en"), status=S.CANCELLED)
    outbox.run_until_empty()
    [body] = [m.body for m in mailbox if m.subject == f"{part_of(order).code}: cancelled"]
    assert "Reason: I have changed my mind" in body


def test_own_words_with_signs_are_left_alone(app, mailbox):
    part = part_of(PlacedOrderFactory())
    words = "Giảm 50%(s) & <b>hỏng</b>"
    advance(part.id, Step(Side.BUYER, Action.CANCEL, reason=words))
    outbox.run_until_empty()
    [body] = [m.body for m in mailbox if m.subject == f"{part.code}: đã huỷ"]
    assert words in body


def test_telling_a_step_again_changes_nothing(app, db, mailbox):
    from shop.core.db import transaction
    from shop.orders.operations import load

    part = part_of(PlacedOrderFactory(status=S.CONFIRMED))
    with transaction():
        tell_step(load(part.id), "confirmed", {})
    outbox.run_until_empty()
    assert sum("đã xác nhận" in letter.subject for letter in mailbox) == 1
