"""The stall's answer: one under each review of its goods, which it may word anew."""

import pytest

from shop.catalogue.models import Product, ProductStatus
from shop.core import outbox
from shop.core.audit import history
from shop.core.db import change
from shop.core.errors import InvalidInput, NotFound, WrongState
from shop.orders.models import StallOrderStatus as S
from shop.reviews.models import Review, ReviewStatus
from shop.reviews.operations import answer_review
from shop.stalls.models import MemberKind, Stall
from tests.accounts.factories import UserFactory, sign_in
from tests.catalogue.factories import ProductFactory
from tests.orders.factories import PlacedOrderFactory, first_sku, line_of
from tests.queries import assert_queries_stay_flat
from tests.reviews.factories import ReviewFactory
from tests.stalls.factories import MemberFactory, StallFactory, manager_of


def stall_of(db, review):
    """Return the stall whose goods were reviewed."""
    return db.session.get_one(Stall, db.session.get_one(Product, review.product_id).stall_id)


def test_answers_from_the_list(client, db):
    review = ReviewFactory()
    stall = stall_of(db, review)
    sign_in(client, manager_of(stall))
    assert "1 đánh giá chờ trả lời" in client.get(f"/quan-ly/{stall.slug}/").text
    address = f"/quan-ly/{stall.slug}/danh-gia/{review.id}"
    assert address in client.get(f"/quan-ly/{stall.slug}/danh-gia").text
    assert client.post(address, data={"words": "Cảm ơn chị,\nhẹn mùa sau."}).status_code == 303
    assert address not in client.get(f"/quan-ly/{stall.slug}/danh-gia").text
    assert "hẹn mùa sau" in client.get(f"/quan-ly/{stall.slug}/danh-gia?loc=tat-ca").text
    slug = line_slug(db, review)
    assert "Gian hàng trả lời" in client.get(f"/san-pham/{slug}").text


def line_slug(db, review):
    """Return the address of the reviewed product."""
    return db.session.get_one(Product, review.product_id).slug


def test_the_author_hears_of_the_first_answer_alone(app, db, mailbox):
    review = ReviewFactory()
    stall = stall_of(db, review)
    for words in ("Cảm ơn chị.", "Cảm ơn chị nhiều."):
        answer_review(stall.id, review.id, words)
    outbox.run_until_empty()
    [letter] = [m for m in mailbox if "đã trả lời" in m.subject]
    assert "Cảm ơn chị." in letter.body
    assert db.session.get_one(Review, review.id).answer == "Cảm ơn chị nhiều."
    assert history(review)[-1].data == {"before": "Cảm ơn chị."}


def test_another_stall_cannot_answer(client, db):
    review = ReviewFactory()
    mine = StallFactory()
    sign_in(client, manager_of(mine))
    for slug in (mine.slug, stall_of(db, review).slug):
        address = f"/quan-ly/{slug}/danh-gia/{review.id}"
        assert client.get(address).status_code == 404
        assert client.post(address, data={"words": "Hàng chúng tôi hơn"}).status_code == 404
    with pytest.raises(NotFound):
        answer_review(mine.id, review.id, "Hàng chúng tôi hơn")


def test_an_operating_member_may_answer(client, db):
    review = ReviewFactory()
    stall = stall_of(db, review)
    member = MemberFactory(stall=stall, user=UserFactory(), kind=MemberKind.OPERATOR)
    sign_in(client, member.user)
    address = f"/quan-ly/{stall.slug}/danh-gia/{review.id}"
    assert client.post(address, data={"words": "Cảm ơn chị"}).status_code == 303


@pytest.mark.parametrize("words", ["", "   ", "x" * 1001])
def test_an_answer_has_words_and_an_end(client, db, words):
    review = ReviewFactory()
    stall = stall_of(db, review)
    sign_in(client, manager_of(stall))
    address = f"/quan-ly/{stall.slug}/danh-gia/{review.id}"
    assert client.post(address, data={"words": words}).status_code == 422
    with pytest.raises(InvalidInput):
        answer_review(stall.id, review.id, words)


def test_a_hidden_review_is_not_answered(client, db):
    review = ReviewFactory()
    change(db.update(Review).values(status=ReviewStatus.HIDDEN))
    stall = stall_of(db, review)
    sign_in(client, manager_of(stall))
    assert client.get(f"/quan-ly/{stall.slug}/danh-gia/{review.id}").status_code == 404
    with pytest.raises(WrongState):
        answer_review(stall.id, review.id, "Cảm ơn")


def test_the_list_asks_no_more_of_the_database_for_more_reviews(client, db):
    sku = first_sku(ProductFactory())

    def add():
        ReviewFactory(line=line_of(PlacedOrderFactory(skus=[(sku, 1)], status=S.DELIVERED)))

    add()
    stall = db.session.get_one(Stall, sku.stall_id)
    sign_in(client, manager_of(stall))
    assert_queries_stay_flat(client, f"/quan-ly/{stall.slug}/danh-gia", add, db.engine)


def test_reviews_of_goods_no_longer_sold_lead_nowhere(client, db):
    review = ReviewFactory()
    stall = stall_of(db, review)
    sign_in(client, manager_of(stall))
    change(db.update(Product).values(status=ProductStatus.HIDDEN))
    for path in (f"/quan-ly/{stall.slug}/danh-gia", f"/danh-gia/{review.id}/bao-cao"):
        assert "/san-pham/" not in client.get(path).text
