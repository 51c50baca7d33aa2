"""What must hold of dossiers after any crash and any race, each a line when it does not."""

from flask_babel import lazy_gettext
from sqlalchemy import ColumnElement, exists, or_, select

from shop.certification.models import Certificate
from shop.certification.queries.certificates import ONCE_VERIFIED
from shop.core.db import db
from shop.core.invariants import invariant, unrecorded
from shop.dossiers.models import CouncilSeat, Dossier
from shop.dossiers.transitions import DossierStatus, outcomes
from shop.stalls.models import StallMember

RECOGNISED = Dossier.status == DossierStatus.RECOGNISED


@invariant(8, lazy_gettext("Each dossier stands where its record says"))
def check_dossier_records() -> list[str]:
    """Return a line for every dossier whose state its last deed does not explain."""
    return unrecorded(Dossier, outcomes())


@invariant(8, lazy_gettext("Each recognised dossier has its certificate, and only those have one"))
def check_dossier_certificates() -> list[str]:
    """Return a line for every dossier whose certificate is missing, foreign or unearned."""
    issued = exists().where(
        Certificate.id == Dossier.certificate_id,
        Certificate.product_id == Dossier.product_id,
        Certificate.stall_id == Dossier.stall_id,
        Certificate.status.in_(ONCE_VERIFIED),
    )
    faults: dict[str, ColumnElement[bool]] = {
        "recognised without its certificate": RECOGNISED & ~issued,
        "a certificate without recognition": ~RECOGNISED & Dossier.certificate_id.is_not(None),
    }
    return _lines(faults)


@invariant(8, lazy_gettext("No council counts a sheet that is missing, or one of the stall's own"))
def check_councils() -> list[str]:
    """Return a line for every dossier scored without sheets, or by people of its stall."""
    handed_in = exists().where(
        CouncilSeat.dossier_id == Dossier.id, CouncilSeat.handed_in_at.is_not(None)
    )
    own = exists().where(
        CouncilSeat.dossier_id == Dossier.id,
        CouncilSeat.handed_in_at.is_not(None),
        StallMember.stall_id == Dossier.stall_id,
        StallMember.user_id == CouncilSeat.user_id,
        StallMember.created_at <= CouncilSeat.handed_in_at,
    )
    before = (DossierStatus.COMMUNE, DossierStatus.PROVINCE, DossierStatus.COUNCIL)
    after = (DossierStatus.DECISION, DossierStatus.MINISTRY, DossierStatus.RECOGNISED)
    scored = Dossier.average_hundredths.is_not(None)
    faults: dict[str, ColumnElement[bool]] = {
        "scored without a sheet": scored & ~handed_in,
        "scored by whom it serves": own,
        "a score before the council was closed": scored & Dossier.status.in_(before),
        "past the council without a score": Dossier.status.in_(after)
        & or_(~scored, Dossier.council_stars.is_(None)),
    }
    return _lines(faults)


def _lines(faults: dict[str, ColumnElement[bool]]) -> list[str]:
    return [
        f"dossier {number}: {fault}"
        for fault, condition in faults.items()
        for number in db.session.scalars(select(Dossier.id).where(condition).order_by(Dossier.id))
    ]
