"""Bank transfers: the code, the memo, the bank's feed, the stall's own mark."""

import json

import pytest
from sqlalchemy import select

from shop.core import clock
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from shop.orders.models import StallOrderStatus as S
from shop.payments.bank_feed import Transfer, check_signature, read_transfer, sign
from shop.payments.models import Receipt, ReceiptProblem, StallPaymentSettings
from shop.payments.operations.transfers import mark_received, take_transfer
from shop.payments.vietqr import banks, memo_of, payload, read_memo
from shop.stalls.models import StallMember
from tests.accounts.factories import sign_in
from tests.orders.factories import PlacedOrderFactory, buyer_of, part_of

SECRET = "x" * 32


def test_the_code_is_what_napas_describes():
    text = payload(
        bank_bin="970403", account_number="0011012345678", amount_vnd=180000, memo="OCOPR1001S2"
    )
    assert text.startswith(
        "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA"
    )
    assert text[:-8].endswith("530370454061800005802VN62150811OCOPR1001S2")
    assert text[-8:-4] == "6304"
    assert text[-4:] == f"{crc(text[:-4]):04X}"


def crc(text: str) -> int:
    """CRC-16/CCITT-FALSE by the book, apart from the library that is tested."""
    found = 0xFFFF
    for byte in text.encode():
        found ^= byte << 8
        for _ in range(8):
            found = (found << 1 ^ 0x1021 if found & 0x8000 else found << 1) & 0xFFFF
    return found


def test_the_check_sum_of_the_published_vector():
    text = (
        "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA5303704"
        "54061800005802VN62340107NPS68690819thanh toan don hang6304"
    )
    assert f"{crc(text):04X}" == "2E2E"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("OCOPR1001S2", ("R1001", 2)),
        ("MBVCB.123.ocop r1001 s2-CT tu 0123", ("R1001", 2)),
        ("OCOPR1001S2 Chuyen tien", ("R1001", 2)),
        ("R1001-2", None),
        ("OCOPR1001", None),
        ("", None),
    ],
)
def test_the_memo_is_found_whatever_a_bank_makes_of_it(text, named):
    assert read_memo(text) == named
    assert read_memo(memo_of("R1001-2")) == ("R1001", 2)


def test_the_banks_have_a_number_of_six_digits():
    assert len(banks()) > 40
    assert all(len(number) == 6 and number.isdecimal() for number, _ in banks())


def transfer(order, **facts) -> Transfer:
    part = part_of(order)
    account = account_of(part.stall_id)
    told = {"id": "FT1", "account": account, "amount": order.total_vnd, "currency": "VND"}
    return Transfer(**{**told, "memo": f"CT {memo_of(part.code)}", **facts})


def account_of(stall_id: int) -> str:
    from shop.core.db import db

    return db.session.get_one(StallPaymentSettings, stall_id).account_number


@pytest.fixture
def order(app, db):
    return PlacedOrderFactory(status=S.UNPAID)


def test_a_transfer_with_our_memo_pays(order, db):
    assert take_transfer(transfer(order)).problem is None
    assert part_of(order).status is S.PLACED


def test_a_transfer_into_another_stalls_account_pays_nothing(order, db):
    other = PlacedOrderFactory(status=S.UNPAID)
    account = account_of(part_of(other).stall_id)
    found = take_transfer(transfer(order, account=account))
    assert (found.problem, found.stall_id) == (ReceiptProblem.UNKNOWN, part_of(other).stall_id)
    assert part_of(order).status is S.UNPAID


def test_an_account_of_nobody_here_is_left_alone(order, db):
    assert take_transfer(transfer(order, account="999")) is None
    assert db.session.scalars(select(Receipt)).all() == []


def manager(order) -> StallMember:
    from shop.core.db import db

    wanted = select(StallMember).where(StallMember.stall_id == part_of(order).stall_id)
    return db.session.scalars(wanted).first()


def test_the_stalls_own_mark_pays_and_the_banks_word_confirms_it(order, db):
    mark_received(manager(order), part_of(order).id)
    assert part_of(order).status is S.PLACED
    assert take_transfer(transfer(order)).problem is None
    with pytest.raises(WrongState):
        mark_received(manager(order), part_of(order).id)
    assert take_transfer(transfer(order, id="FT2")).problem is ReceiptProblem.DOUBLE


def test_another_stall_marks_nothing(order, db):
    other = PlacedOrderFactory(status=S.UNPAID)
    with pytest.raises(NotFound):
        mark_received(manager(other), part_of(order).id)


def test_a_message_counts_only_with_our_signature_of_now(app):
    body, now = b"{}", int(clock.now().timestamp())
    check_signature(body, sign(body, SECRET, now), SECRET)
    for header in ("", "t=1,v1=00", sign(body, "y" * 32, now), sign(body, SECRET, now - 400)):
        with pytest.raises(Forbidden):
            check_signature(body, header, SECRET)
    with pytest.raises(Forbidden):
        check_signature(body, sign(body, "", now), "")


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"[]", b"{}", b'"x"', b"\xff\xfe"),
        b'{"id":"","account":"1","amount":1,"memo":""}',
        b'{"id":"a","account":"1","amount":true,"memo":""}',
        b'{"id":"a","account":"1","amount":1.5,"memo":""}',
        b'{"id":"a","account":"1","amount":-1,"memo":""}',
        b'{"id":"a","account":1,"amount":1,"memo":""}',
    ],
)
def test_what_is_no_transfer_is_refused(app, body):
    with pytest.raises(InvalidInput):
        read_transfer(body)


def test_the_door_of_the_feed(app, client, order):
    secret = app.config["BANK_FEED_SECRET"]
    body = json.dumps(transfer(order)._asdict()).encode()
    assert client.post("/webhook/ngan-hang", data=body, csrf=False).status_code == 403
    headers = {"X-Signature": sign(body, secret, int(clock.now().timestamp()))}
    for _ in range(3):
        sent = client.post("/webhook/ngan-hang", data=body, headers=headers, csrf=False)
        assert sent.json == {"known": True, "received": True}
    assert part_of(order).status is S.PLACED
    odd = b'{"id": 1}'
    headers = {"X-Signature": sign(odd, secret, int(clock.now().timestamp()))}
    assert (
        client.post("/webhook/ngan-hang", data=odd, headers=headers, csrf=False).status_code == 422
    )


def test_the_buyer_sees_what_to_transfer_and_a_stranger_nothing(client, order):
    sign_in(client, buyer_of(order))
    page = client.get(f"/don-hang/{order.code}/thanh-toan").text
    part = part_of(order)
    for told in (memo_of(part.code), account_of(part.stall_id), "HTX MAU CAO NGUYEN"):
        assert told in page
    drawn = client.get(f"/don-hang/{order.code}/1/ma-qr.svg")
    assert (drawn.status_code, drawn.mimetype) == (200, "image/svg+xml")
    other = PlacedOrderFactory(status=S.UNPAID)
    assert client.get(f"/don-hang/{other.code}/thanh-toan").status_code == 404
    assert client.get(f"/don-hang/{other.code}/1/ma-qr.svg").status_code == 404
