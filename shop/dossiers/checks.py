"""What must hold of dossiers after any crash and any race, each a line when it does not."""

from itertools import groupby

from flask_babel import lazy_gettext
from sqlalchemy import ColumnElement, exists, func, or_, select

from shop.certification.models import Certificate, EvidenceGrade
from shop.certification.queries.certificates import ONCE_VERIFIED
from shop.core.db import db
from shop.core.invariants import invariant, unrecorded
from shop.criteria.scoring import average
from shop.dossiers.council import LEAST_MEMBERS
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
    counting = func.coalesce(Dossier.ministry_hundredths, Dossier.average_hundredths)
    scored = exists().where(
        Certificate.id == Dossier.certificate_id,
        Certificate.score_hundredths == counting,
        Certificate.grade == EvidenceGrade.DECISION,
    )
    faults: dict[str, ColumnElement[bool]] = {
        "recognised without its certificate": RECOGNISED & ~issued,
        "a certificate of another score": RECOGNISED & issued & ~scored,
        "a certificate without recognition": ~RECOGNISED & Dossier.certificate_id.is_not(None),
    }
    return _lines(faults)


@invariant(8, lazy_gettext("Each council's score is the average of its sheets"))
def check_averages() -> list[str]:
    """Return a line for every score of too few sheets, or that its sheets do not come to."""
    seats = (Dossier.id, Dossier.average_hundredths, CouncilSeat.total_hundredths)
    rows = db.session.execute(
        select(*seats)
        .outerjoin(
            CouncilSeat,
            (CouncilSeat.dossier_id == Dossier.id) & CouncilSeat.handed_in_at.is_not(None),
        )
        .where(Dossier.average_hundredths.is_not(None))
        .order_by(Dossier.id)
    )
    lines = []
    for (number, told), found in groupby(rows, key=lambda row: (row[0], row[1])):
        totals = [row[2] for row in found if row[2] is not None]
        if len(totals) < LEAST_MEMBERS:
            lines.append(f"dossier {number}: scored with {len(totals)} sheets")
        elif average(totals) != told:
            lines.append(f"dossier {number}: {told} is not the average of its sheets")
    return lines


@invariant(8, lazy_gettext("No council counts a sheet of the stall's own"))
def check_councils() -> list[str]:
    """Return a line for every dossier scored at the wrong time, or by people of its stall."""
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
