"""One button: the order as it was shown, or nothing."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from shop.cart import operations as cart
from shop.cart.models import CartLine
from shop.catalogue.models import Product, ProductStatus, Sku
from shop.core.db import transaction
from shop.orders.models import Order, OrderLine, StallOrder
from shop.payments.models import PaymentShare
from tests.accounts.factories import AddressFactory, UserFactory, sign_in, some_commune
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory
from tests.orders.factories import first_sku


@pytest.fixture
def buyer(app):
    with transaction():
        user = UserFactory()
        AddressFactory(user=user, is_default=True)
    return user


@pytest.fixture
def goods(app):
    """Two packs of two stalls."""
    with transaction():
        skus = [first_sku(ProductFactory()), first_sku(ProductFactory(packs__price_vnd=45_000))]
    return skus


@pytest.fixture
def shopper(client, buyer, goods):
    sign_in(client, buyer)
    for sku in goods:
        cart.add(sku.id, 2, user_id=buyer.id, token=None)
    return client


def fields(page):
    form = BeautifulSoup(page.text, "html.parser").select_one("form.checkout__sum")
    inputs = form.select("input[type=hidden], input[checked]")
    return {each["name"]: each["value"] for each in inputs}


def press(client, **changed):
    return client.post("/thanh-toan", data={**fields(client.get("/thanh-toan")), **changed})


def orders(db):
    return db.session.scalar(select(func.count(Order.id)))


def test_the_whole_cost_is_shown_before_the_button(shopper):
    page = shopper.get("/thanh-toan").text
    assert "390.000" in page
    assert "70.000" in page
    assert "Đặt hàng · 460.000" in page


def test_an_order_has_a_part_for_each_stall_and_empties_the_cart(shopper, db, goods):
    assert press(shopper).status_code == 303
    order = db.session.scalars(select(Order)).one()
    parts = db.session.scalars(select(StallOrder).order_by(StallOrder.id)).all()
    assert [part.code for part in parts] == [f"{order.code}-1", f"{order.code}-2"]
    assert (order.goods_vnd, order.delivery_vnd, order.total_vnd) == (390_000, 70_000, 460_000)
    shares = db.session.scalars(select(PaymentShare).order_by(PaymentShare.id)).all()
    assert [share.claimed_vnd for share in shares] == [part.total_vnd for part in parts]
    assert db.session.scalar(select(func.count(CartLine.id))) == 0
    assert [db.session.get_one(Sku, sku.id).held for sku in goods] == [2, 2]


def test_the_line_keeps_the_star_of_the_sale(shopper, db, goods):
    with transaction():
        certificate = CertificateFactory(product=db.session.get_one(Product, goods[0].product_id))
    press(shopper)
    lines = db.session.scalars(select(OrderLine).order_by(OrderLine.id)).all()
    found = [(line.stars, line.certificate_code) for line in lines]
    assert found == [(certificate.stars, certificate.product_code), (None, "")]


def test_a_changed_price_is_said_and_confirmed_never_slipped_in(shopper, db, goods):
    seen = fields(shopper.get("/thanh-toan"))
    with transaction():
        db.session.get_one(Sku, goods[0].id).price_vnd = 200_000
    answer = shopper.post("/thanh-toan", data={**seen, "note": "Gọi trước khi giao"})
    assert answer.status_code == 409
    assert "200.000" in answer.text
    assert "Gọi trước khi giao" in answer.text
    assert orders(db) == 0
    again = shopper.post("/thanh-toan", data=fields(answer))
    assert again.status_code == 303
    assert db.session.scalar(select(Order.total_vnd)) == 560_000


def test_a_changed_fee_is_said_too(shopper, db, buyer):
    with transaction():
        other = AddressFactory(user=buyer, is_default=False, place=some_commune("08"))
    seen = fields(shopper.get("/thanh-toan"))
    answer = shopper.post("/thanh-toan", data={**seen, "address_id": other.id})
    assert answer.status_code == 409
    assert orders(db) == 0


def test_goods_that_ran_out_are_said(shopper, db, goods):
    seen = fields(shopper.get("/thanh-toan"))
    with transaction():
        db.session.get_one(Sku, goods[0].id).on_hand = 1
    answer = shopper.post("/thanh-toan", data=seen)
    assert answer.status_code == 409
    assert "chỉ còn 1" in answer.text
    assert orders(db) == 0


def test_the_same_form_sent_again_leads_to_the_same_order(shopper, db):
    seen = fields(shopper.get("/thanh-toan"))
    first = shopper.post("/thanh-toan", data=seen)
    second = shopper.post("/thanh-toan", data=seen)
    assert first.headers["Location"] == second.headers["Location"]
    assert orders(db) == 1


def test_somebody_elses_address_is_not_found(shopper, db):
    with transaction():
        foreign = AddressFactory(user=UserFactory())
    assert press(shopper, address_id=foreign.id).status_code == 404
    assert shopper.get(f"/thanh-toan?dia-chi={foreign.id}").status_code == 404
    assert orders(db) == 0


def test_somebody_elses_key_is_refused(shopper, new_client, db, goods):
    press(shopper)
    taken = db.session.scalar(select(Order.checkout_key))
    with transaction():
        rival = UserFactory()
        AddressFactory(user=rival)
    other = sign_in(new_client(), rival)
    cart.add(goods[0].id, 1, user_id=rival.id, token=None)
    assert press(other, checkout_key=taken).status_code == 409
    assert orders(db) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("payment_method", "trust-me"), ("digest", ""), ("checkout_key", "x"), ("note", "x" * 501)],
)
def test_an_edited_field_is_refused_with_the_form(shopper, db, field, value):
    answer = press(shopper, **{field: value})
    assert answer.status_code == 422
    assert "Đặt hàng" in answer.text
    assert orders(db) == 0


def test_an_edited_digest_buys_nothing(shopper, db):
    assert press(shopper, digest="0" * 32).status_code == 409
    assert orders(db) == 0


def test_goods_withdrawn_meanwhile_are_left_out_aloud(shopper, db, goods):
    seen = fields(shopper.get("/thanh-toan"))
    with transaction():
        db.session.get_one(Product, goods[0].product_id).status = ProductStatus.HIDDEN
    answer = shopper.post("/thanh-toan", data=seen)
    assert answer.status_code == 409
    assert "không nằm trong đơn này" in answer.text


def test_without_an_address_the_page_asks_for_one_first(client, goods, app):
    with transaction():
        user = UserFactory()
    sign_in(client, user)
    cart.add(goods[0].id, 1, user_id=user.id, token=None)
    assert "Giao tới đâu?" in client.get("/thanh-toan").text


def test_an_empty_cart_leads_back_to_the_cart(client, buyer):
    sign_in(client, buyer)
    assert client.get("/thanh-toan").headers["Location"] == "/gio-hang"
