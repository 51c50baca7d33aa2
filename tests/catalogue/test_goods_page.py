"""The stall's list of goods, and what its cockpit says of them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shop.catalogue.models import Product, ProductStatus, Sku, StagedStatus
from shop.catalogue.stall_views import slots
from shop.core import clock
from shop.core.db import db as database
from shop.stalls.models import MemberKind
from tests.catalogue.cockpit import as_helper, as_manager, as_moderator, as_stranger
from tests.catalogue.factories import PictureFactory, ProductFactory, SkuFactory
from tests.certification.factories import CertificateFactory
from tests.queries import assert_queries_stay_flat
from tests.stalls.factories import MemberFactory, StallFactory


def open_list(client, stall, who=as_manager):
    at = f"/quan-ly/{stall.slug}/hang"
    who(client, stall)
    return at


def test_an_empty_stall_is_shown_the_way(client):
    at = open_list(client, StallFactory())
    page = client.get(at).text
    assert "Chưa có sản phẩm nào" in page
    assert f'href="{at}/moi"' in page


@pytest.mark.parametrize("who", [as_manager, as_helper])
def test_the_list_says_what_matters_of_each(client, who):
    stall = StallFactory()
    product = ProductFactory(stall=stall, name="Miến dong Bình Lư", packs__stock=3)
    SkuFactory(product=product, price_vnd=90_000, stock=0)
    PictureFactory(product_id=product.id)
    CertificateFactory(product=product, stars=5)
    page = client.get(open_list(client, stall, who)).text
    for words in ("Miến dong Bình Lư", "90.000", "Còn 3", "Đang bán", "OCOP 5 sao"):
        assert words in page
    assert "srcset" in page


def test_goods_of_others_are_not_in_it(client):
    ProductFactory(name="Hàng người khác")
    at = open_list(client, StallFactory())
    assert "Hàng người khác" not in client.get(at).text
    assert "Hàng người khác" not in client.get(f"{at}?q=hang").text


@pytest.mark.parametrize("typed", ["mien dong", "Miến", "BÌNH LƯ", "md-01"])
def test_goods_are_found_by_name_and_code(client, typed):
    stall = StallFactory()
    ProductFactory(stall=stall, name="Miến dong Bình Lư", packs__code="MD-01")
    ProductFactory(stall=stall, name="Gạo nếp nương")
    at = open_list(client, stall)
    page = client.get(at, query_string={"q": typed}).text
    assert "Miến dong Bình Lư" in page
    assert "Gạo nếp nương" not in page


def test_a_percent_sign_is_only_a_sign(client):
    stall = StallFactory()
    ProductFactory(stall=stall, name="Gạo nếp nương")
    at = open_list(client, stall)
    assert "Không có sản phẩm nào khớp" in client.get(at, query_string={"q": "%"}).text


def test_the_list_can_be_narrowed_to_a_status(client):
    stall = StallFactory()
    ProductFactory(stall=stall, name="Đã bán")
    ProductFactory(
        stall=stall, name="Bị trả", status=ProductStatus.RETURNED, status_reason="Ảnh mờ"
    )
    at = open_list(client, stall)
    page = client.get(f"{at}?loc=returned").text
    assert ("Bị trả" in page, "Ảnh mờ" in page, "Đã bán" in page) == (True, True, False)
    assert "Đã bán" in client.get(f"{at}?loc=nonsense").text


def test_the_list_is_paged(client):
    stall = StallFactory()
    ProductFactory.create_batch(21, stall=stall, packs=0)
    first = database.session.scalar(select(Product.name).order_by(Product.id))
    at = open_list(client, stall)
    assert first + "<" not in client.get(at).text
    assert first + "<" in client.get(f"{at}?trang=2").text
    assert client.get(f"{at}?trang=99").status_code == 200


def test_the_list_asks_no_more_as_it_grows(client, db):
    stall = StallFactory()
    ProductFactory(stall=stall)
    at = open_list(client, stall)
    assert_queries_stay_flat(
        client, at, lambda: ProductFactory.create_batch(5, stall=stall), db.engine
    )


@pytest.mark.parametrize("who", [as_stranger, as_moderator])
def test_nobody_else_finds_the_cockpit(client, who):
    product = ProductFactory()
    at = f"/quan-ly/{product.stall.slug}/hang"
    who(client)
    for page in ("", "/moi", "/kho", "/kho/nhat-ky", f"/{product.id}", f"/{product.id}/anh"):
        assert client.get(at + page).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client):
    product = ProductFactory()
    at = f"/quan-ly/{product.stall.slug}/hang"
    assert "/dang-nhap" in client.get(at).location
    assert "/dang-nhap" in client.post(f"{at}/{product.id}/an").location
    assert database.session.get(Product, product.id).status == ProductStatus.PUBLISHED


def today(member):
    """Return what this room puts on the first page of a member's cockpit."""
    fillers = (slots.came_back, slots.sold_out, slots.running_low, slots.runs_out)
    return [(row.count, row.title) for filler in fillers if (row := filler(member))]


@pytest.fixture
def member(app):
    found = MemberFactory()
    with app.test_request_context():
        yield found


def test_a_quiet_stall_has_nothing_to_do(member):
    ProductFactory(stall=member.stall, packs__stock=6)
    assert today(member) == []


def test_what_runs_out_and_came_back_is_to_do_today(member):
    for stock in (0, 1, 5, 6):
        ProductFactory(stall=member.stall, packs__stock=stock)
    ProductFactory(stall=member.stall, packs=0, status=ProductStatus.RETURNED)
    ProductFactory(stall=member.stall, packs=0, staged_status=StagedStatus.RETURNED)
    assert today(member) == [
        (2, "2 sản phẩm bị trả lại để sửa"),
        (1, "1 quy cách đã hết hàng"),
        (2, "2 quy cách sắp hết hàng"),
    ]


def test_goods_that_buyers_do_not_see_do_not_run_out(member):
    ProductFactory(stall=member.stall, packs__stock=0, status=ProductStatus.HIDDEN)
    product = ProductFactory(stall=member.stall, packs__stock=9)
    SkuFactory(product=product, stock=0, is_active=False)
    assert today(member) == []
    assert database.session.scalar(select(Sku.id)) is not None


@pytest.mark.parametrize(
    ("kind", "days", "expected"),
    [
        (MemberKind.MANAGER, 180, [(1, "1 giấy chứng nhận cần đánh giá lại")]),
        (MemberKind.MANAGER, 0, [(1, "1 giấy chứng nhận cần đánh giá lại")]),
        (MemberKind.MANAGER, 181, []),
        (MemberKind.MANAGER, -1, []),
        (MemberKind.OPERATOR, 10, []),
    ],
)
def test_managers_hear_of_certificates_that_run_out(member, kind, days, expected):
    member.kind = kind
    product = ProductFactory(stall=member.stall)
    CertificateFactory(product=product, expires_on=clock.today() + timedelta(days=days))
    assert today(member) == expected
