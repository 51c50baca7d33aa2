"""A draft is written freely; what buyers see changes only when a moderator has agreed."""

import pytest

from shop.catalogue.models import Product, ProductStatus, StagedStatus
from tests.catalogue.cockpit import PACK, WORDS, actions, again, as_helper, as_manager, open_goods
from tests.catalogue.factories import PictureFactory, ProductFactory, SkuFactory
from tests.certification.factories import CertificateFactory
from tests.stalls.factories import StallFactory


def with_picture(**more):
    product = ProductFactory(**more)
    PictureFactory(product_id=product.id)
    return product


@pytest.mark.parametrize("who", [as_manager, as_helper])
def test_a_new_product_is_a_draft_in_the_place_of_its_stall(client, db, who):
    stall = StallFactory()
    at = f"/quan-ly/{stall.slug}/hang"
    who(client, stall)
    response = client.post(f"{at}/moi", data=WORDS)
    product = db.session.scalar(db.select(Product))
    assert response.location.endswith(f"/hang/{product.id}/quy-cach")
    assert (product.status, product.slug) == (ProductStatus.DRAFT, "mat-ong-bac-ha-meo-vac")
    assert (product.province_code, product.season_months) == (stall.province_code, "10,11")
    assert (product.search_key, product.ingredients) == ("mat ong bac ha meo vac", "100 % mật ong")
    assert actions(product) == ["product.created"]


def test_a_refused_form_keeps_what_was_typed(client, db):
    stall = StallFactory()
    at = f"/quan-ly/{stall.slug}/hang/moi"
    as_manager(client, stall)
    response = client.post(at, data={**WORDS, "name": "M", "product_set": "26"})
    assert response.status_code == 422
    assert "Ong lấy mật trên đá." in response.text
    assert 'value="10" checked' in response.text or "checked" in response.text
    assert db.session.scalar(db.select(Product)) is None


def test_two_products_of_one_name_have_two_addresses(client, db):
    stall = StallFactory()
    at = f"/quan-ly/{stall.slug}/hang/moi"
    as_manager(client, stall)
    for _ in range(2):
        assert client.post(at, data=WORDS).status_code == 303
    slugs = db.session.scalars(db.select(Product.slug).order_by(Product.id)).all()
    assert slugs[0] == "mat-ong-bac-ha-meo-vac"
    assert slugs[1].startswith("mat-ong-bac-ha-meo-vac-")


def test_a_draft_changes_at_once(client):
    product = ProductFactory(status=ProductStatus.DRAFT)
    at = open_goods(client, product)
    assert client.post(at, data=WORDS).status_code == 303
    kept = again(product)
    assert (kept.name, kept.staged) == (WORDS["name"], None)
    assert actions(kept) == ["product.edited"]


@pytest.mark.parametrize("status", [ProductStatus.PUBLISHED, ProductStatus.HIDDEN])
def test_what_a_moderator_let_in_changes_beside_the_old_text(client, status):
    product = with_picture(name="Mật ong cũ", status=status)
    at = open_goods(client, product)
    assert "Lưu và gửi" in client.get(at).text
    client.post(at, data=WORDS)
    kept = again(product)
    assert (kept.name, kept.staged["name"]) == ("Mật ong cũ", WORDS["name"])
    assert kept.staged_status == StagedStatus.SUBMITTED
    assert kept.season_months == "10,11"
    page = client.get(at).text
    assert 'value="Mật ong bạc hà Mèo Vạc"' in page
    assert "Thay đổi đang chờ" in page


def test_the_old_words_again_undo_the_change(client):
    product = with_picture()
    at = open_goods(client, product)
    old = {**WORDS, "name": product.name, "summary": product.summary}
    old |= {name: getattr(product, name) for name in ("description", "ingredients", "storage")}
    old["shelf_life"] = product.shelf_life
    client.post(at, data=WORDS)
    client.post(at, data=old)
    kept = again(product)
    assert (kept.staged, kept.staged_status) == (None, None)


def test_a_change_can_be_dropped(client):
    product = with_picture()
    at = open_goods(client, product)
    client.post(at, data=WORDS)
    assert client.post(f"{at}/bo-thay-doi").status_code == 303
    assert again(product).staged is None
    assert client.post(f"{at}/bo-thay-doi").status_code == 409


def test_food_on_sale_cannot_lose_what_the_law_wants(client):
    product = with_picture()
    at = open_goods(client, product)
    response = client.post(at, data={**WORDS, "ingredients": ""})
    assert response.status_code == 422
    assert "Ghi rõ thành phần" in response.text
    assert again(product).staged is None


def test_crafts_need_no_ingredients(client):
    product = with_picture(product_set=21)
    at = open_goods(client, product)
    crafts = {**WORDS, "product_set": "21", "ingredients": "", "storage": "", "shelf_life": ""}
    assert client.post(at, data=crafts).status_code == 303


def test_the_form_warns_of_a_living_certificate(client):
    product = with_picture()
    at = open_goods(client, product)
    assert "chứng nhận OCOP còn hạn" not in client.get(at).text
    CertificateFactory(product=again(product))
    assert "chứng nhận OCOP còn hạn" in client.get(at).text


def test_hidden_fields_cannot_reach_what_is_not_asked(client):
    product = ProductFactory(status=ProductStatus.DRAFT)
    at = open_goods(client, product)
    extra = {"status": "published", "stall_id": "1", "slug": "x", "rating_sum": "99", "stars": "5"}
    client.post(at, data={**WORDS, **extra})
    kept = again(product)
    assert (kept.status, kept.rating_sum) == (ProductStatus.DRAFT, 0)
    assert kept.slug != "x"


PAGES = ["", "/quy-cach", "/quy-cach/moi", "/anh", "/kho", "/chung-nhan"]
DEEDS = ["", "/gui", "/rut", "/an", "/hien", "/bo-thay-doi", "/quy-cach/moi", "/anh", "/anh/loi-ta"]


def test_goods_of_another_stall_are_not_found(client):
    product = ProductFactory(name="Hàng người khác")
    own = StallFactory()
    at = f"/quan-ly/{own.slug}/hang/{product.id}"
    as_manager(client, own)
    for page in PAGES:
        assert client.get(at + page).status_code == 404, page
    for deed in DEEDS:
        assert client.post(at + deed, data={**WORDS, **PACK}).status_code == 404, deed
    assert again(product).name == "Hàng người khác"


def test_the_cockpit_of_another_stall_is_not_found(client):
    product, own = ProductFactory(), StallFactory()
    at = f"/quan-ly/{product.stall.slug}/hang/{product.id}"
    as_manager(client, own)
    for page in PAGES:
        assert client.get(at + page).status_code == 404
    assert client.post(at, data=WORDS).status_code == 404


def test_a_pack_of_another_product_is_not_found(client):
    product = ProductFactory()
    other = SkuFactory()
    other_id = other.id
    at = open_goods(client, product)
    assert client.get(f"{at}/quy-cach/{other_id}").status_code == 404
    assert client.post(f"{at}/quy-cach/{other_id}", data=PACK).status_code == 404
