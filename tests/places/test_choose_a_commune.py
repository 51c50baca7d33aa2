"""Provinces to choose from, communes suggested while typing or found afterwards."""

import pytest

from shop.places import queries

VINH_LONG, AN_GIANG, HA_NOI, LAM_DONG = "86", "91", "01", "68"


def labels(province_code, text, limit=10):
    return [item.label for item in queries.suggest_communes(province_code, text, limit)]


def test_the_provinces_are_in_vietnamese_order(places):
    names = [province.name for province in queries.list_provinces()]
    assert len(names) == 34
    assert names[:6] == ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng"]
    assert names.index("Đồng Tháp") < names.index("Gia Lai")


def test_a_commune_comes_with_its_province(places):
    commune = queries.commune("29308")
    assert commune is not None
    assert (commune.full_name, commune.province.full_name) == ("Xã Cầu Kè", "Tỉnh Vĩnh Long")
    assert queries.commune("99999") is None
    assert queries.province("00") is None


def test_many_communes_are_read_in_one_question(places, count_queries):
    with count_queries() as counted:
        found = queries.communes(["29308", "20333", "22736"])
        assert {commune.province.name for commune in found.values()} == {
            "Vĩnh Long",
            "Đà Nẵng",
            "Khánh Hòa",
        }
    assert len(counted) == 1


@pytest.mark.parametrize("text", ["Cầu Kè", "cau ke", "xã cầu k", "xa cau ke", "kè", "CẦU KÈ"])
def test_accents_kinds_and_later_words_all_lead_to_the_commune(places, text):
    assert labels(VINH_LONG, text)[0] == "Xã Cầu Kè"


def test_the_place_of_the_tone_mark_does_not_matter(places):
    old, new = labels("08", "Thái Hòa"), labels("08", "Thái Hoà")
    assert old == new
    assert old[0] == "Xã Thái Hoà"


def test_accents_as_typed_come_first(places):
    assert labels(VINH_LONG, "Hòa Â")[0].endswith("(trước đây: Xã Hòa Ân, Huyện Cầu Kè)")


def test_an_old_name_leads_to_the_commune_of_today_and_says_so(places):
    (found,) = queries.suggest_communes(AN_GIANG, "Dương Đông", 1)
    assert found.name == "Đặc khu Phú Quốc"
    assert found.label == "Đặc khu Phú Quốc (trước đây: Phường Dương Đông, Thành phố Phú Quốc)"


def test_both_parts_of_a_divided_commune_are_offered(places):
    found = [label for label in labels(HA_NOI, "thị trấn Đông Anh") if "Thị trấn" in label]
    assert [label.split(" (")[0] for label in found] == ["Xã Phúc Thịnh", "Xã Thư Lâm"]


def test_a_suggestion_appears_once_and_the_list_is_short(places):
    found = queries.suggest_communes(VINH_LONG, "t", 7)
    assert len(found) == 7
    assert len({item.code for item in found}) == 7


@pytest.mark.parametrize("text", ["", "   ", "?", "zzzz", "%", "_"])
def test_nothing_sensible_typed_suggests_nothing(places, text):
    assert labels(VINH_LONG, text) == []


def test_communes_of_other_provinces_are_not_suggested(places):
    assert labels(HA_NOI, "Cầu Kè") == []


@pytest.mark.parametrize(
    ("text", "full_name"),
    [
        ("Xã Tam Ngãi", "Xã Tam Ngãi"),
        ("tam ngai", "Xã Tam Ngãi"),
        ("xã Hòa Ân", "Xã Cầu Kè"),
        ("29308", "Xã Cầu Kè"),
        ("Xã Cầu Kè (trước đây: Xã Hòa Ân, Huyện Cầu Kè)", "Xã Cầu Kè"),
    ],
)
def test_a_typed_name_is_found_without_javascript(places, text, full_name):
    found = queries.find_commune(VINH_LONG, text).commune
    assert found is not None
    assert found.full_name == full_name


def test_a_name_that_two_places_had_asks_which(places):
    found = queries.find_commune(VINH_LONG, "Phường 7")
    assert found.commune is None
    assert [item.name for item in found.candidates] == ["Phường Bến Tre", "Phường Nguyệt Hóa"]


def test_a_code_of_another_province_is_not_accepted(places):
    assert queries.find_commune(HA_NOI, "29308") == (None, ())


def test_quy_is_found_as_qui(places):
    assert labels(LAM_DONG, "phú qui") == ["Đặc khu Phú Quý"]


def test_accents_choose_between_two_names(places):
    of_before = queries.find_commune(LAM_DONG, "Xã Tân Thanh").commune
    of_today = queries.find_commune(LAM_DONG, "Xã Tân Thành").commune
    assert (of_before and of_before.code, of_today and of_today.code) == ("24907", "23143")
