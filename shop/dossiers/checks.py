"""What must hold of dossiers after any crash and any race, each a line when it does not."""

from collections import defaultdict
from collections.abc import Iterator

from flask_babel import lazy_gettext
from sqlalchemy import ColumnElement, exists, func, or_, select

from shop.certification.models import Certificate
from shop.certification.queries.certificates import ONCE_VERIFIED
from shop.core.db import db
from shop.core.invariants import invariant, unrecorded
from shop.criteria.queries import sheet_of
from shop.criteria.scoring import score
from shop.dossiers.council import LEAST_MEMBERS, together
from shop.dossiers.models import CouncilSeat, Dossier
from shop.dossiers.outcome import may_bring
from shop.dossiers.transitions import DossierStatus, outcomes
from shop.stalls.models import StallMember

RECOGNISED = Dossier.status == DossierStatus.RECOGNISED
SCORED = Dossier.average_hundredths.is_not(None)


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


@invariant(8, lazy_gettext("No council counts too few sheets, or one of the stall's own"))
def check_councils() -> list[str]:
    """Return a line for every dossier scored by too few sheets, or by people of its stall."""
    handed_in = (CouncilSeat.dossier_id == Dossier.id, CouncilSeat.handed_in_at.is_not(None))
    sheets = select(func.count()).select_from(CouncilSeat).where(*handed_in).scalar_subquery()
    own = exists().where(
        *handed_in,
        StallMember.stall_id == Dossier.stall_id,
        StallMember.user_id == CouncilSeat.user_id,
        StallMember.created_at <= CouncilSeat.handed_in_at,
    )
    before = (DossierStatus.COMMUNE, DossierStatus.PROVINCE, DossierStatus.COUNCIL)
    after = (DossierStatus.DECISION, DossierStatus.MINISTRY, DossierStatus.RECOGNISED)
    faults: dict[str, ColumnElement[bool]] = {
        "scored by too few sheets": SCORED & (sheets < LEAST_MEMBERS),
        "scored by whom it serves": own,
        "a score before the council was closed": SCORED & Dossier.status.in_(before),
        "past the council without a score": Dossier.status.in_(after)
        & or_(~SCORED, Dossier.council_stars.is_(None)),
    }
    return _lines(faults)


@invariant(8, lazy_gettext("Each dossier and its certificate say what the council's sheets bring"))
def check_scores() -> list[str]:
    """Return a line for every average, council's stars or certificate that the sheets belie."""
    return [*_belied_scores(), *_belied_certificates()]


def _belied_scores() -> Iterator[str]:
    sheets: dict[int, list[CouncilSeat]] = defaultdict(list)
    handed_in = select(CouncilSeat).where(CouncilSeat.handed_in_at.is_not(None))
    for seat in db.session.scalars(handed_in.order_by(CouncilSeat.id)):
        sheets[seat.dossier_id].append(seat)
    for dossier in db.session.scalars(select(Dossier).where(SCORED).order_by(Dossier.id)):
        sheet = sheet_of(dossier.version_id, dossier.product_set)
        seats = sheets[dossier.id]
        if any(score(sheet, s.answers).total_hundredths != s.total_hundredths for s in seats):
            yield f"dossier {dossier.id}: a total that its sheet does not bring"
        if not seats:
            continue
        found = together(sheet, [seat.answers for seat in seats])
        if found.average_hundredths != dossier.average_hundredths:
            yield f"dossier {dossier.id}: average ≠ {found.average_hundredths}"
        if found.stars != dossier.council_stars:
            yield f"dossier {dossier.id}: stars of the council ≠ {found.stars}"


def _belied_certificates() -> Iterator[str]:
    rows = db.session.execute(
        select(Dossier, Certificate.score_hundredths, Certificate.stars)
        .join(Certificate, Certificate.id == Dossier.certificate_id)
        .order_by(Dossier.id)
    )
    for dossier, hundredths, stars in rows:
        if hundredths != dossier.counting_hundredths:
            yield f"dossier {dossier.id}: a certificate of another score"
        if not may_bring(stars, dossier.council_stars or 0, dossier.ministry_hundredths):
            yield f"dossier {dossier.id}: a certificate of stars that the scores do not bring"


def _lines(faults: dict[str, ColumnElement[bool]]) -> list[str]:
    return [
        f"dossier {number}: {fault}"
        for fault, condition in faults.items()
        for number in db.session.scalars(select(Dossier.id).where(condition).order_by(Dossier.id))
    ]
