"""VNPAY and Stripe by their real messages and the real library, against the sandbox over HTTP."""

import time
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import select

from shop.core import outbox
from shop.core.db import db
from shop.orders.models import StallOrderStatus as S
from shop.orders.operations import advance
from shop.payments.methods import Refused
from shop.payments.models import (
    CardTransfer,
    PaymentShare,
    Receipt,
    ReceiptProblem,
    Refund,
    RefundStatus,
)
from shop.payments.sandbox import messages, stripe_api
from shop.payments.vnpay_messages import SIGNATURE, query, sign
from tests.accounts.factories import sign_in
from tests.catalogue.factories import ProductFactory
from tests.orders.factories import CANCEL, PlacedOrderFactory, buyer_of, first_sku, parts_of
from tests.payments.serving import serving


@pytest.fixture
def served(app, db):
    with serving(app) as here:
        yield here


def two_stalls(way: str):
    skus = [(first_sku(ProductFactory()), 1), (first_sku(ProductFactory()), 2)]
    order = PlacedOrderFactory(status=S.UNPAID, skus=skus, way=way)
    db.session.commit()
    return order


def statuses(order) -> set[S]:
    db.session.rollback()
    db.session.expire_all()
    return {part.status for part in parts_of(order)}


def go(client, order) -> str:
    sign_in(client, buyer_of(order))
    sent = client.post(f"/don-hang/{order.code}/thanh-toan")
    assert sent.status_code == 303
    return sent.location


def asked(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def wait_for(what) -> None:
    for _ in range(100):
        db.session.rollback()
        if what():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come")


def test_vnpay_pays_by_its_own_message_and_the_return_page_decides_nothing(app, client, served):
    order = two_stalls("vnpay")
    url = go(client, order)
    fields = asked(url)
    assert fields["vnp_Amount"] == str(order.total_vnd * 100)
    assert "Thanh toán thử" in client.get(url).text
    secret = app.config["VNPAY_HASH_SECRET"]
    answer = messages.vnpay_answer(fields, "00", secret)
    back = client.get(f"/thanh-toan/vnpay?{answer}")
    assert back.status_code == 200
    assert statuses(order) == {S.UNPAID}
    notice = [client.get(f"/webhook/vnpay?{answer}").json["RspCode"] for _ in range(3)]
    assert notice == ["00", "02", "02"]
    assert statuses(order) == {S.PLACED}


def test_every_answer_code_of_the_notice(app, client, served):
    order, secret = two_stalls("vnpay"), app.config["VNPAY_HASH_SECRET"]
    fields = asked(go(client, order))

    def code(changes=(), paid="00", **extra) -> str:
        answer = messages.vnpay_answer({**fields, **dict(changes)}, paid, secret)
        return client.get(f"/webhook/vnpay?{answer}", query_string=None).json["RspCode"]

    forged = messages.vnpay_answer(fields, "00", "y" * 32)
    assert client.get(f"/webhook/vnpay?{forged}").json["RspCode"] == "97"
    assert client.get("/webhook/vnpay").json["RspCode"] == "97"
    assert code({"vnp_TxnRef": "P9999A1"}) == "01"
    assert code({"vnp_Amount": "150"}) == "01"
    assert code(paid="24") == "00"
    assert code({"vnp_Amount": "1000000"}) == "04"
    assert db.session.scalars(select(Receipt.problem)).all() == [ReceiptProblem.UNDER]
    assert statuses(order) == {S.UNPAID}


def test_a_doubled_field_or_a_changed_sum_is_forged(app, client, served):
    order = two_stalls("vnpay")
    answer = messages.vnpay_answer(asked(go(client, order)), "00", app.config["VNPAY_HASH_SECRET"])
    cheap = answer.replace(f"vnp_Amount={order.total_vnd * 100}", "vnp_Amount=100")
    for text in (cheap, f"vnp_Amount=100&{answer}"):
        assert client.get(f"/webhook/vnpay?{text}").json["RspCode"] == "97"


def test_the_make_believe_page_of_vnpay_pays_over_the_wire(app, client, served):
    order = two_stalls("vnpay")
    fields = asked(go(client, order))
    client.post("/thu-nghiem/vnpay", data={**fields, "code": "00"})
    wait_for(lambda: statuses(order) == {S.PLACED})


def test_vnpay_gives_back_once_what_was_paid_for_a_cancelled_part(app, client, served):
    order = two_stalls("vnpay")
    client.post("/thu-nghiem/vnpay", data={**asked(go(client, order)), "code": "00"})
    wait_for(lambda: statuses(order) == {S.PLACED})
    advance(parts_of(order)[0].id, CANCEL)
    outbox.run_until_empty()
    refund = db.session.scalars(select(Refund)).one()
    assert (refund.status, refund.amount_vnd) == (RefundStatus.DONE, parts_of(order)[0].total_vnd)
    assert refund.provider_reference
    shares = db.session.scalars(select(PaymentShare).order_by(PaymentShare.id)).all()
    assert [share.refunded_vnd for share in shares] == [shares[0].captured_vnd, 0]


def test_a_card_pays_by_webhook_and_by_the_way_back_once(app, client, served):
    order = two_stalls("stripe")
    url = go(client, order)
    session = url.rpartition("/")[2]
    assert go(client, order) == url
    assert "không hỏi thẻ" in client.get(url).text
    back = client.post(url)
    assert back.location.endswith(f"session_id={session}")
    client.get(back.location.partition("localhost")[2] or back.location)
    wait_for(lambda: statuses(order) == {S.PLACED})
    paid = stripe_api.session_of(session)
    body, headers = messages.stripe_event(paid, app.config["STRIPE_WEBHOOK_SECRET"])
    for _ in range(3):
        assert client.post("/webhook/stripe", data=body, headers=headers, csrf=False).json
    assert db.session.scalars(select(Receipt.problem)).all() == [None]


def pay_by_card(client, order) -> str:
    session = go(client, order).rpartition("/")[2]
    assert stripe_api.pay(session)
    client.get(f"/thanh-toan/the?session_id={session}")
    assert statuses(order) == {S.PLACED}
    return session


def test_each_stall_gets_its_transfer_and_a_refund_takes_its_part_back(app, client, served):
    order = two_stalls("stripe")
    pay_by_card(client, order)
    outbox.run_until_empty()
    sent = db.session.scalars(select(CardTransfer).order_by(CardTransfer.share_id)).all()
    assert [each.amount_vnd for each in sent] == [part.total_vnd for part in parts_of(order)]
    advance(parts_of(order)[1].id, CANCEL)
    outbox.run_until_empty()
    outbox.run_until_empty()
    db.session.expire_all()
    sent = db.session.scalars(select(CardTransfer).order_by(CardTransfer.share_id)).all()
    assert [each.reversed_vnd for each in sent] == [0, parts_of(order)[1].total_vnd]
    assert db.session.scalars(select(Refund.status)).all() == [RefundStatus.DONE]


def test_forged_and_odd_events_are_refused_and_move_nothing(app, client, served):
    order = two_stalls("stripe")
    go(client, order)
    secret = app.config["STRIPE_WEBHOOK_SECRET"]
    body, headers = messages.stripe_event({"id": "cs_x", "payment_status": "paid"}, "whsec_other")
    door = "/webhook/stripe"
    assert client.post(door, data=body, headers=headers, csrf=False).status_code == 403
    assert client.post(door, data=body, csrf=False).status_code == 403
    for odd in ({}, {"id": 5, "amount_total": 0, "payment_status": "paid"}):
        body, headers = messages.stripe_event(odd, secret)
        assert client.post(door, data=body, headers=headers, csrf=False).status_code == 200
    assert statuses(order) == {S.UNPAID}


def test_money_that_stripe_says_came_for_no_session_of_ours_is_kept(app, client, served):
    paid = {
        "id": "cs_fremd",
        "payment_intent": "pi_fremd",
        "amount_total": 5000,
        "currency": "vnd",
        "payment_status": "paid",
    }
    body, headers = messages.stripe_event(paid, app.config["STRIPE_WEBHOOK_SECRET"])
    client.post("/webhook/stripe", data=body, headers=headers, csrf=False)
    assert db.session.scalars(select(Receipt.problem)).all() == [ReceiptProblem.UNKNOWN]


def test_the_sandbox_keeps_idempotency_keys_as_stripe_does(app, served):
    from shop.payments.gateway import card as gateway
    from shop.payments.methods import GiveBack

    with app.test_request_context():
        lost = GiveBack("k", 10, "cs", {"intent": "pi_nobody"}, is_whole=False, share_id=None)
        with pytest.raises(Refused):
            gateway.refund(lost)


def test_the_sandbox_is_shut_where_it_is_off(app, client):
    app.config["PAYMENT_SANDBOX"] = False
    try:
        for address in ("/thu-nghiem/vnpay", "/thu-nghiem/stripe/tra/x"):
            assert client.get(address).status_code == 404
        assert client.post("/thu-nghiem/stripe/v1/refunds", csrf=False).status_code == 404
    finally:
        app.config["PAYMENT_SANDBOX"] = True


def test_what_is_signed_is_what_the_documentation_signs():
    fields = {"vnp_B": "a b", "vnp_A": "1", "vnp_C": ""}
    assert query(fields) == "vnp_A=1&vnp_B=a+b"
    assert len(sign("x", "y")) == 128
    assert SIGNATURE == "vnp_SecureHash"
