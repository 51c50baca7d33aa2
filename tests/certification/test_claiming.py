"""A case has one moderator at a time, and 5 stars need two of them."""

import threading
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import current_app

from shop.certification.deadlines import due_on
from shop.certification.models import Certificate, CertificateStatus, EvidenceGrade
from shop.certification.moderator_views.desk import waited
from shop.certification.operations import claim_case, refuse_certificate, release_case
from shop.certification.operations import verify_certificate as verify
from shop.certification.queries import certificate_for
from shop.certification.queries.desk import desk_numbers
from shop.certification.reasons import RefusalReason
from shop.core import clock
from shop.core.errors import Forbidden, ShopError, WrongState
from shop.stalls.models import Stall
from tests.accounts.factories import floor_moderator, sign_in
from tests.certification.factories import CertificateFactory
from tests.stalls.factories import MemberFactory


@pytest.fixture
def pair(app):
    return floor_moderator(), floor_moderator()


def read(moderator, certificate, stars=None):
    return verify(
        moderator,
        certificate.id,
        stars=stars or certificate.stars,
        expires_on=certificate.expires_on,
    )


def test_a_claimed_case_is_decided_by_its_moderator_alone(pair):
    mine, other = pair
    waiting = CertificateFactory(submitted=True)
    claim_case(mine, waiting.id)
    with pytest.raises(WrongState):
        claim_case(other, waiting.id)
    with pytest.raises(WrongState):
        read(other, waiting)
    assert read(mine, waiting) is True


def test_a_case_is_free_after_half_an_hour_or_when_given_back(pair):
    mine, other = pair
    waiting = CertificateFactory(submitted=True)
    claim_case(mine, waiting.id)
    with time_machine.travel(clock.now() + timedelta(minutes=31)):
        claim_case(other, waiting.id)
    release_case(mine, waiting.id)
    with pytest.raises(WrongState):
        claim_case(mine, waiting.id)
    release_case(other, waiting.id)
    claim_case(mine, waiting.id)


def test_of_two_who_take_a_case_at_once_one_has_it(app, db, pair):
    waiting = CertificateFactory(submitted=True)
    db.session.commit()
    ids, gate, outcomes = [each.id for each in pair], threading.Barrier(2), []
    flask_app = current_app._get_current_object()

    def take(user_id):
        from shop.accounts.models import User

        with flask_app.app_context():
            moderator = db.session.get_one(User, user_id)
            gate.wait()
            try:
                claim_case(moderator, waiting.id)
                outcomes.append("had")
            except ShopError:
                outcomes.append("refused")

    threads = [threading.Thread(target=take, args=(each,)) for each in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["had", "refused"]


def test_five_stars_show_once_two_moderators_read_the_same(pair, db):
    first, second = pair
    waiting = CertificateFactory(submitted=True, stars=5, score_hundredths=9200)
    assert read(first, waiting) is False
    assert certificate_for(waiting.product_id) is None
    with pytest.raises(Forbidden):
        read(first, waiting)
    assert read(second, waiting) is True
    live = certificate_for(waiting.product_id)
    assert (live.approved_by_id, live.verified_by_id) == (first.id, second.id)


def test_a_second_reading_that_differs_begins_anew(pair, db):
    first, second = pair
    waiting = CertificateFactory(submitted=True, stars=5, score_hundredths=9200)
    sooner = waiting.expires_on - timedelta(days=9)
    read(first, waiting)
    assert verify(second, waiting.id, stars=5, expires_on=sooner, words="Đến 9 ngày trước") is False
    db.session.expire_all()
    kept = db.session.get_one(Certificate, waiting.id)
    assert (kept.status, kept.approved_by_id) == (CertificateStatus.SUBMITTED, second.id)
    assert verify(first, waiting.id, stars=5, expires_on=sooner) is True


def test_four_stars_read_into_five_need_a_second_too(pair):
    waiting = CertificateFactory(submitted=True, stars=4, score_hundredths=9200)
    assert read(pair[0], waiting, stars=5) is False
    assert certificate_for(waiting.product_id) is None


def test_the_desk_counts_what_waits_is_late_and_how_long_it_takes(pair, count_queries):
    long_ago = clock.now() - timedelta(days=40)
    CertificateFactory(submitted=True, submitted_at=long_ago)
    CertificateFactory(submitted=True)
    for days in (1, 3, 9):
        at = clock.now() - timedelta(days=days + 1)
        decided = clock.now() - timedelta(days=1)
        CertificateFactory(submitted_at=at, decided_at=decided)
    with count_queries() as counted:
        numbers = desk_numbers(pair[0])
    assert (numbers.waiting, numbers.late, numbers.second) == (2, 1, 0)
    assert numbers.median_days == 3.0
    assert len(counted.statements) <= 3


def test_the_oldest_deadline_comes_first_and_says_that_it_is_late(client, pair):
    for days, name in ((1, "Chè mới mẫu"), (40, "Cam cũ mẫu")):
        at = clock.now() - timedelta(days=days)
        CertificateFactory(submitted=True, product_name=name, submitted_at=at)
    page = sign_in(client, pair[0]).get("/tham-dinh/chung-nhan").text
    assert page.index("Cam cũ mẫu") < page.index("Chè mới mẫu")
    assert "Quá hạn" in page
    assert "2 đang chờ · 1 quá hạn" in page


def test_a_colleague_sees_who_has_the_case_and_no_buttons(client, pair):
    waiting = CertificateFactory(submitted=True)
    claim_case(pair[1], waiting.id)
    page = sign_in(client, pair[0]).get(f"/tham-dinh/chung-nhan/{waiting.id}").text
    assert pair[1].name in page
    assert "cong-nhan" not in page


def test_ten_working_days_from_a_friday_end_on_a_friday():
    from datetime import date

    assert due_on(date(2026, 11, 6)) == date(2026, 11, 20)


def test_a_refused_case_needs_no_release(pair):
    waiting = CertificateFactory(submitted=True)
    claim_case(pair[0], waiting.id)
    refuse_certificate(pair[0], waiting.id, reason=RefusalReason.ALTERED, words="Con số bị sửa.")
    with pytest.raises(WrongState):
        claim_case(pair[1], waiting.id)


def test_the_desk_goes_on_to_a_case_that_this_moderator_can_decide(client, pair, db):
    first, other = pair
    long_ago = clock.now() - timedelta(days=30)
    decided = CertificateFactory(submitted=True)
    own = CertificateFactory(submitted=True, submitted_at=long_ago)
    MemberFactory(stall=db.session.get_one(Stall, own.stall_id), user=first)
    CertificateFactory(submitted=True, submitted_at=long_ago, submitter=first)
    held = CertificateFactory(submitted=True, submitted_at=long_ago)
    claim_case(other, held.id)
    five = {"stars": 5, "score_hundredths": 9200}
    read(first, CertificateFactory(submitted=True, submitted_at=long_ago, **five))
    following = CertificateFactory(submitted=True)
    form = {"stars": "4", "expires_on": decided.expires_on.isoformat()}
    browser = sign_in(client, first)
    done = browser.post(f"/tham-dinh/chung-nhan/{decided.id}/cong-nhan", data=form)
    assert done.location == f"/tham-dinh/chung-nhan/{following.id}"


def test_the_first_reader_of_five_stars_is_told_that_another_one_is_needed(client, pair):
    waiting = CertificateFactory(submitted=True, stars=5, score_hundredths=9200)
    read(pair[0], waiting)
    address = f"/tham-dinh/chung-nhan/{waiting.id}"
    page = sign_in(client, pair[0]).get(address).text
    assert "Cần cán bộ thứ hai" in page
    assert "/cong-nhan" not in page
    assert "/tra-lai" in page
    page = sign_in(client, pair[1]).get(address).text
    assert "/cong-nhan" in page


def test_what_a_dossier_led_to_does_not_make_the_desk_faster(pair):
    at = clock.now()
    for _ in range(5):
        CertificateFactory(submitted_at=at, decided_at=at, grade=EvidenceGrade.DECISION)
    assert desk_numbers(pair[0]).median_days is None
    CertificateFactory(submitted_at=at - timedelta(days=7), decided_at=at)
    assert desk_numbers(pair[0]).median_days == 7.0


@pytest.mark.parametrize(
    ("hour", "words"), [(0, "nộp hôm nay"), (-1, "đã chờ 1 ngày"), (-25, "đã chờ 2 ngày")]
)
def test_days_of_waiting_are_those_of_the_calendar_in_vietnam(app, hour, words):
    midnight = datetime(2026, 11, 6, tzinfo=clock.VIETNAM)
    handed_in, moment = midnight + timedelta(hours=hour), midnight + timedelta(minutes=30)
    claim = CertificateFactory(submitted=True, submitted_at=handed_in)
    with time_machine.travel(moment), app.test_request_context():
        assert waited(claim) == words
