"""Names as people write them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.places.naming import accents, loose, place_key, province_key, read_name, read_place


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("xã Tam Ngãi", "xa", "tam ngai"),
        ("Thị trấn Cầu Kè", "thi-tran", "cau ke"),
        ("P. 7", "phuong", "7"),
        ("P.07", "phuong", "7"),
        ("p7", "phuong", "7"),
        ("TX. Gò Công", "thi-xa", "go cong"),
        ("TP Trà Vinh", "thanh-pho", "tra vinh"),
        ("Đặc khu Hoàng Sa", "dac-khu", "hoang sa"),
        ("xa hoa an", "xa", "hoa an"),
        ("Quan Hóa", None, "quan hoa"),
        ("Phú Cần", None, "phu can"),
        ("Xã Xa Dung", "xa", "xa dung"),
        ("Xã Ea H’Leo", "xa", "ea hleo"),
        ("Xã Ea H'Leo", "xa", "ea hleo"),
    ],
)
def test_the_kind_is_taken_off_a_name(text, kind, key):
    for form in ("NFC", "NFD"):
        name = read_name(unicodedata.normalize(form, text))
        assert (name.kind, name.key) == (kind, key)


def test_the_place_of_a_tone_mark_makes_no_difference():
    assert accents("Hòa Thủy") == accents("Hoà Thuỷ")
    assert accents("Hòa") != accents("Hóa")
    assert place_key("Hòa Thủy") == place_key("Hoà Thuỷ") == "hoa thuy"


def test_the_loose_key_forgives_spellings_that_offices_mix():
    assert loose(place_key("Phú Quí")) == loose(place_key("Phú Quý"))
    assert loose(place_key("Krông Pắc")) == loose(place_key("Krông Pắk"))
    assert loose(place_key("Bắc Kạn")) == loose("backan")


@pytest.mark.parametrize(
    "text",
    [
        "TP. Hồ Chí Minh",
        "Thành phố Hồ Chí Minh",
        "TPHCM",
        "TP.HCM",
        "tp hcm",
        "Hồ Chí Minh",
        "Sài Gòn",
        "ho chi minh",
    ],
)
def test_a_big_city_has_many_names(text):
    assert province_key(text) == "hochiminh"


def parts(text):
    return [name and (name.kind, name.key) for name in read_place(text)]


def test_an_address_is_read_from_small_to_large():
    assert parts("Số 12 Nguyễn Trãi, P. 7, TP Trà Vinh, tỉnh Trà Vinh") == [
        ("phuong", "7"),
        ("thanh-pho", "tra vinh"),
        ("tinh", "tra vinh"),
    ]


def test_a_district_alone_is_no_commune():
    assert parts("huyện Nga Sơn, tỉnh Thanh Hóa") == [
        None,
        ("huyen", "nga son"),
        ("tinh", "thanh hoa"),
    ]
    assert parts("tỉnh Thanh Hóa") == [None, None, ("tinh", "thanh hoa")]


def test_what_stands_in_brackets_is_left_out():
    assert parts("xã Phú Lâm (huyện Phú Tân cũ)") == [("xa", "phu lam"), None, None]


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    written = read_place(text)
    assert all(name is None or place_key(name.whole) == name.whole for name in written)
    assert province_key(text) == province_key(text)
