"""Odd sheets are listed, unreadable ones refused."""

import pytest

from shop.core.errors import InvalidInput
from shop.criteria.validation import FaultKind, validate
from tests.criteria.sheets import bundled


def found_after(spoil):
    """Return the faults of set 1 that spoiling its data brings."""
    before, data = bundled(), bundled()
    spoil(data[0])
    known = {(fault.code, fault.kind) for fault in validate(before) if fault.product_set == 1}
    after = {(fault.code, fault.kind) for fault in validate(data) if fault.product_set == 1}
    return after - known


def first(sheet):
    """Return the first criterion of a sheet, 1.1."""
    return sheet["sections"][0]["items"][1]


def spoil_sum(sheet):
    first(sheet)["max"] = "4"


def spoil_part(sheet):
    sheet["sections"][1]["max"] = "24"


def spoil_over(sheet):
    first(sheet)["options"][2]["points"] = "3,5"


def spoil_floor(sheet):
    first(sheet)["options"][0]["floor"] = 4
    first(sheet)["options"][1]["floor"] = 3


@pytest.mark.parametrize(
    ("spoil", "faults"),
    [
        (spoil_sum, {("1", FaultKind.SUM), ("1.1", FaultKind.BELOW_MAXIMUM)}),
        (
            spoil_part,
            {("B", FaultKind.PART_POINTS), ("B", FaultKind.SUM), ("B", FaultKind.LABEL)},
        ),
        (spoil_over, {("1.1", FaultKind.OVER_MAXIMUM)}),
        (spoil_floor, {("1.1", FaultKind.FLOOR_ORDER)}),
    ],
)
def test_what_does_not_add_up_is_listed(spoil, faults):
    assert found_after(spoil) == faults


def without_a_set(data):
    del data[3]


def without_a_part(data):
    del data[0]["sections"][2]


def with_a_code_twice(data):
    data[0]["sections"][0]["items"].append(first(data[0]))


def with_a_number_for_points(data):
    first(data[0])["options"][0]["points"] = 2


def with_a_maximum_that_is_none(data):
    first(data[0])["max"] = "ba"


def with_an_orphan(data):
    first(data[0])["code"] = "29.1"


def with_a_note_that_is_none(data):
    first(data[0])["notes"] = ["x"]


@pytest.mark.parametrize(
    "spoil",
    [
        without_a_set,
        without_a_part,
        with_a_code_twice,
        with_a_number_for_points,
        with_a_maximum_that_is_none,
        with_an_orphan,
        with_a_note_that_is_none,
    ],
)
def test_what_cannot_be_read_is_refused(spoil):
    data = bundled()
    spoil(data)
    with pytest.raises(InvalidInput):
        validate(data)


@pytest.mark.parametrize("data", [None, {}, [], [1], [[]], [{"no": True}], "x"])
def test_what_is_no_data_set_at_all_is_refused(data):
    with pytest.raises(InvalidInput):
        validate(data)
