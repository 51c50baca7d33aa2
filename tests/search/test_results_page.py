"""The page of what was found: ranked, narrowed, honest about near misses; stars of today alone."""

from datetime import timedelta

import pytest
import time_machine

from shop.core import clock, outbox
from shop.core.db import transaction
from shop.search import gateway, operations
from tests.catalogue.factories import ProductFactory
from tests.catalogue.shelves import certified, in_english, names, soup, stars, words
from tests.queries import assert_queries_stay_flat, counting

SEARCH = "/tim-kiem"


@pytest.fixture
def goods(app):
    with transaction():
        certified("Mật ong bạc hà", stars=5, packs__price_vnd=360_000)
        certified("Mật ong hoa nhãn", stars=4, packs__price_vnd=150_000)
        ProductFactory(name="Dừa sáp", packs__price_vnd=90_000)
    operations.reindex()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "mật ong bạc hà"}, ["Mật ong bạc hà"]),
        ({"q": "mat ong", "sap_xep": "gia"}, ["Mật ong hoa nhãn", "Mật ong bạc hà"]),
        ({"q": "mat ong", "sap_xep": "gia-giam"}, ["Mật ong bạc hà", "Mật ong hoa nhãn"]),
        ({"q": "mat ong", "sao": "5"}, ["Mật ong bạc hà"]),
        ({"q": "mat ong", "gia_den": "200000"}, ["Mật ong hoa nhãn"]),
        ({"q": "mat ong", "tinh": "01"}, []),
        ({"q": "mat o"}, ["Mật ong bạc hà", "Mật ong hoa nhãn"]),
        ({"q": "xe máy điện"}, []),
        ({"q": "mat ong", "trang": "9", "sap_xep": "gia"}, ["Mật ong hoa nhãn", "Mật ong bạc hà"]),
    ],
)
def test_what_was_found_is_ranked_and_narrowed(client, goods, query, expected):
    page = client.get(SEARCH, query_string=query)
    found = names(page)
    assert (sorted(found) if "sap_xep" not in query else found) == (
        sorted(expected) if "sap_xep" not in query else expected
    )
    assert ("Không có sản phẩm nào khớp" in words(page)) == (not expected)


def test_what_was_typed_stays_and_is_no_markup(client, goods):
    page = client.get(SEARCH, query_string={"q": "<b>mật</b>"})
    assert "<b>mật" not in page.text
    assert soup(page).select_one("#header-q")["value"] == "<b>mật</b>"


def test_a_near_miss_says_so(client, goods):
    near = words(client.get(SEARCH, query_string={"q": "mật ong tên lửa"}))
    assert "Đây là những sản phẩm gần nhất" in near
    assert "gần nhất" not in words(client.get(SEARCH, query_string={"q": "mật ong"}))


def test_without_a_question_it_shows_all_goods(client, goods):
    assert len(names(client.get(SEARCH))) == 3


def test_a_star_goes_out_the_day_after_its_certificate_ends(client):
    with transaction():
        certified("Mật ong", days=1)
    operations.reindex()
    assert stars(client.get(f"{SEARCH}?q=mat+ong")) == ["4"]
    with time_machine.travel(clock.now() + timedelta(days=2)):
        page = client.get(f"{SEARCH}?q=mat+ong")
        assert (names(page), stars(page)) == (["Mật ong"], [])
        assert names(client.get(f"{SEARCH}?q=mat+ong&sao=4")) == []


def test_english_pages_speak_english(client, goods):
    page = words(in_english(client).get(f"{SEARCH}?q=xe+may"))
    assert "Nothing matches" in page


def test_the_page_asks_no_more_as_more_is_found(client, db, goods):
    path = f"{SEARCH}?q=mat+ong&sao=4"
    client.get(path)

    def more():
        for number in range(5):
            certified(f"Mật ong số {number}")
        db.session.commit()
        operations.reindex()

    assert_queries_stay_flat(client, path, more, db.engine)
    with counting(db.engine) as counted:
        client.get(path)
    assert len(counted) <= 6


def test_the_index_is_asked_once_until_it_changes(goods, monkeypatch):
    asked = []
    look = gateway.WhooshEngine._look
    monkeypatch.setattr(
        gateway.WhooshEngine, "_look", lambda *args: asked.append(args[1]) or look(*args)
    )
    for text in ("mat ong", "dua", "mat ong"):
        operations.find(text)
    assert asked == ["mat ong", "dua"]
    with transaction():
        product = ProductFactory(name="Mật ong rừng tràm")
        outbox.send("search.product_changed", {"product_id": product.id})
    outbox.run_until_empty()
    assert product.id in operations.find("mat ong").ids


def test_no_more_answers_are_kept_than_there_is_room_for(goods, monkeypatch):
    monkeypatch.setattr(gateway, "MOST_ANSWERS", 1)
    assert [len(operations.find(text).ids) for text in ("mat ong", "dua", "mat ong")] == [2, 1, 2]
