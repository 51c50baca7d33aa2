"""The stalls as everybody sees them."""

import pytest

from shop.stalls.models import DocumentKind, EntityKind, StallStatus
from shop.web import slots
from tests.accounts.factories import UserFactory, sign_in
from tests.queries import assert_queries_stay_flat
from tests.stalls.factories import BA_DINH, DocumentFactory, StallFactory, manager_of

CLOSED = set(StallStatus) - {StallStatus.ACTIVE, StallStatus.SUSPENDED}


def test_lists_the_stalls_that_sell_by_name(client):
    StallFactory(name="Trại ong mẫu"), StallFactory(name="Đặc sản mẫu")
    for status in set(StallStatus) - {StallStatus.ACTIVE}:
        StallFactory(name=f"Khuất {status}", status=status)
    page = client.get("/gian-hang").text
    assert "2 gian hàng" in page
    assert page.index("Đặc sản mẫu") < page.index("Trại ong mẫu")
    assert "Khuất" not in page


@pytest.mark.parametrize("words", ["mật đá", "mat da", "MAT", "dong van mat", "100%"])
def test_the_search_is_blind_to_accents(client, words):
    StallFactory(name="Mật đá 100%", legal_name="HTX Đồng Văn mẫu")
    StallFactory(name="Chè mẫu")
    page = client.get("/gian-hang", query_string={"q": words}).text
    assert "Mật đá 100%" in page
    assert "Chè mẫu" not in page


def test_signs_of_the_database_mean_nothing(client):
    StallFactory(name="Chè mẫu")
    assert "Không có gian hàng phù hợp" in client.get("/gian-hang?q=%25").text
    assert "Không có gian hàng phù hợp" in client.get("/gian-hang?q=_").text


def test_narrows_to_a_province_and_keeps_the_choice(client):
    StallFactory(name="Ở Đồng Văn"), StallFactory(name="Ở Ba Đình", commune_code=BA_DINH)
    page = client.get("/gian-hang?tinh=01").text
    assert "Ở Ba Đình" in page
    assert "Ở Đồng Văn" not in page
    assert '<option value="01" selected>' in page


def test_an_empty_floor_invites(client):
    assert "Chưa có gian hàng nào mở cửa" in client.get("/gian-hang").text


def test_the_list_is_paged(client):
    for _ in range(25):
        StallFactory(manager=False)
    assert 'href="/gian-hang?trang=2"' in client.get("/gian-hang").text
    assert client.get("/gian-hang?trang=2").text.count('class="stall-card"') == 1
    assert client.get("/gian-hang?trang=x").status_code == 200


def test_the_list_asks_the_same_number_of_questions(client, db):
    StallFactory(manager=False)
    more = lambda: [StallFactory(manager=False) for _ in range(8)]  # noqa: E731
    assert_queries_stay_flat(client, "/gian-hang", more, db.engine)


def test_rooms_above_add_their_facts_to_the_cards(client, monkeypatch):
    stall = StallFactory()
    facts = {"x": (50, lambda ids: {ids[0]: {"product_count": 7, "certified_count": 3}})}
    monkeypatch.setitem(slots._fillers, "stall.facts", facts)
    page = client.get("/gian-hang").text
    assert stall.name in page
    assert "7 sản phẩm" in page


def test_a_stall_says_who_it_is_before_the_law(client):
    stall = StallFactory(legal_name="Hợp tác xã Nông nghiệp mẫu", story="Một.\nHai.")
    DocumentFactory(stall=stall, number="ĐK-7")
    DocumentFactory(stall=stall, number="CC-8", kind=DocumentKind.REPRESENTATIVE_ID)
    page = client.get(f"/gian-hang/{stall.slug}").text
    for words in ("Hợp tác xã Nông nghiệp mẫu", stall.tax_code, "Xã Đồng Văn, Tuyên Quang"):
        assert words in page
    assert "<p>Một.</p><p>Hai.</p>" in page
    assert "ĐK-7" in page
    assert "CC-8" not in page


def test_a_personal_code_is_never_shown_in_full(client):
    stall = StallFactory(kind=EntityKind.HOUSEHOLD, tax_code="002085000123")
    page = client.get(f"/gian-hang/{stall.slug}").text
    assert "•••••••••123" in page
    assert "002085000123" not in page


@pytest.mark.parametrize("status", CLOSED)
def test_a_stall_that_does_not_sell_is_not_found(client, status):
    stall = StallFactory(status=status)
    assert client.get(f"/gian-hang/{stall.slug}").status_code == 404
    sign_in(client, UserFactory())
    assert client.get(f"/gian-hang/{stall.slug}").status_code == 404


def test_its_own_people_see_a_preview(client):
    stall = StallFactory(status=StallStatus.SUBMITTED)
    sign_in(client, manager_of(stall))
    assert "Chỉ người của gian hàng thấy trang này" in client.get(f"/gian-hang/{stall.slug}").text


def test_a_suspended_stall_says_it_is_closed_and_shows_no_goods(client, monkeypatch):
    stall = StallFactory(status=StallStatus.SUSPENDED)
    monkeypatch.setitem(slots._fillers, "stall.below", {"x": (50, lambda _stall: "HÀNG Ở ĐÂY")})
    page = client.get(f"/gian-hang/{stall.slug}").text
    assert "Gian hàng đang tạm đóng" in page
    assert "HÀNG Ở ĐÂY" not in page
    stall.status = StallStatus.ACTIVE
    assert "HÀNG Ở ĐÂY" in client.get(f"/gian-hang/{stall.slug}").text


def test_what_was_never_there_is_not_found(client):
    assert client.get("/gian-hang/khong-co").status_code == 404
