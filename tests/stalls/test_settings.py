"""What a manager changes about the own stall."""

import io

import pytest

from shop.core import audit
from shop.core.outbox import OutboxMessage
from shop.stalls.models import StallSlug, StallStatus
from tests.accounts.factories import sign_in
from tests.stalls.factories import StallFactory, manager_of
from tests.stalls.papers import picture

KEPT = {"name": "HTX mẫu Cao Nguyên", "story": "Chuyện", "phone": "0912345678", "street": "Thôn 1"}


@pytest.fixture
def stall(app):
    return StallFactory(**KEPT, slug="htx-mau-cao-nguyen")


@pytest.fixture
def boss(client, stall):
    return sign_in(client, manager_of(stall))


def save(boss, stall, **changed):
    return boss.post(f"/quan-ly/{stall.slug}/gian-hang", data={**KEPT, **changed})


def test_a_new_name_makes_a_new_address_and_the_old_one_leads_there(boss, stall, new_client):
    response = save(boss, stall, name="Mật đá mẫu")
    assert response.location == "/quan-ly/mat-da-mau/gian-hang"
    answer = new_client().get("/gian-hang/htx-mau-cao-nguyen")
    assert (answer.status_code, answer.location) == (301, "/gian-hang/mat-da-mau")
    assert "mat da mau" in stall.search_key


def test_an_old_address_can_be_taken_up_again(boss, stall, db):
    save(boss, stall, name="Mật đá mẫu")
    save(boss, stall)
    assert stall.slug == "htx-mau-cao-nguyen"
    assert db.session.scalars(db.select(StallSlug.slug)).all() == ["mat-da-mau"]


def test_the_old_address_of_another_stall_is_not_taken_over(boss, stall, db):
    other = StallFactory()
    db.session.add(StallSlug(slug="mat-da-mau", stall_id=other.id))
    save(boss, stall, name="Mật đá mẫu")
    assert stall.slug == "mat-da-mau-2"


def test_other_accents_keep_the_address(boss, stall, db):
    save(boss, stall, name="HTX Mẫu Cao Nguyễn")
    assert (stall.name, stall.slug) == ("HTX Mẫu Cao Nguyễn", "htx-mau-cao-nguyen")
    assert db.session.scalars(db.select(StallSlug)).all() == []


def test_says_what_changed_in_the_audit_and_to_the_index(boss, stall, db):
    save(boss, stall, story="Chuyện khác", phone="0987 654 321")
    (row,) = audit.history(stall)
    assert list(row.data) == ["story", "phone"]
    assert all(before != after for before, after in row.data.values())
    assert stall.phone == "0987654321"
    topics = db.session.scalars(db.select(OutboxMessage.topic)).all()
    assert "search.stall_changed" in topics


def test_saving_nothing_new_leaves_no_trace(boss, stall):
    assert save(boss, stall).status_code == 303
    assert audit.history(stall) == []


@pytest.mark.parametrize(("status", "version"), [("submitted", 1), ("active", 0)])
def test_what_a_moderator_is_reading_has_to_be_read_again(boss, stall, status, version):
    stall.status = StallStatus(status)
    save(boss, stall, story="Chuyện khác")
    assert stall.version == version


def test_a_picture_is_shown_and_can_be_removed(boss, stall):
    save(boss, stall, picture=picture("trai.png"))
    assert 'src="/tep/' in boss.get(f"/gian-hang/{stall.slug}").text
    save(boss, stall, drop_picture="y")
    assert stall.picture_id is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "Tên gian hàng"),
        ({"phone": "12345"}, "không phải số điện thoại Việt Nam"),
        ({"picture": (io.BytesIO(b"no picture"), "x.png")}, "Ảnh gian hàng"),
    ],
)
def test_refuses_what_cannot_be_and_keeps_what_was_typed(boss, stall, changed, words):
    response = save(boss, stall, **{"story": "Chuyện mới kể", **changed})
    assert response.status_code == 422
    assert words in response.text
    assert "Chuyện mới kể" in response.text
    assert stall.story == "Chuyện"
