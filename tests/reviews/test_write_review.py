"""Writing and changing a review: an own delivered line, once, for a while."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from PIL import Image

from shop.accounts.models import User
from shop.catalogue.models import Product
from shop.core import clock, outbox
from shop.core.audit import history
from shop.core.db import change
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from shop.orders.models import OrderLine
from shop.orders.models import StallOrderStatus as S
from shop.reviews.checks import check_reviews
from shop.reviews.models import Review, ReviewPicture, ReviewStatus
from shop.reviews.operations import Said, edit_review, write_review
from shop.stalls.models import Stall
from tests.accounts.factories import UserFactory, sign_in
from tests.catalogue.factories import ProductFactory
from tests.orders.factories import PlacedOrderFactory, buyer_of, first_sku, line_of, part_of
from tests.reviews.factories import ReviewFactory
from tests.stalls.factories import MemberFactory, StallFactory, manager_of


def photo(size=(300, 200)):
    """Return the bytes of a JPEG."""
    out = io.BytesIO()
    Image.new("RGB", size, "gold").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def delivered(app):
    """Give an order that has been delivered."""
    return PlacedOrderFactory(status=S.DELIVERED)


def rating_of(db, product_id):
    """Return the sum and the number of a product's ratings as its cards show them."""
    product = db.session.get_one(Product, product_id, populate_existing=True)
    return product.rating_sum, product.rating_count


def test_keeps_rating_words_and_pictures(delivered, client, db):
    line = line_of(delivered)
    buyer = sign_in(client, buyer_of(delivered))
    assert "Viết đánh giá" in buyer.get(f"/don-hang/{delivered.code}").text
    data = {"rating": "4", "words": "Ngon,\nthơm.", "pictures": (io.BytesIO(photo()), "a.jpg")}
    assert client.post(f"/danh-gia/viet/{line.id}", data=data).status_code == 303
    review = db.session.scalars(db.select(Review)).one()
    assert (review.rating, review.words, review.author_id) == (
        4,
        "Ngon,\nthơm.",
        delivered.buyer_id,
    )
    assert rating_of(db, line.product_id) == (4, 1)
    text = client.get(f"/san-pham/{line.product_slug}").text
    assert "4/5 · Tốt" in text
    assert 'alt="Ảnh của' in text
    assert check_reviews() == []


@pytest.mark.parametrize("status", [S.PLACED, S.CONFIRMED, S.PACKED, S.SHIPPED, S.CANCELLED])
def test_refuses_what_was_not_delivered(client, db, status):
    order = PlacedOrderFactory(status=status)
    line = line_of(order)
    browser = sign_in(client, buyer_of(order))
    assert f"/danh-gia/viet/{line.id}" not in browser.get(f"/don-hang/{order.code}").text
    assert client.post(f"/danh-gia/viet/{line.id}", data={"rating": "5"}).status_code == 404
    with pytest.raises(WrongState):
        write_review(order.buyer_id, line.id, Said(5))
    assert db.session.scalar(db.select(Review.id)) is None


def test_refuses_somebody_elses_line(delivered, client, db):
    sign_in(client, UserFactory())
    address = f"/danh-gia/viet/{line_of(delivered).id}"
    assert client.get(address).status_code == 404
    assert client.post(address, data={"rating": "1"}).status_code == 404
    with pytest.raises(NotFound):
        write_review(UserFactory().id, line_of(delivered).id, Said(1))


def test_refuses_a_second_review_of_the_same_line(delivered, db):
    review = ReviewFactory(line=line_of(delivered))
    with pytest.raises(WrongState):
        write_review(delivered.buyer_id, line_of(delivered).id, Said(1))
    assert rating_of(db, review.product_id) == (5, 1)


def test_takes_a_review_for_each_time_it_was_bought(app, db):
    sku, buyer = first_sku(ProductFactory()), UserFactory()
    orders = [PlacedOrderFactory(buyer=buyer, skus=[(sku, 1)], status=S.DELIVERED) for _ in "ab"]
    for order in orders:
        ReviewFactory(line=line_of(order), rating=3)
    assert rating_of(db, sku.product_id) == (6, 2)


def test_nobody_reviews_the_goods_of_a_stall_he_works_for(app, db):
    manager = UserFactory()
    sku = first_sku(ProductFactory(stall=StallFactory(manager=manager)))
    order = PlacedOrderFactory(buyer=manager, skus=[(sku, 1)], status=S.DELIVERED)
    with pytest.raises(Forbidden):
        write_review(manager.id, line_of(order).id, Said(5))
    assert rating_of(db, sku.product_id) == (0, 0)


def test_nor_who_came_to_work_there_after_buying(delivered, client, db):
    stall = db.session.get_one(Stall, part_of(delivered).stall_id)
    MemberFactory(stall=stall, user=buyer_of(delivered))
    browser = sign_in(client, buyer_of(delivered))
    line = line_of(delivered)
    assert f"/danh-gia/viet/{line.id}" not in browser.get(f"/don-hang/{delivered.code}").text
    response = client.post(f"/danh-gia/viet/{line.id}", data={"rating": "5"})
    assert response.status_code == 403
    assert "Bạn làm việc cho gian hàng này" in response.text


def test_nor_changes_the_review_written_before_coming_to_work_there(delivered, db):
    review = ReviewFactory(line=line_of(delivered), rating=2)
    stall = db.session.get_one(Stall, part_of(delivered).stall_id)
    MemberFactory(stall=stall, user=buyer_of(delivered))
    with pytest.raises(Forbidden):
        edit_review(delivered.buyer_id, review.order_line_id, Said(5))
    assert rating_of(db, review.product_id) == (2, 1)
    assert check_reviews() == []


@pytest.mark.parametrize("rating", ["0", "6", "-1", "5.5", "", "năm"])
def test_refuses_a_rating_that_is_none(delivered, client, db, rating):
    sign_in(client, buyer_of(delivered))
    data = {"rating": rating, "words": "Giữ lời tôi"}
    response = client.post(f"/danh-gia/viet/{line_of(delivered).id}", data=data)
    assert response.status_code == 422
    assert "Giữ lời tôi" in response.text
    assert db.session.scalar(db.select(Review.id)) is None


@pytest.mark.parametrize("rating", [0, 6])
def test_the_use_case_refuses_it_too(delivered, rating):
    with pytest.raises(InvalidInput):
        write_review(delivered.buyer_id, line_of(delivered).id, Said(rating))


def test_refuses_a_fifth_picture_and_what_is_no_picture(delivered, client, db):
    sign_in(client, buyer_of(delivered))
    address = f"/danh-gia/viet/{line_of(delivered).id}"
    five = [(io.BytesIO(photo()), f"{n}.jpg") for n in range(5)]
    response = client.post(address, data={"rating": "5", "pictures": five})
    assert (response.status_code, "nhiều nhất 4 ảnh" in response.text) == (422, True)
    script = (io.BytesIO(b"<svg onload=alert(1)>"), "a.svg")
    assert client.post(address, data={"rating": "5", "pictures": script}).status_code == 422
    assert db.session.scalar(db.select(Review.id)) is None


def test_changes_words_rating_and_pictures(delivered, client, db):
    review = ReviewFactory(line=line_of(delivered), pictures=[photo(), photo()])
    first, second = db.session.scalars(db.select(ReviewPicture.id).order_by(ReviewPicture.id)).all()
    sign_in(client, buyer_of(delivered))
    address = f"/danh-gia/viet/{review.order_line_id}"
    assert "Mật thơm" in client.get(address).text
    more = [(io.BytesIO(photo()), f"{n}.jpg") for n in range(2)]
    data = {"rating": "2", "words": "Lần sau kém hơn", "dropped": [str(first)], "pictures": more}
    assert client.post(address, data=data).status_code == 303
    db.session.refresh(review)
    assert (review.rating, review.words) == (2, "Lần sau kém hơn")
    kept = db.session.scalars(db.select(ReviewPicture.id)).all()
    assert (len(kept), first in kept, second in kept) == (3, False, True)
    assert rating_of(db, review.product_id) == (2, 1)
    [_written, edited] = history(review)
    assert edited.data["before"] == {"rating": 5, "words": "Mật thơm, đóng gói cẩn thận."}


def test_cannot_grow_past_four_pictures(delivered, db):
    review = ReviewFactory(line=line_of(delivered), pictures=[photo()] * 3)
    with pytest.raises(InvalidInput):
        edit_review(delivered.buyer_id, review.order_line_id, Said(5, pictures=[photo()] * 2))
    count = db.session.scalar(db.select(db.func.count()).select_from(ReviewPicture))
    assert count == 3


def test_cannot_drop_the_pictures_of_another_review(app, db):
    other = ReviewFactory(pictures=[photo()])
    mine = ReviewFactory()
    picture_id = db.session.scalars(db.select(ReviewPicture.id)).one()
    edit_review(mine.author_id, mine.order_line_id, Said(5, dropped=frozenset({picture_id})))
    assert db.session.get(ReviewPicture, picture_id).review_id == other.id


def make_older(db, review, days):
    """Let a review have been written some days ago."""
    long_ago = clock.now() - timedelta(days=days)
    change(db.update(Review).where(Review.id == review.id).values(created_at=long_ago))


def test_can_be_changed_for_thirty_days(delivered, client, db):
    review = ReviewFactory(line=line_of(delivered))
    make_older(db, review, 29)
    edit_review(delivered.buyer_id, review.order_line_id, Said(4))
    make_older(db, review, 31)
    with pytest.raises(WrongState):
        edit_review(delivered.buyer_id, review.order_line_id, Said(1))
    text = sign_in(client, buyer_of(delivered)).get(f"/danh-gia/viet/{review.order_line_id}").text
    assert "Đánh giá chỉ sửa được trong 30 ngày" in text
    assert 'name="rating"' not in text


def test_what_is_hidden_cannot_be_changed(delivered, db):
    review = ReviewFactory(line=line_of(delivered))
    change(db.update(Review).values(status=ReviewStatus.HIDDEN))
    with pytest.raises(WrongState):
        edit_review(delivered.buyer_id, review.order_line_id, Said(1))


def test_the_stall_hears_of_it_once(delivered, db, mailbox):
    ReviewFactory(line=line_of(delivered), rating=3)
    outbox.run_until_empty()
    db.session.execute(db.update(outbox.OutboxMessage).values(delivered_at=None))
    db.session.commit()
    outbox.run_until_empty()
    manager = manager_of(db.session.get_one(Stall, part_of(delivered).stall_id))
    told = [m for m in mailbox if m.to == [manager.email] and "Đánh giá cho" in m.subject]
    assert len(told) == 1
    assert "Mật thơm" in told[0].body


def test_words_are_shown_as_they_were_typed(delivered, client, db):
    ReviewFactory(line=line_of(delivered), words="<script>alert(1)</script> {{ 7*7 }}")
    text = client.get(f"/san-pham/{line_of(delivered).product_slug}", judge=False).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in text


def test_the_author_is_named_shortly(delivered, client, db):
    change(db.update(User).where(User.id == delivered.buyer_id).values(name="Nguyễn Thị Hương"))
    ReviewFactory(line=line_of(delivered))
    text = client.get(f"/san-pham/{line_of(delivered).product_slug}").text
    assert "Hương N." in text
    assert "Nguyễn Thị Hương" not in text


def at_once(app, deeds):
    """Do several things at the same moment; return what became of each."""
    start = Barrier(len(deeds))

    def act(deed):
        with app.app_context():
            start.wait(timeout=10)
            try:
                deed()
            except WrongState:
                return "refused"
            finally:
                app.extensions["sqlalchemy"].session.remove()
            return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(act, deeds))


def test_many_at_once_leave_the_right_sums(app, db):
    sku = first_sku(ProductFactory())
    orders = [PlacedOrderFactory(skus=[(sku, 1)], status=S.DELIVERED) for _ in range(6)]
    lines = [(order.buyer_id, line_of(order).id) for order in orders]
    product_id = sku.product_id
    db.session.commit()
    deeds = [
        lambda pair=pair, rating=rating: write_review(pair[0], pair[1], Said(rating))
        for rating, pair in zip((1, 2, 3, 4, 5, 5), lines, strict=True)
    ]
    assert at_once(app, deeds) == ["done"] * 6
    db.session.expire_all()
    assert rating_of(db, product_id) == (20, 6)
    assert check_reviews() == []


def test_the_same_line_twice_at_once_gives_one_review(delivered, app, db):
    author_id, line_id = delivered.buyer_id, line_of(delivered).id
    product_id = db.session.get_one(OrderLine, line_id).product_id
    db.session.commit()
    done = at_once(app, [lambda: write_review(author_id, line_id, Said(4))] * 3)
    assert sorted(done) == ["done", "refused", "refused"]
    db.session.expire_all()
    assert rating_of(db, product_id) == (4, 1)
