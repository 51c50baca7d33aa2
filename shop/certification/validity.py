"""How long a recognition stands: 36 months by the calendar, from the day of its decision.

The printed expiry of a certificate is stored and never computed; this rule only bounds it, and
says of a row of a published list whether its decision still stands. The phases of a certificate's
life are computed here, from its facts and the day, so that no job has to run for one to end.
"""

import calendar
import enum
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from shop.core.errors import Words

MONTHS = 36
EXPIRING_DAYS = 90
FILING_OPENS_DAYS = 180  # a re-evaluation is filed 180 to 120 days before the expiry
FILING_CLOSES_DAYS = 120
GRACE_DAYS = 180  # late filers stay valid for at most so long past the expiry
REMINDERS = (30, 60, 90, FILING_CLOSES_DAYS, FILING_OPENS_DAYS)


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


class Succession(enum.StrEnum):
    """What a certificate was to the one that took its place."""

    RENEWED = "renewed"
    UPGRADED = "upgraded"
    DOWNGRADED = "downgraded"

    @property
    def label(self) -> LazyString:
        """Return what the newer one made of it, in words."""
        return _SUCCESSIONS[self]


_SUCCESSIONS = {
    Succession.RENEWED: lazy_gettext("Renewed"),
    Succession.UPGRADED: lazy_gettext("Upgraded"),
    Succession.DOWNGRADED: lazy_gettext("Followed by one with fewer stars"),
}


def succession(earlier_stars: int, stars: int) -> Succession:
    """Tell whether a newer certificate renews the earlier one, or moves it up or down."""
    if stars == earlier_stars:
        return Succession.RENEWED
    return Succession.UPGRADED if stars > earlier_stars else Succession.DOWNGRADED


class Phase(enum.StrEnum):
    """Where a certificate stands in its life today; only the first three show stars."""

    LIVE = "live"
    EXPIRING = "expiring"
    GRACE = "grace"
    EXPIRED = "expired"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REFUSED = "refused"
    REVOKED = "revoked"
    WITHHELD = "withheld"
    REPLACED = "replaced"
    RENEWED = "renewed"
    UPGRADED = "upgraded"
    DOWNGRADED = "downgraded"

    @property
    def is_live(self) -> bool:
        """Tell whether stars show in this phase."""
        return self in {Phase.LIVE, Phase.EXPIRING, Phase.GRACE}

    @property
    def label(self) -> LazyString:
        """Return the phase in words."""
        return _PHASES[self]

    @property
    def tone(self) -> str:
        """Return the tone of the badge that tells the phase."""
        return _TONES.get(self, "danger")


_PHASES = {
    Phase.LIVE: lazy_gettext("In force"),
    Phase.EXPIRING: lazy_gettext("In force, runs out soon"),
    Phase.GRACE: lazy_gettext("In force by grace, re-evaluation filed"),
    Phase.EXPIRED: lazy_gettext("Expired"),
    Phase.SUBMITTED: lazy_gettext("Waiting for verification"),
    Phase.RETURNED: lazy_gettext("Returned for changes"),
    Phase.REFUSED: lazy_gettext("Refused"),
    Phase.REVOKED: lazy_gettext("Revoked"),
    Phase.WITHHELD: lazy_gettext("Withheld until it is confirmed"),
    Phase.REPLACED: lazy_gettext("Replaced by a newer one"),
    **{Phase(each.value): each.label for each in Succession},
}
_TONES = {
    Phase.LIVE: "ok",
    Phase.EXPIRING: "warn",
    Phase.GRACE: "warn",
    Phase.EXPIRED: "warn",
    Phase.SUBMITTED: "info",
    Phase.RETURNED: "warn",
    Phase.REPLACED: "neutral",
    Phase.RENEWED: "neutral",
    Phase.UPGRADED: "neutral",
    Phase.DOWNGRADED: "neutral",
}


@dataclass(frozen=True)
class Term:
    """The days that bound a certificate's life, and what it was to the one after it."""

    expires_on: date
    grace_until: date | None = None
    succession: Succession | None = None

    @property
    def live_until(self) -> date:
        """Return the last day of the stars: the later of expiry and grace."""
        return max(self.expires_on, self.grace_until or self.expires_on)


def phase_of(status: str, term: Term, today: date) -> Phase:
    """Return the phase of a certificate of this status and term on a day."""
    if status == "replaced":
        return Phase(term.succession or Phase.REPLACED)
    if status != "verified":
        return Phase(str(status))
    if today > term.live_until:
        return Phase.EXPIRED
    if today > term.expires_on:
        return Phase.GRACE
    is_near = (term.expires_on - today).days <= EXPIRING_DAYS
    return Phase.EXPIRING if is_near else Phase.LIVE


def filing_window(expires_on: date) -> tuple[date, date]:
    """Return the first and the last day on which a re-evaluation is filed in time."""
    return (
        expires_on - timedelta(days=FILING_OPENS_DAYS),
        expires_on - timedelta(days=FILING_CLOSES_DAYS),
    )


def latest_grace(expires_on: date) -> date:
    """Return the last day to which a late filer's stars can be kept."""
    return expires_on + timedelta(days=GRACE_DAYS)


def reminder_due(expires_on: date, today: date) -> int | None:
    """Return which reminder is the present one by its days, None outside of their time.

    Only one is ever due: who missed those at 180 and 120 days is told what holds today.
    """
    left = (expires_on - today).days
    if left < 0:
        return None
    return next((days for days in REMINDERS if left <= days), None)
