"""A moderator decides once, on what was read, in the own area, never on goods of the own stall."""

import pytest

from shop.catalogue.models import Product, ProductStatus, StagedStatus
from shop.core.outbox import OutboxMessage
from shop.notifications.models import Notification
from shop.stalls.models import StallStatus
from tests.accounts.factories import ModeratorFactory, ScopeFactory, sign_in
from tests.catalogue.cockpit import actions, again, as_manager, as_moderator, as_stranger
from tests.catalogue.factories import PictureFactory, ProductFactory, stored_picture
from tests.certification.factories import CertificateFactory
from tests.queries import assert_queries_stay_flat
from tests.stalls.factories import MemberFactory

QUEUE = "/tham-dinh/san-pham"


def waiting(**more):
    product = ProductFactory(status=ProductStatus.SUBMITTED, published_at=None, **more)
    PictureFactory(product_id=product.id)
    return product


def with_change(**staged):
    product = ProductFactory(name="Mật ong cũ", staged=staged, staged_status=StagedStatus.SUBMITTED)
    PictureFactory(product_id=product.id)
    return product


def decide(client, product, decision, **more):
    data = {"version": str(product.version), "decision": decision, **more}
    return client.post(f"{QUEUE}/{product.id}", data=data)


def test_a_listing_is_published_and_its_stall_told(client, db):
    product = waiting(name="Chè Shan tuyết")
    as_moderator(client)
    page = client.get(f"{QUEUE}/{product.id}").text
    assert "Chè Shan tuyết" in page
    assert "150.000" in page
    assert decide(client, product, "nhan").location == QUEUE
    kept = again(product)
    assert kept.status == ProductStatus.PUBLISHED
    assert kept.published_at is not None
    assert actions(kept) == ["product.published"]
    assert "Chè Shan tuyết" in db.session.scalar(db.select(Notification.subject))
    topics = db.session.scalars(db.select(OutboxMessage.topic)).all()
    assert "search.product_changed" in topics


def test_a_listing_comes_back_with_its_reason(client, db):
    product = waiting()
    as_moderator(client)
    reason = "Ảnh nhãn chưa thấy hạn dùng."
    assert decide(client, product, "tra-lai", reason=reason).status_code == 303
    kept = again(product)
    assert (kept.status, kept.status_reason) == (ProductStatus.RETURNED, reason)
    assert reason in db.session.scalar(db.select(Notification)).data["reason"]
    stall = kept.stall
    at = f"/quan-ly/{stall.slug}/hang"
    client.post("/dang-xuat")
    as_manager(client, stall)
    assert reason in client.get(at).text
    assert reason in client.get(f"{at}/{product.id}").text


def test_a_return_needs_a_reason(client):
    product = waiting()
    as_moderator(client)
    response = decide(client, product, "tra-lai", reason="  ")
    assert response.status_code == 422
    assert "Hãy ghi điều cần sửa" in response.text
    assert again(product).status == ProductStatus.SUBMITTED


def test_what_was_changed_meanwhile_is_read_again(client):
    product = waiting()
    as_moderator(client)
    stale = {"version": str(product.version), "decision": "nhan"}
    product.version += 1
    assert client.post(f"{QUEUE}/{product.id}", data=stale).status_code == 409
    assert client.post(f"{QUEUE}/{product.id}", data={**stale, "version": "x"}).status_code == 409
    assert again(product).status == ProductStatus.SUBMITTED


def test_a_decision_is_made_once(client):
    product = waiting()
    as_moderator(client)
    version = str(product.version)
    for status in (303, 409):
        data = {"version": version, "decision": "nhan"}
        assert client.post(f"{QUEUE}/{product.id}", data=data).status_code == status
    assert actions(again(product)) == ["product.published"]


def test_nothing_of_a_closed_stall_is_published(client):
    product = waiting()
    product.stall.status = StallStatus.SUSPENDED
    as_moderator(client)
    assert decide(client, product, "nhan").status_code == 409
    assert again(product).status == ProductStatus.SUBMITTED


def test_what_lacks_a_picture_is_not_published(client):
    product = ProductFactory(status=ProductStatus.SUBMITTED)
    as_moderator(client)
    assert "Thêm ít nhất một ảnh" in client.get(f"{QUEUE}/{product.id}").text
    assert decide(client, product, "nhan").status_code == 409


def test_a_change_is_shown_before_and_after_and_comes_true(client):
    product = with_change(name="Mật ong mới", product_set=8)
    as_moderator(client)
    page = client.get(f"{QUEUE}/{product.id}").text
    assert "<del" in page
    assert "Mật ong cũ" in page
    assert "Mật ong mới" in page
    decide(client, product, "nhan")
    kept = again(product)
    assert (kept.name, kept.product_set, kept.search_key) == ("Mật ong mới", 8, "mat ong moi")
    assert (kept.staged, kept.staged_status) == (None, None)
    assert kept.status == ProductStatus.PUBLISHED
    assert actions(kept) == ["product.change_accepted"]


def test_a_returned_change_leaves_the_old_text(client):
    product = with_change(name="Mật ong thần dược")
    as_moderator(client)
    decide(client, product, "tra-lai", reason="Không được nói như thuốc.")
    kept = again(product)
    assert (kept.name, kept.status) == ("Mật ong cũ", ProductStatus.PUBLISHED)
    assert kept.staged_status == StagedStatus.RETURNED
    assert kept.staged["name"] == "Mật ong thần dược"


def test_a_change_of_what_is_certified_is_pointed_out(client):
    product = with_change(name="Mật ong mới")
    words = with_change(summary="Ngọt hơn")
    for each in (product, words):
        CertificateFactory(product=each)
    as_moderator(client)
    warning = "đụng tới chứng nhận"
    assert warning in client.get(f"{QUEUE}/{product.id}").text.lower()
    assert warning not in client.get(f"{QUEUE}/{words.id}").text.lower()


def test_new_pictures_take_the_place_of_the_old(client):
    product = ProductFactory()
    PictureFactory(product_id=product.id)
    new_id = stored_picture().id
    product.staged = {"pictures": [{"file_id": new_id, "alt": "Hũ mật trên đá"}]}
    product.staged_status = StagedStatus.SUBMITTED
    as_moderator(client)
    assert client.get(f"{QUEUE}/{product.id}").status_code == 200
    decide(client, product, "nhan")
    kept = again(product)
    assert [(shot.file_id, shot.alt) for shot in kept.pictures] == [(new_id, "Hũ mật trên đá")]


def test_the_queue_holds_the_own_area_oldest_first(client):
    first, second = waiting(name="Gạo nếp nương"), waiting(name="Miến dong")
    first.submitted_at, second.submitted_at = second.submitted_at, first.submitted_at
    ProductFactory(name="Đã bán rồi")
    as_moderator(client, province_code=first.province_code)
    page = client.get(QUEUE).text
    assert page.index("Miến dong") < page.index("Gạo nếp nương")
    assert "Đã bán rồi" not in page


def test_another_area_is_not_found(client):
    product = waiting(name="Của tỉnh khác")
    as_moderator(client, province_code="01")
    assert "Của tỉnh khác" not in client.get(QUEUE).text
    assert client.get(f"{QUEUE}/{product.id}").status_code == 404
    assert decide(client, product, "nhan").status_code == 404
    assert decide(client, product, "tra-lai", reason="Thử").status_code == 404
    assert again(product).status == ProductStatus.SUBMITTED


def test_nobody_decides_on_the_own_stall(client):
    product = waiting(name="Hàng nhà mình")
    person = ModeratorFactory()
    ScopeFactory(user=person)
    MemberFactory(stall=product.stall, user=person)
    sign_in(client, person)
    assert "Hàng nhà mình" not in client.get(QUEUE).text
    page = client.get(f"{QUEUE}/{product.id}").text
    assert "gian hàng của chính bạn" in page
    assert 'name="decision"' not in page
    assert decide(client, product, "nhan").status_code == 403
    assert again(product).status == ProductStatus.SUBMITTED


def test_a_draft_is_nobodys_business(client):
    product = ProductFactory(status=ProductStatus.DRAFT)
    as_moderator(client)
    assert client.get(f"{QUEUE}/{product.id}").status_code == 404


@pytest.mark.parametrize("who", ["buyer", "manager"])
def test_the_desk_is_for_moderators(client, who):
    product = waiting()
    as_manager(client, product.stall) if who == "manager" else as_stranger(client)
    assert client.get(QUEUE).status_code == 403
    assert client.get(f"{QUEUE}/{product.id}").status_code == 403
    assert decide(client, product, "nhan").status_code == 403
    assert again(product).status == ProductStatus.SUBMITTED


def test_the_desk_asks_no_more_as_the_queue_grows(client, db):
    path = f"{QUEUE}/{waiting().id}"
    as_moderator(client)
    for each in (QUEUE, path):
        assert_queries_stay_flat(client, each, lambda: [waiting() for _ in range(3)], db.engine)


def test_the_empty_queue_says_so(client, db):
    as_moderator(client)
    assert "Chưa có gì chờ" in client.get(QUEUE).text
    assert db.session.scalar(db.select(Product)) is None
