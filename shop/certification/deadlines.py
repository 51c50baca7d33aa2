"""By when a claimed certificate is decided, and how long a moderator may keep a case to herself.

Both terms are this floor's own; the rule names none for certificates claimed from outside.
"""

from datetime import date, timedelta

from shop.core.workdays import add_working_days

WORKING_DAYS = 10
LEASE = timedelta(minutes=30)
TWO_PAIRS_OF_EYES = 5


def due_on(submitted_on: date) -> date:
    """Return the last day on which a claim of this day is to be decided."""
    return add_working_days(submitted_on, WORKING_DAYS)


def needs_second(stars: int) -> bool:
    """Tell whether so many stars need a second moderator who reads the same."""
    return stars >= TWO_PAIRS_OF_EYES
