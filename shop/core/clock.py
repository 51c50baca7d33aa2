"""The one place that asks for the time, so that a test can say what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return _told.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the block believe that it is another moment, for a past that is made up."""
    mark = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(mark)


def today() -> date:
    """Return the calendar day in Vietnam, by which certificates live and expire."""
    return now().astimezone(VIETNAM).date()


def local(moment: datetime) -> datetime:
    """Return an aware moment as a clock in Vietnam shows it."""
    return moment.astimezone(VIETNAM)
