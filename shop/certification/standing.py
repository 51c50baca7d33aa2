"""Whether a certificate holds today, in one plain sentence: the same on the page and in JSON."""

from datetime import date

from flask_babel import lazy_gettext

from shop.certification.models import Certificate
from shop.certification.validity import Phase
from shop.core import clock
from shop.core.errors import Words


def standing(certificate: Certificate) -> Words:
    """Say what a once verified certificate is worth at this moment."""
    phase = certificate.phase
    if phase is Phase.GRACE:
        return lazy_gettext(
            "Its printed end was %(end)s; it is kept in force until %(day)s.",
            end=_day(certificate.expires_on),
            day=_day(certificate.live_until),
        )
    if phase.is_live:
        return lazy_gettext("In force until %(day)s.", day=_day(certificate.live_until))
    if phase is Phase.REVOKED:
        at = certificate.revoked_at
        day = clock.local(at).date() if at else None
        return lazy_gettext("Revoked on %(day)s, no longer in force.", day=_day(day))
    if phase is Phase.WITHHELD:
        return lazy_gettext("Withheld: the goods have changed, a moderator has to confirm it.")
    if phase is Phase.EXPIRED:
        return lazy_gettext(
            "Its last day was %(day)s; it is no longer in force.", day=_day(certificate.live_until)
        )
    return lazy_gettext("A newer certificate of this product took its place.")


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""
