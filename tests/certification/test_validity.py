"""36 months by the calendar, and what the registry says of them."""

from datetime import date

import pytest

from shop.certification.validity import Validity, end_of, validity_of, words_for


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
