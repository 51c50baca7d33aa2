"""How long a recognition stands: 36 months by the calendar, from the day of its decision.

The printed expiry of a certificate is stored and never computed; this rule only bounds it, and
says of a row of a published list whether its decision still stands.
"""

import calendar
import enum
from datetime import date

from flask_babel import lazy_gettext

from shop.core.errors import Words

MONTHS = 36


class Validity(enum.StrEnum):
    """What can be said of a row of a recognition list today."""

    VALID = "valid"  # a verified certificate of this floor stands behind it
    CURRENT = "current"  # by its decision it still stands; nobody has verified it here
    EXPIRED = "expired"
    UNKNOWN = "unknown"  # the list says no date of decision


def end_of(decided_on: date) -> date:
    """Return the last day on which a decision can stand.

    It is the same day of the month 36 months later, or that month's last day where there is none
    such: 29/02/2024 ends on 28/02/2027.
    """
    months = decided_on.year * 12 + decided_on.month - 1 + MONTHS
    year, month = divmod(months, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(decided_on.day, last_day))


def validity_of(decided_on: date | None, today: date) -> Validity:
    """Tell whether a listed decision still stands on this day; unknown without its date."""
    if decided_on is None:
        return Validity.UNKNOWN
    return Validity.CURRENT if end_of(decided_on) >= today else Validity.EXPIRED


def words_for(validity: Validity, ends_on: date | None) -> Words:
    """Return what is said beside a row of the registry."""
    if validity is Validity.UNKNOWN or ends_on is None:
        return lazy_gettext("validity unknown")
    shown = ends_on.strftime("%d/%m/%Y")
    if validity is Validity.EXPIRED:
        return lazy_gettext("expired on %(day)s", day=shown)
    if validity is Validity.CURRENT:
        return lazy_gettext("by its decision until %(day)s, not verified here", day=shown)
    return lazy_gettext("valid until %(day)s", day=shown)
