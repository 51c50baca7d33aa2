"""Papers of before July 2025, followed to the units of today."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.places import queries
from shop.places.models import Commune, OldKind, OldPlace
from shop.places.resolution import Flag


def outcome(place, province):
    found = queries.resolve_old(place, province)
    commune = queries.commune(found.commune_code) if found.commune_code else None
    return found.province_code, commune and commune.full_name, found.flag


@pytest.mark.parametrize(
    ("province", "code"),
    [
        ("Kon Tum", "51"),
        ("tỉnh Kon Tum", "51"),
        ("Bà Rịa - Vũng Tàu", "79"),
        ("Bà Rịa – Vũng Tàu", "79"),
        ("TP. Hồ Chí Minh", "79"),
        ("TPHCM", "79"),
        ("Thừa Thiên Huế", "46"),
        ("Thừa Thiên - Huế", "46"),
        ("Huế", "46"),
        ("Hà Giang", "08"),
        ("Đắc Nông", "68"),
        ("Quảng Ninh", "22"),
        ("hai duong", "31"),
    ],
)
def test_a_province_of_any_time_is_known(places, province, code):
    assert outcome("", province) == (code, None, Flag.PROVINCE)


@pytest.mark.parametrize(
    ("place", "province", "full_name"),
    [
        ("xã Tam Ngãi", "Trà Vinh", "Xã Tam Ngãi"),
        ("thị trấn Cầu Kè", "Trà Vinh", "Xã Cầu Kè"),
        ("xã Ninh Thới", "Trà Vinh", "Xã Phong Thạnh"),
        ("P. 7, TP Trà Vinh", "Trà Vinh", "Phường Nguyệt Hóa"),
        ("P.7, TP. Trà Vinh, tỉnh Trà Vinh", "", "Phường Nguyệt Hóa"),
        ("thị trấn Dương Đông, Phú Quốc", "Kiên Giang", "Đặc khu Phú Quốc"),
        ("xã Trà Linh", "Quảng Nam", "Xã Trà Linh"),
        ("xã Phong Chương", "Thừa Thiên Huế", "Phường Phong Dinh"),
        ("xã Thông Nguyên, tỉnh Hà Giang", "Hà Giang", "Xã Thông Nguyên"),
        ("Phú Quý", "Bình Thuận", "Đặc khu Phú Quý"),
        ("huyện Hoàng Sa", "Đà Nẵng", "Đặc khu Hoàng Sa"),
        ("huyện Trường Sa", "Khánh Hòa", "Đặc khu Trường Sa"),
        ("xã Đông Anh", "Hà Nội", "Xã Đông Anh"),
        ("xa Bang Phuc", "bac kan", "Xã Đồng Phúc"),
    ],
)
def test_a_place_is_followed_to_its_commune(places, place, province, full_name):
    assert outcome(place, province)[1:] == (full_name, Flag.COMMUNE)


def test_a_district_became_many_communes_so_the_province_is_all(places):
    assert outcome("Nga Sơn", "Thanh Hóa") == ("38", None, Flag.DISTRICT)
    assert outcome("huyện Nga Sơn, tỉnh Thanh Hóa", "") == ("38", None, Flag.DISTRICT)


def test_a_divided_commune_gives_its_parts(places):
    found = queries.resolve_old("xã Vĩnh Châu", "An Giang")
    assert (found.province_code, found.commune_code, found.flag) == ("91", None, Flag.SPLIT)
    names = {commune.full_name for commune in queries.communes(found.candidates).values()}
    assert names == {"Phường Châu Đốc", "Phường Vĩnh Tế"}


def test_a_name_that_several_districts_had_is_not_guessed(places):
    found = queries.resolve_old("phường 1", "Trà Vinh")
    assert (found.province_code, found.commune_code, found.flag) == ("86", None, Flag.AMBIGUOUS)
    names = {commune.name for commune in queries.communes(found.candidates).values()}
    assert names == {"Trà Vinh", "Duyên Hải"}


def test_the_district_says_which_of_two_places_is_meant(places):
    assert outcome("phường 1, thị xã Duyên Hải", "Trà Vinh")[1] == "Phường Duyên Hải"
    assert outcome("phường 1, TP Trà Vinh", "Trà Vinh")[1] == "Phường Trà Vinh"
    assert outcome("phường 1, TP Trà Vinh, Trà Vinh", "")[1] == "Phường Trà Vinh"
    assert outcome("phường 1, huyện Không Có", "Trà Vinh")[2] is Flag.UNKNOWN_PLACE


def test_accents_tell_two_names_apart(places):
    assert queries.resolve_old("xã Tân Thanh", "Tiền Giang").commune_code == "28426"
    assert queries.resolve_old("xã Tân Thạnh", "Tiền Giang").commune_code == "28693"
    assert queries.resolve_old("xa tan thanh", "tien giang").flag is Flag.AMBIGUOUS


def test_an_old_name_that_another_commune_bears_today_is_not_guessed(places):
    assert outcome("xã Tân Thành", "Lâm Đồng") == ("68", None, Flag.AMBIGUOUS)


def test_a_place_nobody_knows_leaves_the_province(places):
    assert outcome("Cầu Đất", "Lâm Đồng") == ("68", None, Flag.UNKNOWN_PLACE)


@pytest.mark.parametrize("province", ["", "Atlantis", "\x00", "'; DROP TABLE provinces; --"])
def test_an_unknown_province_is_said_to_be_unknown(places, province):
    assert outcome("xã Tam Ngãi", province) == (None, None, Flag.UNKNOWN)


def test_communes_of_today_are_found_by_their_own_names(places):
    wanted = select(Commune).options(joinedload(Commune.province)).order_by(Commune.code)
    for commune in places.session.scalars(wanted).all()[::60]:
        found = queries.resolve_old(commune.full_name, commune.province.full_name)
        assert commune.code in {found.commune_code, *found.candidates}, commune.full_name


def test_communes_of_before_are_found_with_their_districts(places):
    wanted = select(OldPlace).where(OldPlace.kind == OldKind.COMMUNE).order_by(OldPlace.id)
    for old in places.session.scalars(wanted).all()[::160]:
        found = queries.resolve_old(f"{old.name}, {old.old_district}", old.old_province)
        assert found.flag is (Flag.SPLIT if old.is_split else Flag.COMMUNE), old.name
        assert old.commune_code in {found.commune_code, *found.candidates}, old.name
