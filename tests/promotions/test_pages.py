"""Vouchers on pages: their givers' own, the product's, the cart's and the checkout's."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from shop.cart import operations as cart
from shop.core import clock
from shop.core.db import transaction
from shop.orders.models import Order
from shop.promotions.models import Voucher, VoucherStall
from tests.accounts.factories import AddressFactory, OperatorFactory, UserFactory, sign_in
from tests.catalogue.factories import ProductFactory
from tests.orders.factories import PlacedOrderFactory, first_sku
from tests.promotions.factories import VoucherFactory
from tests.stalls.factories import StallFactory, manager_of

FORM = {
    "code": "tet 2027",
    "name": "Giảm dịp Tết",
    "kind": "percent",
    "percent": "7,5",
    "cap_vnd": "50.000",
    "quota": "50",
    "per_buyer": "2",
}


def days(first=0, last=30):
    today = clock.today()
    return {
        "starts_on": (today + timedelta(days=first)).isoformat(),
        "ends_on": (today + timedelta(days=last)).isoformat(),
    }


@pytest.fixture
def stall(app):
    with transaction():
        stall = StallFactory()
    return stall


@pytest.fixture
def product(stall):
    with transaction():
        product = ProductFactory(stall=stall)
    return product


@pytest.fixture
def shopper(client, product):
    with transaction():
        user = UserFactory()
        AddressFactory(user=user, is_default=True)
    sign_in(client, user)
    cart.add(first_sku(product).id, 2, user_id=user.id, token=None)
    return client


def fields(page):
    form = BeautifulSoup(page.text, "html.parser").select_one("form.checkout__sum")
    inputs = form.select("input[type=hidden], input[checked]")
    return {each["name"]: each["value"] for each in inputs}


def orders(db):
    return db.session.scalar(select(func.count(Order.id)))


def test_a_stall_makes_a_voucher_and_buyers_read_its_conditions(client, stall, product, db):
    home = f"/quan-ly/{stall.slug}/ma-giam-gia"
    sign_in(client, manager_of(stall))
    assert "Chưa có mã giảm giá nào" in client.get(home).text
    answer = client.post(f"{home}/moi", data={**FORM, **days()})
    assert answer.status_code == 303
    voucher = db.session.scalars(select(Voucher)).one()
    assert (voucher.code, voucher.percent_bp, voucher.cap_vnd) == ("TET2027", 750, 50_000)
    assert "TET2027" in client.get(home).text
    page = client.get(f"/san-pham/{product.slug}").text
    for words in ("TET2027", "Giảm 7,5 %", "nhiều nhất 50.000", "còn 50 lượt"):
        assert words in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"percent": "60"}, "nhiều nhất 50 %"),
        ({"percent": "x"}, "Ghi phần trăm"),
        ({"percent": ""}, "Ghi mức giảm"),
        ({"kind": "amount"}, "Ghi mức giảm"),
        ({"code": "mã"}, "chữ không dấu"),
    ],
)
def test_what_was_typed_wrong_stays_with_the_reason(client, stall, product, db, changed, words):
    sign_in(client, manager_of(stall))
    home = f"/quan-ly/{stall.slug}/ma-giam-gia"
    answer = client.post(f"{home}/moi", data={**FORM, **days(), **changed})
    assert answer.status_code == 422
    assert words in answer.text.replace("\xa0", " ")
    assert "Giảm dịp Tết" in answer.text
    assert db.session.scalar(select(Voucher.id)) is None


def test_a_living_voucher_is_extended_and_ended_on_its_page(client, stall, product, db):
    voucher = VoucherFactory(stall=stall)
    db.session.commit()
    sign_in(client, manager_of(stall))
    page = f"/quan-ly/{stall.slug}/ma-giam-gia/{voucher.id}"
    assert "Kết thúc sớm" in client.get(page).text
    longer = {"ends_on": days(last=60)["ends_on"], "quota": "500"}
    assert client.post(f"{page}/them", data=longer).status_code == 303
    assert client.post(f"{page}/them", data={**longer, "quota": "5"}).status_code == 422
    early = {"end_on": clock.today().isoformat(), "words": "Hàng đã hết mùa"}
    assert client.post(f"{page}/ket-thuc", data={**early, "words": ""}).status_code == 422
    assert client.post(f"{page}/ket-thuc", data=early).status_code == 303
    assert "Hàng đã hết mùa" in client.get(page).text
    assert client.post(page, data={**FORM, **days()}).status_code == 409


def test_the_floor_shares_and_a_manager_joins(client, new_client, db):
    sign_in(client, OperatorFactory())
    given = {**FORM, **days(1), "floor_share": "50"}
    assert client.post("/van-hanh/ma-giam-gia/moi", data=given).status_code == 303
    voucher = db.session.scalars(select(Voucher)).one()
    stall = StallFactory()
    db.session.commit()
    manager = sign_in(new_client(), manager_of(stall))
    home = f"/quan-ly/{stall.slug}/ma-giam-gia"
    assert "sàn chịu 50 %" in manager.get(home).text.replace("\xa0", " ")
    assert manager.post(f"{home}/san/tham-gia", data={"voucher_id": voucher.id}).status_code == 303
    assert db.session.scalar(select(VoucherStall.stall_id)) == stall.id
    assert "1 gian hàng" in client.get(f"/van-hanh/ma-giam-gia/{voucher.id}").text
    assert manager.post(f"{home}/san/thoi", data={"voucher_id": voucher.id}).status_code == 303
    assert db.session.scalar(select(VoucherStall.stall_id)) is None


def test_a_code_is_applied_shown_and_removed(shopper, stall, product, db):
    voucher = VoucherFactory(stall=stall)
    db.session.commit()
    assert shopper.post("/gio-hang/ma-giam-gia", data={"code": voucher.code}).status_code == 303
    for page in (shopper.get("/gio-hang").text, shopper.get("/thanh-toan").text):
        assert f"<strong>{voucher.code}</strong> · giảm 20.000" in page
    assert "Đặt hàng · 315.000" in shopper.get("/thanh-toan").text
    shopper.post("/gio-hang/ma-giam-gia/bo", data={"voucher_id": voucher.id})
    assert voucher.code not in shopper.get("/gio-hang").text


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (None, "Không có mã giảm giá này"),
        ({"starts_on": clock.today() + timedelta(days=1)}, "Mã có hiệu lực từ ngày"),
    ],
)
@pytest.mark.parametrize("page", ["/gio-hang/ma-giam-gia", "/thanh-toan/ma-giam-gia"])
def test_a_code_that_nobody_can_use_is_refused_beside_its_field(shopper, db, page, shape, words):
    code = VoucherFactory(**shape).code if shape else "KHONGCO"
    db.session.commit()
    answer = shopper.post(page, data={"code": code})
    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{code}"' in answer.text


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ({"minimum_vnd": 300_001}, "Mã áp dụng từ 300.001"),
        ({"product_sets": (9,)}, "không có hàng thuộc mã này"),
        ({"floor_share_bp": 0}, "không có hàng thuộc mã này"),
    ],
)
def test_a_code_that_does_not_fit_the_goods_says_why(shopper, db, shape, words):
    voucher = VoucherFactory(**shape)
    db.session.commit()
    assert shopper.post("/thanh-toan/ma-giam-gia", data={"code": voucher.code}).status_code == 303
    page = shopper.get("/thanh-toan").text
    assert words in page
    assert "Đặt hàng · 335.000" in page


def test_a_voucher_that_ran_out_is_said_with_the_new_total_and_nothing_is_lost(shopper, db):
    voucher = VoucherFactory(quota=1)
    db.session.commit()
    shopper.post("/gio-hang/ma-giam-gia", data={"code": voucher.code})
    seen = fields(shopper.get("/thanh-toan"))
    faster = PlacedOrderFactory(vouchers=[voucher])
    assert faster.discount_vnd == 20_000
    answer = shopper.post("/thanh-toan", data={**seen, "note": "Gọi trước khi giao"})
    assert answer.status_code == 409
    for words in ("Mã đã hết lượt dùng", "Đặt hàng · 335.000", "Gọi trước khi giao"):
        assert words in answer.text
    assert orders(db) == 1
    assert shopper.post("/thanh-toan", data=fields(answer)).status_code == 303
    assert db.session.scalars(select(Order.discount_vnd).order_by(Order.id)).all() == [20_000, 0]


def test_order_slip_and_letter_tell_the_discount(shopper, stall, product, new_client, db, mailbox):
    voucher = VoucherFactory(stall=stall)
    db.session.commit()
    shopper.post("/gio-hang/ma-giam-gia", data={"code": voucher.code})
    assert shopper.post("/thanh-toan", data=fields(shopper.get("/thanh-toan"))).status_code == 303
    code = db.session.scalar(select(Order.code))
    desk = sign_in(new_client(), manager_of(stall))
    part = f"/quan-ly/{stall.slug}/don/{code}-1"
    for browser, page in (
        (shopper, f"/don-hang/{code}"),
        (shopper, f"/don-hang/{code}/in"),
        (desk, part),
        (desk, f"{part}/phieu"),
    ):
        shown = browser.get(page).text
        assert "-20.000" in shown
        assert "315.000" in shown
    from shop.core import outbox

    outbox.run_until_empty()
    assert any("Mã giảm giá đã bớt 20.000" in letter.body for letter in mailbox)


def test_a_visitors_code_comes_along_when_she_signs_in(client, product, db):
    with transaction():
        user = UserFactory()
    voucher = VoucherFactory()
    db.session.commit()
    client.post("/gio-hang/them", data={"sku_id": first_sku(product).id, "quantity": 1})
    assert client.post("/gio-hang/ma-giam-gia", data={"code": voucher.code}).status_code == 303
    sign_in(client, user)
    assert f"<strong>{voucher.code}</strong> · giảm" in client.get("/gio-hang").text
