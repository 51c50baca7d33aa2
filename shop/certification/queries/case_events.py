"""All that happened to a case, as its moderators read it."""

from flask_babel import lazy_gettext

from shop.certification.models import Certificate
from shop.certification.queries.certificates import TITLES, CertificateEvent, tone_of
from shop.core import audit

CORRECTED = ("stars", "expires_on")


def case_events(certificate: Certificate) -> list[CertificateEvent]:
    """Return all that happened to a case, oldest first, with who did it."""
    return [
        CertificateEvent(_DEEDS[row.action], row.at, _said(row), tone_of(row.action))
        for row in audit.history(certificate)
        if row.action in _DEEDS
    ]


_DEEDS = {
    **TITLES,
    "certificate.returned": lazy_gettext("Returned for changes"),
    "certificate.refused": lazy_gettext("Refused"),
    "certificate.differed": lazy_gettext("Read differently by another moderator"),
    "certificate.approved": lazy_gettext("Read as 5 stars by a first moderator"),
}


def _said(row: audit.AuditEntry) -> str:
    """Return who did it, what was corrected, and the words that went with it."""
    corrected = [
        f"{before} → {after}"
        for before, after in (row.data[name] for name in CORRECTED if _is_pair(row.data.get(name)))
    ]
    words = row.data.get("words") or row.data.get("reason") or ""
    return " · ".join([row.actor_name, *corrected, *([words] if words else [])])


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2
