"""Where a voucher stands on a day, and what may still be changed; pure, told in docs/pricing.md."""

import enum
import re
from datetime import date

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from shop.core.errors import Words
from shop.promotions.models import Voucher

CODE = re.compile(r"[A-Z0-9]{4,20}")


class Standing(enum.StrEnum):
    """Where a voucher stands."""

    COMING = "coming"
    LIVE = "live"
    USED_UP = "used_up"
    ENDED = "ended"

    @property
    def label(self) -> LazyString:
        """Return the standing in words."""
        return _LABELS[self]


_LABELS = {
    Standing.COMING: lazy_gettext("Not begun"),
    Standing.LIVE: lazy_gettext("Valid now"),
    Standing.USED_UP: lazy_gettext("Used up"),
    Standing.ENDED: lazy_gettext("Ended"),
}


def tidy_code(text: str | None) -> str:
    """Return a code as it is kept: capitals and digits, whatever small letters were typed."""
    return re.sub(r"\s", "", text or "").upper()


def standing(voucher: Voucher, today: date) -> Standing:
    """Return where a voucher stands on a day."""
    if today > voucher.ends_on:
        return Standing.ENDED
    if today < voucher.starts_on:
        return Standing.COMING
    return Standing.USED_UP if voucher.redeemed >= voucher.quota else Standing.LIVE


def refusal(voucher: Voucher, today: date, used_by_buyer: int) -> Words | None:
    """Return why nobody, or this buyer, can use a voucher today; None when she can."""
    at = standing(voucher, today)
    if at == Standing.COMING:
        return lazy_gettext("It holds from %(day)s on.", day=_day(voucher.starts_on))
    if at == Standing.ENDED:
        ended = lazy_gettext("It ended on %(day)s.", day=_day(voucher.ends_on))
        return f"{ended} {voucher.end_words}".strip() if voucher.end_words else ended
    if used_by_buyer >= voucher.per_buyer:
        return lazy_gettext("You have used it as often as you may.")
    if at == Standing.USED_UP:
        return lazy_gettext("All of its uses are taken.")
    return None


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")
