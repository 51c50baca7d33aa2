"""Working days: Monday to Friday without the public holidays of Vietnam, which are data.

Holidays and days worked instead are announced year by year; `holidays.csv` holds them with their
source and how sure they are: `law` (the Labour Code and the calendar say it), `announced`,
`recalled` (announced, the document not seen here), `expected` (not announced yet). A year that the
file does not know has no holidays but those of fixed date.
"""

import csv
from datetime import date, timedelta
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data" / "holidays.csv"
FIXED = ((1, 1), (4, 30), (5, 1), (9, 2))


@cache
def _announced() -> dict[date, str]:
    """Return the announced days: `off` or `work`."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return {date.fromisoformat(row["day"]): row["kind"] for row in csv.DictReader(file)}


def is_working_day(day: date) -> bool:
    """Tell whether offices work on a day."""
    announced = _announced().get(day)
    if announced is not None:
        return announced == "work"
    return day.weekday() < 5 and (day.month, day.day) not in FIXED


def add_working_days(day: date, count: int) -> date:
    """Return the last day of a term of so many working days that begins after `day`."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Return how many working days lie after `start` and up to `end`, negative when it is past."""
    if end < start:
        return -working_days_between(end, start)
    days = (end - start).days
    return sum(is_working_day(start + timedelta(days=each)) for each in range(1, days + 1))
