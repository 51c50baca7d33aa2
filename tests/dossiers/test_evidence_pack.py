"""The evidence pack: exact sums of what was delivered, no buyer in it, nobody else's goods."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import PdfDocument
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from shop.catalogue.models import Product
from shop.core.db import db as database
from shop.core.db import transaction
from shop.dossiers.evidence import Sale, Topic, criteria_about, summed
from shop.orders.models import OrderLine, StallOrder, StallOrderStatus
from shop.orders.transitions import DELIVERED_STATES
from shop.stalls.models import DocumentKind, MemberKind, Stall
from tests.accounts.factories import UserFactory, sign_in
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory
from tests.criteria.sheets import bundled_sheet
from tests.orders.factories import ADDRESS, PlacedOrderFactory, first_sku
from tests.stalls.factories import DocumentFactory, MemberFactory, StallFactory, manager_of

HUE = ADDRESS | {"province_code": "46", "province": "Huế"}


@pytest.fixture
def product(db):
    return ProductFactory(name="=Mật ong", stall=StallFactory(name="HTX mẫu Sủng Là"))


def stall_of(product):
    return database.session.get(Stall, product.stall_id)


def path(product):
    return f"/quan-ly/{stall_of(product).slug}/hang/{product.id}/minh-chung.zip"


def files(client, product, person=None):
    """Return the files of the pack by their names."""
    sign_in(client, person or manager_of(stall_of(product)))
    response = client.get(path(product))
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(response.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def words(content):
    with PdfDocument(content) as paper:
        text = " ".join(page.get_textpage().get_text_range() for page in paper)
    return " ".join(text.split())


def sell(product, packs, *, status=StallOrderStatus.DELIVERED, **kwargs):
    return PlacedOrderFactory(skus=[(first_sku(product), packs)], status=status, **kwargs)


def delivered_vnd(product):
    """Return what the orders themselves say was delivered."""
    return sum(
        database.session.scalars(
            select(OrderLine.total_vnd)
            .join(StallOrder)
            .where(
                OrderLine.product_id == product.id,
                StallOrder.status.in_(DELIVERED_STATES),
            )
        )
    )


def test_amounts_are_exactly_those_of_the_delivered_orders(client, product):
    sell(product, 3)
    sell(product, 2, status=StallOrderStatus.COMPLETED, address=HUE)
    sell(product, 7, status=StallOrderStatus.SHIPPED)
    sell(product, 1, status=StallOrderStatus.CANCELLED)
    sell(ProductFactory(stall=stall_of(product)), 4)
    found = files(client, product)
    for name in ("02-ban-hang-theo-thang", "03-theo-thang-va-tinh", "04-noi-da-giao"):
        assert rows(found[f"{name}.xlsx"])[-1][-3:] == [2, 5, delivered_vnd(product)]
    provinces = {row[0]: row[1:3] for row in rows(found["04-noi-da-giao.xlsx"])[1:-1]}
    assert provinces == {"Huế": [1, 2], "Hà Nội": [1, 3]}


def test_months_are_those_of_vietnam(client, product):
    with time_machine.travel(datetime(2026, 10, 31, 18, 0, tzinfo=UTC), tick=False):
        sell(product, 1)
    months = rows(files(client, product)["02-ban-hang-theo-thang.xlsx"])
    assert months[1][:3] == ["2026-11", 1, 1]


def test_no_buyer_is_in_it(client, product):
    buyer = UserFactory(name="Trần Văn Lộ", email="lo@chophien.example")
    order = sell(product, 2, buyer=buyer, note="Gọi trước khi giao")
    found = files(client, product)
    text = words(found.pop("00-muc-luc.pdf")) + str([rows(each) for each in found.values()])
    where = [ADDRESS[key] for key in ("recipient", "phone", "street", "commune")]
    for secret in (buyer.name, buyer.email, order.note, *where):
        assert secret not in text, secret


def test_the_index_names_every_file_what_it_serves_and_what_is_not_kept(client, product):
    found = files(client, product)
    index = words(found["00-muc-luc.pdf"])
    for name in found:
        assert name == "00-muc-luc.pdf" or name in index.replace(" ", "")
    for told in ("3.4 Tăng trưởng sản xuất kinh doanh", "4.1 Khu vực phân phối chính"):
        assert told in index
    assert "Khuyến mại, hội chợ đã tham gia" in index
    assert "4.3 Quảng bá sản phẩm" in index


def test_words_that_look_like_formulas_stay_words(client, product):
    about = dict(rows(files(client, product)["01-gian-hang-tren-san.xlsx"])[1:])
    assert about["Sản phẩm"] == "=Mật ong"
    assert about["Gian hàng trên sàn"].endswith(f"/gian-hang/{stall_of(product).slug}")
    assert about["Sản phẩm trên sàn"].endswith(f"/san-pham/{product.slug}")


def test_certificates_and_papers_stand_with_their_ends(client, product):
    certificate = CertificateFactory(product=product, expired=True)
    ends = date(2020, 1, 2)
    DocumentFactory(
        stall=stall_of(product), kind=DocumentKind.FOOD_SAFETY, number="ATTP-1", expires_on=ends
    )
    DocumentFactory(stall=stall_of(product), kind=DocumentKind.REPRESENTATIVE_ID, number="CCCD-9")
    found = files(client, product)
    row = rows(found["05-giay-chung-nhan-ocop.xlsx"])[1]
    assert row[3] == certificate.decision_number
    assert row[6:] == [certificate.expires_on, "Đã hết hạn"]
    papers = rows(found["06-giay-to-gian-hang.xlsx"])
    assert ["ATTP-1", ends, "Đã hết hạn"] in [[row[1], row[4], row[5]] for row in papers]
    assert "CCCD-9" not in str(papers)


def test_who_may_have_it(new_client, product):
    helper = MemberFactory(stall=stall_of(product), user=UserFactory(), kind=MemberKind.OPERATOR)
    other = ProductFactory()
    for person, wanted, status in (
        (helper.user, product, 403),
        (manager_of(stall_of(other)), product, 404),
        (manager_of(stall_of(product)), product, 200),
    ):
        client = new_client()
        sign_in(client, person)
        assert client.get(path(wanted)).status_code == status


def test_goods_of_another_stall_are_not_found_under_ones_own(client, product):
    other = ProductFactory()
    sign_in(client, manager_of(stall_of(product)))
    mixed = f"/quan-ly/{stall_of(product).slug}/hang/{other.id}/minh-chung.zip"
    assert client.get(mixed).status_code == 404


def test_demonstration_data_says_so(client, product):
    says = "Đây là dữ liệu minh họa"
    assert says not in words(files(client, product)["00-muc-luc.pdf"])
    with transaction():
        database.session.get(Product, product.id).is_demo = True
    assert says in words(files(client, product)["00-muc-luc.pdf"])


def test_the_certificate_page_leads_to_it(client, product):
    sign_in(client, manager_of(stall_of(product)))
    page = client.get(f"/quan-ly/{stall_of(product).slug}/hang/{product.id}/chung-nhan")
    assert path(product) in page.text


def test_the_number_of_questions_does_not_grow_with_the_orders(client, product, count_queries):
    sell(product, 1)
    files(client, product)
    with count_queries() as before:
        client.get(path(product))
    for _ in range(3):
        sell(product, 1)
    with count_queries() as after:
        client.get(path(product))
    assert len(after) <= len(before)


def test_a_product_without_sales_says_zero(client, product):
    assert rows(files(client, product)["02-ban-hang-theo-thang.xlsx"])[1:] == [["Cộng", 0, 0, 0]]


@pytest.mark.parametrize("number", range(1, 27))
def test_every_set_has_its_criteria_of_growth_and_story(number):
    sheet = bundled_sheet(number)
    for topic in (Topic.GROWTH, Topic.STORY, Topic.ENTITY):
        assert len(criteria_about(sheet, topic)) == 1
    assert criteria_about(sheet, Topic.DISTRIBUTION, Topic.CHAIN)


sales = st.lists(
    st.builds(
        Sale,
        order_id=st.integers(1, 9),
        day=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        province=st.sampled_from(["Huế", "Hà Nội", "Cà Mau"]),
        packs=st.integers(1, 99),
        total_vnd=st.integers(1, 10**12),
    ),
    max_size=30,
)


@given(sales)
def test_however_sales_are_divided_the_sum_is_the_same(drawn):
    whole = summed(drawn, lambda _sale: ("",))
    packs, amount = whole[0][2:] if whole else (0, 0)
    for key in (
        lambda sale: (sale.month,),
        lambda sale: (sale.province,),
        lambda sale: (sale.month, sale.province),
    ):
        parts: list = summed(drawn, key)
        assert sum(row[-1] for row in parts) == amount == sum(sale.total_vnd for sale in drawn)
        assert sum(row[-2] for row in parts) == packs
