"""Reading a scan twice: of 5 stars, only two equal readings by two moderators decide.

A reading that differs from the one before lights nothing; it begins anew with its reason, whatever
number of stars it says, and the first reader or a third has to share it.
"""

from datetime import date
from typing import Any, NamedTuple

from flask_babel import lazy_gettext

from shop.accounts.models import User
from shop.certification.deadlines import needs_second
from shop.certification.models import Certificate, CertificateStatus
from shop.certification.operations.cases import decide
from shop.core import audit, clock
from shop.core.errors import Forbidden, InvalidInput

READ_TWICE = lazy_gettext(
    "You have read this scan already; another moderator has to read the same."
)


class Reading(NamedTuple):
    """What a moderator reads on a scan."""

    stars: int
    expires_on: date


def corrections(certificate: Certificate, reading: Reading) -> dict[str, Any]:
    """Return what is read differently from what was said before, as from and to."""
    found: dict[str, Any] = {}
    if certificate.stars != reading.stars:
        found["stars"] = [certificate.stars, reading.stars]
    if certificate.expires_on != reading.expires_on:
        days = (certificate.expires_on, reading.expires_on)
        found["expires_on"] = [day.isoformat() for day in days]
    return found


def counts(moderator: User, certificate: Certificate, reading: Reading) -> bool:
    """Tell whether a reading decides: the only one, or the second of two equal ones.

    Raises Forbidden for a moderator who reads the same twice.
    """
    if certificate.approved_by_id is None:
        return not needs_second(reading.stars)
    is_same = not corrections(certificate, reading)
    if is_same and certificate.approved_by_id == moderator.id:
        raise Forbidden(READ_TWICE)
    return is_same


def keep(moderator: User, certificate: Certificate, reading: Reading, *, words: str) -> None:
    """Keep a reading that another moderator has to share, and free the case for her.

    Raises InvalidInput for one that differs from the one before and says no reason.
    """
    is_first = certificate.approved_by_id is None
    if not is_first and not words:
        raise InvalidInput(_differs(certificate), "words")
    said = corrections(certificate, reading)
    decide(
        certificate,
        CertificateStatus.SUBMITTED,
        **reading._asdict(),
        approved_by_id=moderator.id,
        approved_at=clock.now(),
        claimed_by_id=None,
        claimed_until=None,
        decided_at=None,
    )
    if words:
        said["words"] = words
    audit.record("certificate.approved" if is_first else "certificate.differed", certificate, said)


def _differs(certificate: Certificate) -> Any:
    return lazy_gettext(
        "A colleague has read %(stars)s stars until %(day)s. Please say in words why you read "
        "something else; nothing shows before another moderator reads the same as you.",
        stars=certificate.stars,
        day=certificate.expires_on.strftime("%d/%m/%Y"),
    )
