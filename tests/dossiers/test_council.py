"""What the sheets bring together: the average half up, floors by most of the sheets."""

import pytest

from shop.criteria.sheet import Block, Criterion, Option, Part, Sheet
from shop.dossiers.council import missing, together, valid
from shop.dossiers.outcome import may_go_up, most_stars, must_go_up


def criterion(code, *options):
    return Criterion(code, code, max(each.points_hundredths for each in options), options)


POINTS = criterion("1", Option("0", 0), Option("60", 60_00), Option("89,99", 89_99))
FLOORED = criterion("2", Option("0", 0), Option("1", 1_00, 3), Option("10", 10_00, 4))
SHEET = Sheet(1, "Mẫu", (Part("A", "A", 10000, (Block("1", "1", 10000, (POINTS, FLOORED)),)),))


@pytest.mark.parametrize(
    ("sheets", "average", "stars"),
    [
        ([(2, 2), (2, 2), (2, 2)], 99_99, 5),
        ([(1, 2), (1, 2), (1, 1)], 67_00, 3),
        ([(2, 2), (2, 2), (2, 0)], 96_66, 5),  # two of three meet the floors
        ([(2, 0), (2, 0), (2, 2)], 93_32, 0),  # two of three miss the floor of 3 stars
        ([(2, 1), (2, 1), (2, 2)], 93_99, 3),  # two of three miss the floor of 4 stars
        ([(2, 2), (2, 2), (2, 0), (2, 0)], 94_99, 0),  # half is not most
        ([(1, 1), (1, 1), (0, 1)], 41_00, 0),
    ],
)
def test_the_average_and_most_of_the_sheets_decide(sheets, average, stars):
    found = together(SHEET, [{"1": one, "2": two} for one, two in sheets])
    assert (found.average_hundredths, found.stars) == (average, stars)


def test_no_sheet_brings_no_average():
    with pytest.raises(ValueError, match="no totals"):
        together(SHEET, [])


def test_a_sheet_knows_what_is_missing():
    assert missing(SHEET, {"1": 0}) == ["2"]
    assert missing(SHEET, {"1": 9, "2": -1}) == ["1", "2"]
    assert valid(SHEET, {"1": 0, "2": 7, "3": 0}) == {"1": 0}


@pytest.mark.parametrize(
    ("council", "ministry", "most"),
    [(5, None, 4), (4, None, 4), (3, None, 3), (0, None, 0), (5, 89_99, 4), (5, 69_00, 3),
     (5, 49_00, 0), (3, 89_00, 3)],
)  # fmt: skip
def test_the_province_gives_at_most(council, ministry, most):
    assert most_stars(council, ministry) == most


def test_ninety_points_go_up_once():
    assert may_go_up(90_00, has_come_back=False)
    assert not may_go_up(89_99, has_come_back=False)
    assert not may_go_up(95_00, has_come_back=True)
    assert must_go_up(5, has_come_back=False)
    assert not must_go_up(4, has_come_back=False)
    assert not must_go_up(5, has_come_back=True)
