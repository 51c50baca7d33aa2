"""The committed files: whole, and what the resolutions in force say."""

import hashlib
import unicodedata
from collections import Counter

import pytest

from shop.core.vietnamese import sort_key
from shop.places import datafiles


@pytest.fixture(scope="module")
def communes():
    return datafiles.commune_rows()


@pytest.fixture(scope="module")
def old_places():
    return datafiles.old_place_rows()


def test_the_files_are_those_that_were_built():
    lines = (datafiles.DATA / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert set(sums) == {"provinces.csv", "communes.csv", "old_places.csv"}
    for name, digest in sums.items():
        assert hashlib.sha256((datafiles.DATA / name).read_bytes()).hexdigest() == digest


def test_there_are_34_provinces_nine_of_them_cities_made_of_63():
    kinds = Counter(row["kind"] for row in datafiles.province_rows())
    assert kinds == {"thanh-pho": 9, "tinh": 25}
    before = [
        name
        for line in datafiles.read("provinces.csv")
        for name in line["old_provinces"].split("; ")
    ]
    assert len(before) == len(set(before)) == 63


def test_there_are_3321_communes_of_three_kinds(communes):
    assert Counter(row["kind"] for row in communes) == {"xa": 2599, "phuong": 709, "dac-khu": 13}
    assert len({row["code"] for row in communes}) == 3321
    assert len({(row["province_code"], row["full_name"]) for row in communes}) == 3321


def test_hoang_sa_and_truong_sa_are_special_zones_of_vietnam(communes):
    zones = {row["name"]: row for row in communes if row["kind"] == "dac-khu"}
    provinces = {row["code"]: row["full_name"] for row in datafiles.province_rows()}
    hoang_sa, truong_sa = zones["Hoàng Sa"], zones["Trường Sa"]
    assert (hoang_sa["code"], hoang_sa["full_name"]) == ("20333", "Đặc khu Hoàng Sa")
    assert provinces[hoang_sa["province_code"]] == "Thành phố Đà Nẵng"
    assert (truong_sa["code"], truong_sa["full_name"]) == ("22736", "Đặc khu Trường Sa")
    assert provinces[truong_sa["province_code"]] == "Tỉnh Khánh Hòa"
    assert all(row["lat"] and row["lon"] for row in (hoang_sa, truong_sa))


def test_every_name_is_nfc_and_begins_with_its_kind(communes):
    begins = {"xa": "Xã ", "phuong": "Phường ", "dac-khu": "Đặc khu "}
    for row in communes:
        assert unicodedata.is_normalized("NFC", row["full_name"])
        assert row["full_name"] == begins[row["kind"]] + row["name"]


def test_every_commune_lies_in_vietnam(communes):
    for row in communes:
        assert 6 < row["lat"] < 24, row["full_name"]
        assert 102 < row["lon"] < 118, row["full_name"]


def test_every_old_place_leads_to_a_commune_of_the_province_it_names(communes, old_places):
    province_of = {row["code"]: row["province_code"] for row in communes}
    for row in old_places:
        if row["commune_code"]:
            assert province_of[row["commune_code"]] == row["province_code"], row["name"]
    assert {row["province_code"] for row in old_places} == set(province_of.values())


def test_a_divided_commune_has_a_row_for_each_part_and_others_have_one(old_places):
    parts = Counter(
        (row["name"], row["old_district"], row["old_province"], row["is_split"])
        for row in old_places
        if row["kind"] == "commune"
    )
    assert len(parts) == 10035
    assert all((many > 1) is key[-1] for key, many in parts.items())
    assert sum(key[-1] for key in parts) == 471


def test_the_provinces_stand_in_the_order_of_the_dictionary():
    names = [row["name"] for row in datafiles.province_rows()]
    assert names == sorted(names, key=sort_key)
    assert names.index("Đồng Tháp") < names.index("Gia Lai") < names.index("Hà Nội")
