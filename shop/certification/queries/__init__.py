"""Reads of the room: live certificates, the public registry, the desk of the moderators."""

from shop.certification.queries.certificates import (
    CertificateEvent,
    CertificateRecord,
    Sold,
    certificate_by_code,
    certificate_for,
    claims,
    history,
    is_waiting,
    live,
    returned_products,
    revoked_since,
    rulings,
)
from shop.certification.queries.registry import (
    RegistryCounts,
    RegistryRow,
    claimable_entries,
    registry_counts,
    registry_entry,
    registry_page,
)

__all__ = (
    "CertificateEvent",
    "CertificateRecord",
    "RegistryCounts",
    "RegistryRow",
    "Sold",
    "certificate_by_code",
    "certificate_for",
    "claimable_entries",
    "claims",
    "history",
    "is_waiting",
    "live",
    "registry_counts",
    "registry_entry",
    "registry_page",
    "returned_products",
    "revoked_since",
    "rulings",
)
