"""Working days: weekends, announced holidays, days worked instead, terms over Tết."""

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.core.workdays import DATA, add_working_days, is_working_day, working_days_between

DAYS = st.dates(date(2025, 1, 1), date(2029, 12, 31))
CERTAINTIES = {"law", "announced", "recalled", "expected"}


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 27), True),  # a Friday
        (date(2026, 11, 28), False),  # a Saturday
        (date(2026, 4, 27), False),  # in place of Giỗ Tổ on a Sunday
        (date(2026, 8, 22), True),  # a Saturday worked for 31/8
        (date(2026, 8, 31), False),
        (date(2027, 2, 4), True),
        (date(2027, 2, 5), False),  # the eve of Tết
        (date(2027, 2, 11), False),  # in place of the Sunday of Tết
        (date(2027, 2, 12), True),
        (date(2027, 4, 16), False),  # Giỗ Tổ
        (date(2027, 5, 3), False),  # in place of 1/5 on a Saturday
        (date(2031, 4, 30), False),  # a year without announcements: fixed days only
    ],
)
def test_offices_work(day, works):
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 27), 15, date(2026, 12, 18)),
        (date(2027, 2, 4), 1, date(2027, 2, 12)),
        (date(2026, 4, 24), 3, date(2026, 5, 4)),
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
    ],
)
def test_a_term_begins_the_day_after(day, count, last):
    assert add_working_days(day, count) == last


@given(DAYS, st.integers(1, 60))
def test_a_term_ends_on_a_working_day_and_counts_back(day, count):
    last = add_working_days(day, count)
    assert is_working_day(last)
    assert working_days_between(day, last) == count
    assert working_days_between(last, day) == -count


@given(DAYS, DAYS, DAYS)
def test_terms_add_up(one, two, three):
    first, middle, last = sorted((one, two, three))
    parts = working_days_between(first, middle) + working_days_between(middle, last)
    assert parts == working_days_between(first, last)


def test_each_announced_day_is_once_with_its_source():
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    days = [date.fromisoformat(row["day"]) for row in rows]
    assert days == sorted(set(days))
    assert all(row["source"] and row["name"] and row["kind"] in {"off", "work"} for row in rows)
    assert {row["certainty"] for row in rows} <= CERTAINTIES
    assert {day.year for day in days} == {2026, 2027}


def test_only_a_weekend_is_worked_instead():
    with DATA.open(encoding="utf-8", newline="") as file:
        worked = [row["day"] for row in csv.DictReader(file) if row["kind"] == "work"]
    assert all(date.fromisoformat(day).weekday() >= 5 for day in worked)
    assert all(is_working_day(date.fromisoformat(day)) for day in worked)
