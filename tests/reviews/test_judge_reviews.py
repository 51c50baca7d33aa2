"""Reports and what a moderator decides on them, with a ground of law and on record."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from shop.accounts.models import Role, User
from shop.catalogue.models import Product
from shop.core import outbox
from shop.core.audit import history
from shop.core.context import acting_as
from shop.core.db import change
from shop.core.errors import Forbidden, InvalidInput, NotFound, TooOften, WrongState
from shop.reviews.checks import check_reviews
from shop.reviews.models import ReportReason, ReportStatus, Review, ReviewReport, ReviewStatus
from shop.reviews.operations import Said, Verdict, decide_reports, edit_review, fingerprint
from shop.reviews.reasons import HidingReason
from shop.stalls.models import Stall
from tests.accounts.factories import (
    ModeratorFactory,
    ScopeFactory,
    UserFactory,
    floor_moderator,
    sign_in,
)
from tests.reviews.factories import ReviewFactory, report
from tests.stalls.factories import HA_NOI, TUYEN_QUANG, MemberFactory

RULE = "Lộ số điện thoại của người khác."


def hide(moderator, review, **kwargs):
    """Hide a review as it stands now."""
    seen = kwargs.get("seen", fingerprint(review))
    with acting_as(moderator.actor):
        return decide_reports(moderator, review.id, Verdict(seen, RULE, HidingReason.PERSONAL_DATA))


def keep(moderator, review):
    """Let a review stand."""
    with acting_as(moderator.actor):
        return decide_reports(moderator, review.id, Verdict(fingerprint(review), RULE))


def product_of(db, review):
    """Return the reviewed product as it is now."""
    return db.session.get_one(Product, review.product_id, populate_existing=True)


def test_anyone_signed_in_reports_once(client, db):
    review = ReviewFactory()
    slug = product_of(db, review).slug
    assert client.get(f"/danh-gia/{review.id}/bao-cao").status_code == 303
    sign_in(client, UserFactory())
    address = f"/danh-gia/{review.id}/bao-cao"
    assert address in client.get(f"/san-pham/{slug}").text
    data = {"reason": "personal_data", "words": "Có số điện thoại của tôi"}
    assert client.post(address, data=data).status_code == 303
    response = client.post(address, data=data)
    assert response.status_code == 409
    assert "đã báo cáo đánh giá này rồi" in response.text
    assert db.session.scalar(db.select(db.func.count()).select_from(ReviewReport)) == 1
    assert db.session.get_one(Review, review.id).status == ReviewStatus.SHOWN


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"words": "Giữ lời tôi"}, "Xin chọn điều không ổn."),
        ({"reason": "ugly", "words": "Giữ lời tôi"}, "Giữ lời tôi"),
        ({"reason": "other"}, "Xin cho biết điều gì không ổn."),
    ],
)
def test_a_report_needs_a_reason(client, db, data, words):
    review = ReviewFactory()
    sign_in(client, UserFactory())
    response = client.post(f"/danh-gia/{review.id}/bao-cao", data=data)
    assert response.status_code == 422
    assert words in response.text


def test_nobody_reports_his_own_or_a_hidden_one(app, db):
    review = ReviewFactory()
    with pytest.raises(Forbidden):
        report(review, db.session.get_one(User, review.author_id))
    change(db.update(Review).values(status=ReviewStatus.HIDDEN))
    with pytest.raises(NotFound):
        report(review)


def test_reports_are_not_made_by_the_hundred(app):
    reporter = UserFactory()
    review = ReviewFactory()
    report(review, reporter)
    for _ in range(19):
        with pytest.raises(WrongState):
            report(review, reporter)
    with pytest.raises(TooOften):
        report(review, reporter)


def test_hides_on_a_ground_and_takes_it_out_of_the_sums(client, db, mailbox):
    review = ReviewFactory(rating=1)
    reporters = [report(review), report(review, reason=ReportReason.INSULT)]
    moderator = floor_moderator()
    sign_in(client, moderator)
    assert "Đánh giá bị báo cáo" in client.get("/tham-dinh/").text
    page = client.get("/tham-dinh/danh-gia", follow_redirects=True)
    assert page.request.path == f"/tham-dinh/danh-gia/{review.id}"
    assert page.text.count("Có số điện thoại của tôi") == 2
    data = {"seen": fingerprint(review), "ground": "personal_data", "words": RULE}
    assert client.post(f"/tham-dinh/danh-gia/{review.id}/an", data=data).status_code == 303
    db.session.refresh(review)
    assert (review.status, review.hidden_reason) == (ReviewStatus.HIDDEN, "personal_data")
    assert (product_of(db, review).rating_sum, product_of(db, review).rating_count) == (0, 0)
    entry = history(review)[-1]
    assert (entry.action, entry.actor_id) == ("review.hidden", moderator.id)
    assert (entry.data["ground"], entry.data["words"]) == ("personal_data", RULE)
    assert check_reviews() == []
    outbox.run_until_empty()
    told = {m.to[0] for m in mailbox if "ẩn" in m.subject}
    assert told == {reporters[0].email, reporters[1].email, author_of(db, review).email}
    assert all("Căn cứ: Làm lộ dữ liệu cá nhân" in m.body for m in mailbox if "ẩn" in m.subject)


def author_of(db, review):
    """Return who wrote a review."""
    return db.session.get_one(User, review.author_id)


def test_what_is_hidden_is_gone_from_the_page_and_shown_to_its_author(client, db, new_client):
    review = ReviewFactory(words="Lời này sẽ bị ẩn")
    report(review)
    hide(floor_moderator(), review)
    assert "Lời này sẽ bị ẩn" not in client.get(f"/san-pham/{product_of(db, review).slug}").text
    author = sign_in(new_client(), author_of(db, review))
    text = author.get(f"/danh-gia/viet/{review.order_line_id}").text
    assert "đã ẩn đánh giá của bạn: Làm lộ dữ liệu cá nhân" in text


def test_lets_it_stand_and_tells_all(client, db, mailbox):
    review = ReviewFactory()
    reporter = report(review)
    sign_in(client, floor_moderator())
    data = {"seen": fingerprint(review), "words": "Chỉ là lời chê hàng."}
    assert client.post(f"/tham-dinh/danh-gia/{review.id}/giu", data=data).status_code == 303
    outbox.run_until_empty()
    told = {m.to[0] for m in mailbox if "giữ lại" in m.subject}
    assert told == {reporter.email, author_of(db, review).email}
    assert db.session.get_one(Review, review.id).status == ReviewStatus.SHOWN
    assert db.session.scalars(db.select(ReviewReport.status)).all() == [ReportStatus.DISMISSED]
    assert "Không có báo cáo nào chờ" in client.get("/tham-dinh/danh-gia").text


@pytest.mark.parametrize(
    "data",
    [
        {"words": RULE},
        {"words": RULE, "ground": "dislike"},
        {"words": "Xấu", "ground": "honour"},
        {"words": "", "ground": "honour"},
    ],
)
def test_hiding_needs_a_ground_and_a_sentence(client, db, data):
    review = ReviewFactory()
    report(review)
    sign_in(client, floor_moderator())
    data = {"seen": fingerprint(review), **data}
    assert client.post(f"/tham-dinh/danh-gia/{review.id}/an", data=data).status_code == 422
    assert db.session.get_one(Review, review.id).status == ReviewStatus.SHOWN


def test_the_decision_is_on_what_was_read(app, db):
    review = ReviewFactory()
    report(review)
    seen = fingerprint(review)
    edit_review(review.author_id, review.order_line_id, Said(5, "Đã bỏ số điện thoại."))
    with pytest.raises(WrongState):
        hide(floor_moderator(), review, seen=seen)
    assert db.session.get_one(Review, review.id).status == ReviewStatus.SHOWN


def test_what_is_decided_is_not_decided_again(app):
    review = ReviewFactory()
    report(review)
    keep(floor_moderator(), review)
    with pytest.raises(WrongState):
        hide(floor_moderator(), review)


def test_a_moderator_decides_within_her_province_alone(client, db):
    review = ReviewFactory()
    report(review)
    near, far = ModeratorFactory(), ModeratorFactory()
    ScopeFactory(user=near, province_code=TUYEN_QUANG)
    ScopeFactory(user=far, province_code=HA_NOI)
    sign_in(client, far)
    assert client.get(f"/tham-dinh/danh-gia/{review.id}").status_code == 404
    data = {"seen": fingerprint(review), "ground": "honour", "words": RULE}
    assert client.post(f"/tham-dinh/danh-gia/{review.id}/an", data=data).status_code == 404
    with pytest.raises(NotFound):
        hide(far, review)
    hide(near, review)


def test_nobody_judges_in_his_own_matter(app, db):
    review = ReviewFactory()
    reporter, member, author = floor_moderator(), floor_moderator(), author_of(db, review)
    report(review, reporter)
    MemberFactory(stall=db.session.get_one(Stall, product_of(db, review).stall_id), user=member)
    author.role = Role.MODERATOR
    ScopeFactory(user=author)
    db.session.commit()
    for party in (reporter, member, author):
        with pytest.raises(Forbidden):
            hide(party, review)
    assert db.session.get_one(Review, review.id).status == ReviewStatus.SHOWN


def test_a_review_that_nobody_reported_is_no_case(client, db):
    review = ReviewFactory()
    sign_in(client, floor_moderator())
    assert client.get(f"/tham-dinh/danh-gia/{review.id}").status_code == 404


def test_a_buyer_has_no_way_to_the_desk(client, app):
    sign_in(client, UserFactory())
    assert client.get("/tham-dinh/danh-gia").status_code == 403


def test_a_decision_without_words_is_no_decision(app):
    review = ReviewFactory()
    report(review)
    with pytest.raises(InvalidInput):
        decide_reports(floor_moderator(), review.id, Verdict(fingerprint(review), " xấu "))


def test_two_moderators_at_once_decide_once(app, db):
    review = ReviewFactory()
    report(review)
    ids = [floor_moderator().id, floor_moderator().id]
    review_id, seen = review.id, fingerprint(review)
    db.session.commit()
    start = Barrier(2)

    def act(moderator_id):
        with app.app_context():
            moderator = db.session.get_one(User, moderator_id)
            verdict = Verdict(seen, RULE, HidingReason.HONOUR)
            start.wait(timeout=10)
            try:
                decide_reports(moderator, review_id, verdict)
            except WrongState:
                return "refused"
            return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(act, ids)) == ["done", "refused"]
    assert check_reviews() == []
