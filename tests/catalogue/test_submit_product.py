"""A draft is handed in once it tells buyers what they and the law want to know."""

import pytest

from shop.catalogue.models import ProductStatus
from shop.catalogue.publishing import Missing, missing
from shop.core.outbox import OutboxMessage
from shop.stalls.models import StallStatus
from tests.catalogue.cockpit import actions, again, open_goods
from tests.catalogue.factories import PictureFactory, ProductFactory
from tests.stalls.factories import StallFactory


def draft(**more):
    product = ProductFactory(status=ProductStatus.DRAFT, submitted_at=None, **more)
    PictureFactory(product_id=product.id)
    return product


def test_a_whole_draft_waits_for_a_moderator(client):
    product = draft()
    at = open_goods(client, product)
    assert "Gửi duyệt" in client.get(at).text
    assert client.post(f"{at}/gui").status_code == 303
    kept = again(product)
    assert kept.status == ProductStatus.SUBMITTED
    assert kept.submitted_at is not None
    assert actions(kept) == ["product.submitted"]
    assert "đang xem" in client.get(at).text


@pytest.mark.parametrize(
    ("lack", "words"),
    [
        ({"packs": 0}, "quy cách"),
        ({"ingredients": ""}, "thành phần"),
        ({"shelf_life": " "}, "để được bao lâu"),
        ({"storage": ""}, "bảo quản"),
        ({"summary": ""}, "Giới thiệu"),
    ],
)
def test_what_is_missing_is_said_and_stops_it(client, lack, words):
    product = draft(**lack)
    at = open_goods(client, product)
    page = client.get(at).text
    assert words in page
    assert "Gửi duyệt" not in page
    assert client.post(f"{at}/gui").status_code == 409
    assert again(product).status == ProductStatus.DRAFT


def test_a_draft_without_a_picture_stays(client):
    product = ProductFactory(status=ProductStatus.DRAFT)
    at = open_goods(client, product)
    assert "Thêm ít nhất một ảnh" in client.get(at).text
    assert client.post(f"{at}/gui").status_code == 409


def test_a_stall_that_is_not_open_prepares_only(client):
    product = draft(stall=StallFactory(status=StallStatus.SUBMITTED))
    at = open_goods(client, product)
    assert "khi gian hàng được mở" in client.get(at).text
    assert client.post(f"{at}/gui").status_code == 409
    assert again(product).status == ProductStatus.DRAFT


def test_nothing_is_handed_in_twice(client):
    product = draft()
    at = open_goods(client, product)
    client.post(f"{at}/gui")
    assert client.post(f"{at}/gui").status_code == 409
    assert actions(again(product)) == ["product.submitted"]


def test_a_listing_can_be_taken_back(client):
    product = draft()
    at = open_goods(client, product)
    client.post(f"{at}/gui")
    assert client.post(f"{at}/rut").status_code == 303
    assert again(product).status == ProductStatus.DRAFT
    assert client.post(f"{at}/rut").status_code == 409


def test_a_stall_hides_its_goods_and_shows_them_again(client, db):
    product = ProductFactory()
    slug = product.slug
    at = open_goods(client, product)
    assert client.post(f"{at}/an").status_code == 303
    assert again(product).status == ProductStatus.HIDDEN
    assert client.get(f"/san-pham/{slug}").status_code == 404
    assert client.post(f"{at}/an").status_code == 409
    assert client.post(f"{at}/hien").status_code == 303
    kept = again(product)
    assert kept.status == ProductStatus.PUBLISHED
    assert actions(kept) == ["product.hidden", "product.shown"]
    topics = db.session.scalars(db.select(OutboxMessage.topic)).all()
    assert topics.count("search.product_changed") == 2


@pytest.mark.parametrize("status", [ProductStatus.DRAFT, ProductStatus.SUBMITTED])
def test_showing_is_no_way_around_the_moderator(client, status):
    product = draft()
    product.status = status
    at = open_goods(client, product)
    assert client.post(f"{at}/hien").status_code == 409
    assert again(product).status == status


class Told:
    """Words of a listing, all empty."""

    product_set = 21
    summary = ingredients = storage = shelf_life = ""


def test_crafts_lack_less_than_food():
    told = Told()
    assert missing(told, [], []) == [Missing.SUMMARY, Missing.PACK, Missing.PICTURE]
    told.product_set = 17
    assert set(missing(told, [], [])) == set(Missing)
    told.product_set = 18
    assert len(missing(told, [], [])) == 3


def test_a_pack_that_is_not_on_sale_does_not_count():
    class Pack:
        is_active = False

    assert Missing.PACK in missing(Told(), [Pack()], ["picture"])
