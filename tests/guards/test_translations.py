"""Every word of the floor is there in Vietnamese, in one normal form, and said in one way."""

from pathlib import Path

import pytest

from tests.guards.source import write
from tools import translations

PAGE = '<p>{{ _("Add to cart") }}</p>{{ ngettext("%(num)s bag", "%(num)s bags", n) }}'
CODE = 'from flask_babel import gettext\ndef f():\n    return gettext("Hello %(name)s", name=1)\n'


def entry(english: str, vietnamese: str, before: str = "") -> str:
    """Return one entry of a catalogue."""
    return f'{before}msgid "{english}"\nmsgstr "{vietnamese}"\n'


GOOD = (
    translations.HEADER
    + entry("Add to cart", "Thêm vào giỏ")
    + entry("Hello %(name)s", "Chào %(name)s")
    + 'msgid "%(num)s bag"\nmsgid_plural "%(num)s bags"\nmsgstr[0] "%(num)s gói"\n'
)


@pytest.fixture
def floor(tmp_path: Path) -> Path:
    """Return a little floor with one room whose words are complete."""
    return write(
        tmp_path,
        {
            "shop/cart/views.py": CODE,
            "shop/web/__init__.py": "",
            "templates/cart/cart.html": PAGE,
            "shop/cart/translations/vi.po": GOOD,
        },
    )


def test_every_word_of_the_floor_is_translated():
    faults = [fault for room in translations.rooms() for fault in translations.check(room)]
    assert not faults


def test_no_word_is_said_in_two_ways():
    assert not translations.conflicts()


def test_a_complete_room_passes(floor):
    assert translations.check("cart", floor) == []
    assert translations.conflicts(floor) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Thêm vào giỏ", "", "no Vietnamese"),
        ("Add to cart", "Add to basket", "nobody says this any more"),
        ("Add to cart", "Add to basket", "not in vi.po: 'Add to cart'"),
        ("Thêm vào giỏ", "Thêm vào gio\u0309", "not in NFC"),
        ("Chào %(name)s", "Chào %(ten)s", "the placeholders differ"),
        ("Thêm vào giỏ", "Thêm <b>vào</b> giỏ", "the tags differ"),
        ("Thêm vào giỏ", "Thêm vào giỏ ", "spaces around"),
        ('msgid "Add', '#, fuzzy\nmsgid "Add', "a guess (fuzzy)"),
        ("%(num)s gói", "", "no Vietnamese: '%(num)s bag'"),
    ],
)
def test_the_check_sees(floor, old, new, fault):
    assert old in GOOD
    path = translations.po_path("cart", floor)
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    assert any(fault in line for line in translations.check("cart", floor))


def test_the_check_sees_a_word_said_in_two_ways(floor):
    other = translations.HEADER + entry("Add to cart", "Bỏ vào giỏ")
    write(floor, {"shop/orders/translations/vi.po": other})
    assert "'Thêm vào giỏ' (cart); 'Bỏ vào giỏ' (orders)" in translations.conflicts(floor)[0]


def test_an_update_keeps_what_is_known_and_drops_what_nobody_says(floor):
    path = translations.po_path("cart", floor)
    path.write_text(GOOD + entry("Gone", "Đã đi"), encoding="utf-8")
    write(floor, {"templates/cart/new.html": '{{ _("New") }}'})
    assert translations.update("cart", floor) == 1
    text = path.read_text(encoding="utf-8")
    assert "Thêm vào giỏ" in text
    assert "Gone" not in text
    assert 'msgid "New"\nmsgstr ""' in text


def test_a_word_known_in_another_room_needs_no_second_translation(floor):
    write(floor, {"templates/orders/a.html": '{{ _("Add to cart") }}', "shop/orders/x.py": ""})
    assert translations.update("orders", floor) == 0
    assert "Thêm vào giỏ" in translations.po_path("orders", floor).read_text(encoding="utf-8")
