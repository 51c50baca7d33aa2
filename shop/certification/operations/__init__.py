"""Use cases of the room: importing lists, handing in a certificate, deciding on it."""

from shop.certification.operations.claims import submit_certificate
from shop.certification.operations.decisions import (
    refuse_certificate,
    return_certificate,
    revoke_certificate,
    verify_certificate,
)
from shop.certification.operations.recognition import ImportCounts, import_list

__all__ = (
    "ImportCounts",
    "import_list",
    "refuse_certificate",
    "return_certificate",
    "revoke_certificate",
    "submit_certificate",
    "verify_certificate",
)
