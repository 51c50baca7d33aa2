"""The one place that asks for the time, so that a test can say what time it is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the calendar day in Vietnam, by which certificates live and expire."""
    return now().astimezone(VIETNAM).date()


def local(moment: datetime) -> datetime:
    """Return an aware moment as a clock in Vietnam shows it."""
    return moment.astimezone(VIETNAM)
