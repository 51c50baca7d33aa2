"""The cockpit: who may enter, what one sees there."""

from types import SimpleNamespace

import pytest

from shop.stalls.models import MemberKind, StallSlug, StallStatus
from shop.stalls.permissions import PERMISSIONS, Permission
from shop.web import slots
from tests.accounts.factories import UserFactory, floor_moderator, sign_in
from tests.stalls.factories import MemberFactory, StallFactory, manager_of

PAGES = ("/", "/them", "/gian-hang", "/thanh-vien")


@pytest.fixture
def stall(app):
    return StallFactory(name="HTX mẫu Cao Nguyên")


@pytest.mark.parametrize("path", PAGES)
def test_a_manager_enters_everywhere(client, stall, path):
    sign_in(client, manager_of(stall))
    answer = client.get(f"/quan-ly/{stall.slug}{path}")
    assert answer.status_code == 200
    assert "HTX mẫu Cao Nguyên" in answer.text


@pytest.mark.parametrize(("path", "status"), list(zip(PAGES, (200, 200, 403, 403), strict=True)))
def test_an_operator_of_a_stall_has_no_settings_and_no_people(client, stall, path, status):
    sign_in(client, MemberFactory(stall=stall, kind=MemberKind.OPERATOR).user)
    assert client.get(f"/quan-ly/{stall.slug}{path}").status_code == status
    assert "Cài đặt gian hàng" not in client.get(f"/quan-ly/{stall.slug}/them").text


@pytest.mark.parametrize("path", PAGES)
def test_others_find_nothing(client, new_client, stall, path):
    address = f"/quan-ly/{stall.slug}{path}"
    assert client.get(address).location.startswith("/dang-nhap?tiep=/quan-ly/")
    for person in (UserFactory(), floor_moderator(), manager_of(StallFactory())):
        assert sign_in(new_client(), person).get(address).status_code == 404


@pytest.mark.parametrize("deed", ["/gian-hang", "/thanh-vien", "/thanh-vien/1/bo"])
def test_others_change_nothing(client, stall, deed):
    sign_in(client, MemberFactory(stall=stall, kind=MemberKind.OPERATOR).user)
    assert client.post(f"/quan-ly/{stall.slug}{deed}").status_code == 403
    sign_in(client, UserFactory())
    assert client.post(f"/quan-ly/{stall.slug}{deed}").status_code == 404


def test_a_page_under_the_former_address_leads_on(client, stall, db):
    db.session.add(StallSlug(slug="ten-cu", stall_id=stall.id))
    sign_in(client, manager_of(stall))
    answer = client.get("/quan-ly/ten-cu/thanh-vien?x=1")
    assert (answer.status_code, answer.location) == (301, f"/quan-ly/{stall.slug}/thanh-vien?x=1")
    assert client.post("/quan-ly/ten-cu/gian-hang").status_code == 404
    sign_in(client, UserFactory())
    assert client.get("/quan-ly/ten-cu/thanh-vien").status_code == 404


def test_an_operator_has_the_four_rights_of_daily_work():
    assert PERMISSIONS[MemberKind.MANAGER] == set(Permission)
    assert sorted(PERMISSIONS[MemberKind.OPERATOR]) == [
        "answer_reviews",
        "edit_goods",
        "edit_stock",
        "handle_orders",
    ]


def test_today_is_honest_when_there_is_nothing(client, stall, monkeypatch):
    monkeypatch.setitem(slots._fillers, "cockpit.today", {})
    sign_in(client, manager_of(stall))
    page = client.get(f"/quan-ly/{stall.slug}").text
    assert "Hiện không có việc gì" in page
    assert "Hôm nay," in page


def test_today_shows_the_most_urgent_first(client, stall, monkeypatch):
    def row(title, tone):
        made = SimpleNamespace(count=3, title=title, text="", url="/x", label="Xem", tone=tone)
        return lambda _membership: made

    fillers = {"a": (10, row("Đơn mới", "leaf")), "b": (20, row("Đơn trễ", "danger"))}
    monkeypatch.setitem(slots._fillers, "cockpit.today", fillers)
    sign_in(client, manager_of(stall))
    page = client.get(f"/quan-ly/{stall.slug}").text
    assert page.index("Đơn trễ") < page.index("Đơn mới")
    assert "Hiện không có việc gì" not in page


def test_one_stall_is_entered_at_once_several_are_listed(client, stall):
    person = manager_of(stall)
    sign_in(client, person)
    assert client.get("/quan-ly/").location == f"/quan-ly/{stall.slug}/"
    MemberFactory(stall=StallFactory(name="Trại mẫu", manager=False), user=person)
    page = client.get("/quan-ly").text
    assert "HTX mẫu Cao Nguyên" in page
    assert "Trại mẫu" in page


def test_who_has_no_stall_is_shown_the_way(client):
    sign_in(client, UserFactory())
    page = client.get("/quan-ly/").text
    assert "Bạn chưa có gian hàng" in page
    assert 'href="/mo-gian-hang"' in page


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (StallStatus.SUBMITTED, "Cán bộ thẩm định đang đọc hồ sơ"),
        (StallStatus.RETURNED, "Làm tiếp hồ sơ"),
        (StallStatus.SUSPENDED, "Sàn đã tạm đóng gian hàng"),
        (StallStatus.CLOSED, "Gian hàng đã đóng"),
    ],
)
def test_today_says_why_the_stall_does_not_sell(client, status, words):
    stall = StallFactory(status=status)
    sign_in(client, manager_of(stall))
    assert words in client.get(f"/quan-ly/{stall.slug}").text


def test_the_menu_lists_the_stalls_of_the_person(client, stall):
    assert stall.name not in client.get("/mo-gian-hang", follow_redirects=True).text
    sign_in(client, manager_of(stall))
    assert f'href="/quan-ly/{stall.slug}"' in client.get("/mo-gian-hang").text
