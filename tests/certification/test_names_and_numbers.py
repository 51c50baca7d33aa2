"""Product sets, product codes, scores, and names that are compared."""

import pytest

from shop.certification.matching import Match, compare, compare_values, is_same_holder
from shop.certification.product_code import read_code, tidy
from shop.certification.product_sets import PRODUCT_SETS, SetGroup, product_set
from shop.certification.scores import read_score, score_text, stars_for


def test_has_the_26_sets_in_six_groups(app):
    assert list(PRODUCT_SETS) == list(range(1, 27))
    assert {each.group for each in PRODUCT_SETS.values()} == set(SetGroup)
    assert str(product_set(4).name) == "Mật ong, mật khác, nông sản thực phẩm khác"
    assert [each.number for each in PRODUCT_SETS.values() if each.is_tourism] == [26]


@pytest.mark.parametrize(
    "typed",
    [
        "08-00706-012-2026",
        "(08)-(00706)-(012)-2026",
        " 08 – 00706 – 012 – 2026 ",
        "08-00706-12-2026",
        "08-00706-0012-2026",
        "０8-00706-𝟎𝟏𝟐-2026",  # noqa: RUF001  such digits are what is tried here
    ],
)
def test_reads_a_product_code_however_it_is_typed(typed):
    assert tidy(typed) == "08-00706-012-2026"
    assert read_code(typed) == ("08", "00706", "012", 2026)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "8-00706-012-2026", "08-706-012-2026", "08-00706-012-26", "08-00706-2026"),
        *("x" * 40, "٠٨-00706-012-2026", "०८-00706-012-2026"),
    ],
)
def test_refuses_codes_of_another_shape(typed):
    assert read_code(typed) is None


@pytest.mark.parametrize(
    ("typed", "hundredths"),
    [("81,50", 8150), ("81.5", 8150), ("100", 10000), ("90,0", 9000), ("0", 0)],
)
def test_reads_scores_as_people_write_them(typed, hundredths):
    assert read_score(typed) == hundredths


@pytest.mark.parametrize("typed", ["100,01", "81,505", "-3", "tám mươi", "81,5x", "1e2", "²"])
def test_refuses_what_is_no_score(typed):
    assert read_score(typed) is None


@pytest.mark.parametrize(
    ("hundredths", "stars"), [(9000, 5), (8999, 4), (7000, 4), (6999, 3), (5000, 3), (4999, 2)]
)
def test_bands_begin_where_the_decision_says(hundredths, stars):
    assert stars_for(hundredths) == stars
    assert score_text(hundredths).endswith(("00", "99"))


@pytest.mark.parametrize(
    ("claimed", "listed", "match"),
    [
        ("Mật ong bạc hà", "mat ong bac ha", Match.SAME),
        ("Hợp tác xã Cao Nguyên", "HTX Cao Nguyên", Match.SAME),
        ("HTX Nông nghiệp Cao Nguyên", "HTX Cao Nguyên", Match.SIMILAR),
        ("HTX Cao Nguyên", "HTX Đồng Bằng", Match.DIFFERENT),
        ("Công ty TNHH Một", "Công ty TNHH Hai", Match.DIFFERENT),
        ("HTX Cao Nguyên", "", Match.UNKNOWN),
    ],
)
def test_compares_names_blind_to_accents_and_short_forms(claimed, listed, match):
    assert compare(claimed, listed) is match


@pytest.mark.parametrize(
    ("claimed", "listed", "is_same"),
    [
        ("Hợp tác xã Cao Nguyên", "HTX CAO NGUYEN", True),
        ("HTX Nông nghiệp Cao Nguyên", "HTX Cao Nguyên", True),
        ("Hộ kinh doanh Lò Thị Mai", "Hộ kinh doanh Lò Thị Hoa", False),
        ("HTX Ong", "HTX Ong Rừng Cao Nguyên Đá", False),
        ("HTX", "HTX Nông nghiệp", False),
    ],
)
def test_a_neighbour_is_another_holder(claimed, listed, is_same):
    assert is_same_holder(claimed, listed) is is_same


def test_compares_facts_by_their_value():
    assert compare_values(4, 4) is Match.SAME
    assert compare_values(5, 4) is Match.DIFFERENT
    assert compare_values(4, None) is Match.UNKNOWN
