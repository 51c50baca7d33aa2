"""Stars from answers, as docs/ocop-scoring.md tells: its examples are read from the document."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.certification.scores import least_for
from shop.criteria.scoring import GapKind, average, gaps, next_stars, score, stars_text
from shop.criteria.sheet import hundredths
from shop.criteria.validation import validate
from tests.criteria.sheets import answered, bundled, bundled_sheet, sheet_of_options

DOCUMENT = Path(__file__).parents[2] / "docs" / "ocop-scoring.md"


def table(title):
    """Return the rows of the first table under a heading of the document."""
    section = DOCUMENT.read_text("utf-8").split(f"# {title}\n")[1].split("\n#")[0]
    rows = [line[1:-1].split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def numbers(cell):
    return [int(each) for each in cell.split(", ")] if cell != "–" else []


@pytest.mark.parametrize("row", table("Bands"))
def test_bands_of_the_document(row):
    stars, least, _ = row
    assert least_for(int(stars)) == hundredths(least)


@pytest.mark.parametrize("row", table("Examples"))
def test_stars_of_the_document(row):
    total, missed, stars = row
    floors = {
        f"2.{floor}": [(0, 0 if floor in numbers(missed) else floor), (0, 0)] for floor in (3, 4, 5)
    }
    floors |= {f"3.{floor}": [(0, 0), (100, floor)] for floor in numbers(missed)}
    sheet = sheet_of_options(**{"1": [(hundredths(total), 0)]}, **floors)
    found = score(sheet, dict.fromkeys(["1", *floors], 0))
    assert (found.total_hundredths, found.stars) == (hundredths(total), int(stars))
    assert [each.stars for each in found.unmet] == numbers(missed)


@pytest.mark.parametrize("row", table("Averages"))
def test_averages_of_the_document(row):
    totals, mean = row
    assert average([hundredths(each) for each in totals.split(", ")]) == hundredths(mean)


def test_half_a_hundredth_is_rounded_up():
    assert average([70_00, 69_99]) == 70_00
    with pytest.raises(ValueError, match="no totals"):
        average([])


def written_faults():
    """Yield set, code, kind and detail of each row of the document's last table."""
    for sets, code, kind, detail, _ in table("Where the sheets do not add up"):
        first, _, last = sets.partition("–")
        span = range(int(first), int(last) + 1) if last else numbers(sets)
        yield from ((number, code, kind, detail) for number in span)


def test_the_document_lists_what_does_not_add_up():
    found = [
        (fault.product_set, fault.code, str(fault.kind), fault.detail)
        for fault in validate(bundled())
    ]
    assert sorted(found) == sorted(written_faults())


def test_the_words_never_call_one_or_two_stars_ocop(app):
    with app.test_request_context():
        assert {str(stars_text(stars)) for stars in (0, 1, 2)} == {"chưa đạt sao OCOP"}
        assert str(stars_text(4)) == "4 sao OCOP"


def test_a_missing_answer_reaches_no_floor_and_brings_nothing():
    found = score(bundled_sheet(6), {})
    assert (found.total_hundredths, found.stars, found.answered) == (0, 0, 0)
    assert {each.criterion.code for each in found.unmet if each.stars == 3} == {
        *("1.1", "2.2", "2.3", "3.5", "4.1", "5.3", "8", "9")
    }


def test_answers_that_no_sheet_has_count_as_none():
    found = score(bundled_sheet(6), {"99": 1, "1.1": 7, "1.2": -1})
    assert (found.total_hundredths, found.answered) == (0, 0)


@given(answered())
def test_a_total_is_never_above_a_hundred_and_is_the_sum_of_its_parts(drawn):
    found = score(*drawn)
    assert 0 <= found.total_hundredths <= 100_00
    assert found.total_hundredths == sum(found.by_part.values())
    assert found.stars in {0, 3, 4, 5}
    assert found.stars <= found.stars_by_points


@given(answered(), st.randoms())
def test_the_order_of_answers_does_not_matter(drawn, chance):
    sheet, answers = drawn
    shuffled = list(answers.items())
    chance.shuffle(shuffled)
    assert score(sheet, dict(shuffled)) == score(sheet, answers)


@given(answered(), st.data())
def test_more_points_never_bring_fewer_stars(drawn, data):
    sheet, answers = drawn
    criterion = data.draw(st.sampled_from(list(sheet.criteria())))
    before = answers.get(criterion.code)
    here = criterion.options[before].points_hundredths if before is not None else 0
    points = [option.points_hundredths for option in criterion.options]
    as_good = [index for index, each in enumerate(points) if each >= here]
    better = answers | {criterion.code: data.draw(st.sampled_from(as_good))}
    assert score(sheet, better).stars >= score(sheet, answers).stars


@given(answered())
def test_the_gap_list_leads_to_the_next_star(drawn):
    sheet, answers = drawn
    found = score(sheet, answers)
    for gap in gaps(sheet, answers):
        answers = answers | {gap.criterion.code: gap.option}
        assert gap.gain_hundredths >= 0
    after = score(sheet, answers)
    if after.total_hundredths >= least_for(next_stars(found.stars) or 5):
        assert after.stars >= (next_stars(found.stars) or 5)


def test_points_are_no_gap_when_the_floors_bring_enough():
    sheet = sheet_of_options(a=[(0, 0), (20_00, 3)], b=[(0, 0), (5_00, 0)], c=[(40_00, 0)])
    assert [gap.criterion.code for gap in gaps(sheet, {"a": 0, "b": 0, "c": 0})] == ["a"]


def test_gaps_name_the_missed_floors_first_and_then_the_greatest_steps():
    sheet = sheet_of_options(
        a=[(0, 0), (20_00, 3)], b=[(0, 0), (5_00, 0)], c=[(20_00, 0), (50_00, 0)]
    )
    listed = [(gap.kind, gap.criterion.code) for gap in gaps(sheet, {"a": 0, "b": 0, "c": 0})]
    assert listed[0] == (GapKind.FLOOR, "a")
    assert [code for kind, code in listed if kind == GapKind.POINTS] == ["c", "b"]


@pytest.mark.parametrize("number", range(1, 27))
def test_the_best_answers_bring_five_stars_and_leave_no_gap(number):
    sheet = bundled_sheet(number)
    best = {}
    for each in sheet.criteria():
        points = [option.points_hundredths for option in each.options]
        best[each.code] = points.index(max(points))
    assert score(sheet, best).stars == 5
    assert gaps(sheet, best) == []
