"""Vietnamese words, cut the same way for goods and for questions."""

import unicodedata

import pytest

from shop.search import analysis


@pytest.mark.parametrize(
    ("typed", "one_spelling"),
    [
        ("Hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("Thuỷ", "thủy"),
        ("quí", "quý"),
        ("mỳ", "mì"),
        ("hoàng", "hoàng"),
        ("quỳ", "quỳ"),
        ("tuyết", "tuyết"),
    ],
)
def test_a_syllable_has_one_spelling(typed, one_spelling):
    assert analysis.canonical(typed) == one_spelling
    assert analysis.canonical(unicodedata.normalize("NFD", typed)) == one_spelling


def test_folding_takes_accents_and_d_with_a_bar():
    assert analysis.folded_words("Đặc sản Hoà Bình") == ["dac", "san", "hoa", "binh"]


def test_numbers_and_units_stand_apart():
    assert analysis.folded_words("500ml") == ["500", "ml"]


def test_neighbours_make_pairs():
    assert analysis.pairs(["mat", "ong", "rung"]) == ["mat_ong", "ong_rung"]


def test_an_endless_query_is_cut():
    exact, folded = analysis.query_words("mật " * 10_000)
    assert len(exact) == len(folded) == analysis.MOST_WORDS
