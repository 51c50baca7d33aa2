"""Reviews on the page of a product: how they spread, page by page, never as stars."""

import pytest
from bs4 import BeautifulSoup

from shop.catalogue.models import Product
from shop.core.db import change
from shop.orders.models import StallOrder
from shop.orders.models import StallOrderStatus as S
from shop.reviews.checks import check_reviews
from shop.reviews.models import Review, ReviewStatus
from shop.reviews.reviewing import public_name
from shop.stalls.models import StallMember
from tests.accounts.factories import UserFactory
from tests.catalogue.factories import ProductFactory
from tests.orders.factories import PlacedOrderFactory, first_sku, line_of
from tests.queries import assert_queries_stay_flat
from tests.reviews.factories import ReviewFactory


def review(sku, rating=5, words="Ngon."):
    """Return a review of a product by a new buyer."""
    line = line_of(PlacedOrderFactory(skus=[(sku, 1)], status=S.DELIVERED))
    return ReviewFactory(line=line, rating=rating, words=words)


@pytest.fixture
def sku(app):
    """Give the pack of a product with much stock."""
    return first_sku(ProductFactory(packs__stock=50))


def page_of(client, db, sku, query=""):
    """Return the part of the product's page that shows its reviews."""
    slug = db.session.get_one(Product, sku.product_id).slug
    page = BeautifulSoup(client.get(f"/san-pham/{slug}{query}").text, "html.parser")
    return page.select_one("#danh-gia")


def test_says_so_when_there_is_none(client, db, sku):
    assert "Chưa có đánh giá nào" in page_of(client, db, sku).get_text()


def test_shows_how_they_spread(client, db, sku):
    for rating in (5, 5, 4, 1):
        review(sku, rating)
    part = page_of(client, db, sku)
    assert "3,8/5 · 4 đánh giá" in " ".join(part.get_text().split())
    assert [meter["value"] for meter in part.select("meter")] == ["2", "1", "0", "0", "1"]
    assert not part.select(".seal, svg[class*=star]")


def test_shows_ten_a_page_the_newest_first(client, db, sku):
    for number in range(11):
        review(sku, words=f"Lời số {number}!")
    first, second = (page_of(client, db, sku, f"?trang_danh_gia={n}") for n in (1, 2))
    assert [a.get_text().count("Lời số") for a in (first, second)] == [10, 1]
    assert "Lời số 10!" in first.get_text()
    assert "Lời số 0!" in second.get_text()
    links = [a["href"] for a in first.select(".pagination a")]
    assert all(link.endswith("#danh-gia") for link in links)


def test_asks_no_more_of_the_database_for_more_reviews(client, db, sku):
    review(sku)
    slug = db.session.get_one(Product, sku.product_id).slug
    assert_queries_stay_flat(client, f"/san-pham/{slug}", lambda: review(sku), db.engine)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nguyễn Thị Hương", "Hương N."),
        ("Đặng Ánh", "Ánh Đ."),
        ("Vừ", "Vừ"),
        ("  ơ  Ê Ban ", "Ban Ơ."),
    ],
)
def test_a_name_is_shortened_as_people_call_each_other(name, shown):
    assert public_name(name) == shown


FAULTS = [
    (Product, {"rating_sum": 4}, "ratings say 4 of 1, reviews say 5 of 1"),
    (Product, {"rating_count": 0}, "ratings say 5 of 0"),
    (Review, {"status": ReviewStatus.HIDDEN}, "is hidden without a record"),
    (StallOrder, {"status": S.SHIPPED}, "is of goods not delivered"),
]


@pytest.mark.parametrize(("table", "values", "words"), FAULTS)
def test_the_doctor_sees_a_fault(app, db, sku, table, values, words):
    review(sku)
    assert check_reviews() == []
    change(db.update(table).values(values))
    assert any(words in line for line in check_reviews())


def test_the_doctor_sees_who_may_not_have_written(app, db, sku):
    written = review(sku)
    other = first_sku(ProductFactory())
    change(db.update(Review).values(author_id=UserFactory().id, product_id=other.product_id))
    change(
        db.update(StallMember)
        .where(StallMember.stall_id == sku.stall_id)
        .values(
            user_id=db.select(Review.author_id).scalar_subquery(), created_at=written.created_at
        )
    )
    told = " ".join(check_reviews())
    assert "is not by the buyer of its line" in told
    assert "stands under another product" in told
    assert "is by somebody of the stall" in told
