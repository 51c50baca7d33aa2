"""36 months by the calendar, and what the registry says of them."""

from datetime import date, timedelta

import pytest

from shop.certification.validity import (
    Phase,
    Term,
    Validity,
    end_of,
    filing_window,
    latest_grace,
    phase_of,
    reminder_due,
    validity_of,
    words_for,
)


@pytest.mark.parametrize(
    ("decided_on", "last_day"),
    [
        (date(2025, 3, 14), date(2028, 3, 14)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2021, 2, 28), date(2024, 2, 28)),
        (date(2025, 2, 28), date(2028, 2, 28)),
        (date(2023, 12, 31), date(2026, 12, 31)),
        (date(2022, 1, 1), date(2025, 1, 1)),
    ],
)
def test_ends_on_the_same_day_three_years_later(decided_on, last_day):
    assert end_of(decided_on) == last_day


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2028, 3, 13), Validity.CURRENT),
        (date(2028, 3, 14), Validity.CURRENT),
        (date(2028, 3, 15), Validity.EXPIRED),
    ],
)
def test_stands_on_its_last_day_and_not_after_it(today, said):
    assert validity_of(date(2025, 3, 14), today) is said


def test_without_a_date_nothing_is_known(app):
    assert validity_of(None, date(2026, 1, 1)) is Validity.UNKNOWN
    assert str(words_for(Validity.UNKNOWN, None)) == "chưa rõ thời hạn"


def test_says_so_when_it_has_run_out(app):
    assert str(words_for(Validity.EXPIRED, date(2024, 5, 1))).startswith("đã quá hạn")
    assert "01/05/2024" in str(words_for(Validity.EXPIRED, date(2024, 5, 1)))


ENDS = date(2027, 6, 30)


@pytest.mark.parametrize(
    ("status", "grace", "today", "expected"),
    [
        ("verified", None, date(2027, 3, 31), Phase.LIVE),
        ("verified", None, date(2027, 4, 1), Phase.EXPIRING),
        ("verified", None, ENDS, Phase.EXPIRING),
        ("verified", None, date(2027, 7, 1), Phase.EXPIRED),
        ("verified", date(2027, 8, 1), date(2027, 7, 1), Phase.GRACE),
        ("verified", date(2027, 8, 1), date(2027, 8, 2), Phase.EXPIRED),
        ("revoked", date(2027, 8, 1), date(2027, 7, 1), Phase.REVOKED),
        ("withheld", None, date(2027, 1, 1), Phase.WITHHELD),
        ("replaced", None, date(2027, 1, 1), Phase.REPLACED),
    ],
)
def test_tells_the_phase_of_a_certificate_on_a_day(app, status, grace, today, expected):
    found = phase_of(status, Term(ENDS, grace), today)
    assert found is expected
    assert found.is_live == (found in {Phase.LIVE, Phase.EXPIRING, Phase.GRACE})
    assert str(found.label)


@pytest.mark.parametrize(
    ("left", "expected"),
    [(181, None), (180, 180), (121, 180), (120, 120), (91, 120), (90, 90), (61, 90), (60, 60),
     (31, 60), (30, 30), (0, 30), (-1, None)],
)  # fmt: skip
def test_one_reminder_is_the_present_one(left, expected):
    assert reminder_due(ENDS, ENDS - timedelta(days=left)) == expected


def test_the_window_for_filing_and_the_end_of_grace_are_counted_from_the_expiry():
    assert filing_window(ENDS) == (date(2027, 1, 1), date(2027, 3, 2))
    assert latest_grace(ENDS) == date(2027, 12, 27)
