"""Use cases of the room: importing lists, handing in a certificate, deciding on it."""

from shop.certification.operations.claiming import claim_case, release_case
from shop.certification.operations.claims import submit_certificate
from shop.certification.operations.decisions import (
    refuse_certificate,
    return_certificate,
    verify_certificate,
)
from shop.certification.operations.grace import Grace, end_grace, grant_grace
from shop.certification.operations.life import (
    note_coverage,
    revoke_certificate,
    withhold_certificate,
)
from shop.certification.operations.recognition import ImportCounts, import_list
from shop.certification.operations.reminders import remind_stalls
from shop.certification.operations.restoring import confirm_certificate, restore_certificate
from shop.certification.operations.rulings import Paper

__all__ = (
    "Grace",
    "ImportCounts",
    "Paper",
    "claim_case",
    "confirm_certificate",
    "end_grace",
    "grant_grace",
    "import_list",
    "note_coverage",
    "refuse_certificate",
    "release_case",
    "remind_stalls",
    "restore_certificate",
    "return_certificate",
    "revoke_certificate",
    "submit_certificate",
    "verify_certificate",
    "withhold_certificate",
)
