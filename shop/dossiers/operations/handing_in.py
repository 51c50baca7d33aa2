"""The stall hands a dossier in, and may take it back until the council has scored."""

from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from shop.catalogue.models import Product
from shop.certification.queries import history
from shop.core import audit, clock
from shop.core.db import change, db, transaction
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from shop.dossiers.deadlines import due_on
from shop.dossiers.kinds import fitting
from shop.dossiers.models import Assessment, AssessmentEvidence, Dossier, DossierKind
from shop.dossiers.operations.steps import move, tell_desk, tell_stall, unfreeze
from shop.dossiers.queries import assessments
from shop.dossiers.queries import dossiers as queries
from shop.dossiers.transitions import HANDED_IN, MOVES, Action, DossierStatus
from shop.stalls.models import Stall, StallMember, StallStatus
from shop.stalls.permissions import Permission, may

NONE_YET = lazy_gettext("This product has no certificate on this floor yet: choose the first.")
NO_LONGER = lazy_gettext(
    "This does not fit the product's certificate: a re-evaluation is asked for while it stands, an "
    "upgrade while its stars are shown."
)
SAID = "said"  # a line of evidence that is the stall's own words on a criterion
ON_ITS_WAY = lazy_gettext("A dossier of this product is already on its way.")


def hand_in(member: StallMember, assessment_id: int, kind: DossierKind) -> Dossier:
    """Hand a self-assessment in, finished or not; its answers and evidence are frozen as they are.

    Raises NotFound for another stall's, Forbidden for a member who may not, InvalidInput for a
    kind that does not fit the product, WrongState while a dossier of the product is on its way.
    """
    if not may(member, Permission.MANAGE_CERTIFICATES):
        raise Forbidden
    with transaction():
        _lock_stall(member.stall_id)
        assessment = _freeze(member, assessment_id)
        product = db.session.get_one(Product, assessment.product_id)
        _check_kind(kind, product.id)
        dossier = _new(member, assessment, product, kind=kind)
        db.session.add(dossier)
        try:
            db.session.flush()
        except IntegrityError as error:
            raise WrongState(ON_ITS_WAY) from error
        audit.record(HANDED_IN, dossier, {"kind": kind}, public=True)
        tell_stall(dossier, HANDED_IN)
        tell_desk(dossier)
    return dossier


def withdraw(member: StallMember, dossier_id: int) -> None:
    """Take a dossier back; what was written on it stays in its history."""
    if not may(member, Permission.MANAGE_CERTIFICATES):
        raise Forbidden
    with transaction():
        dossier = queries.own_dossier(member.stall_id, dossier_id)
        if dossier is None:
            raise NotFound
        if dossier.status not in MOVES[Action.WITHDRAW].origins:
            raise WrongState
        move(dossier, Action.WITHDRAW)
        unfreeze(dossier)


def _lock_stall(stall_id: int) -> None:
    """Let one dossier of a stall be handed in at a time, and none of a closed stall."""
    locked = select(Stall.status).where(Stall.id == stall_id).with_for_update()
    if db.session.scalar(locked) != StallStatus.ACTIVE:
        raise WrongState(lazy_gettext("The stall is closed or suspended."))


def _freeze(member: StallMember, assessment_id: int) -> Assessment:
    """Stop changes to the assessment; of two who hand it in at once one is too late."""
    assessment = db.session.get(Assessment, assessment_id)
    if assessment is None or assessment.stall_id != member.stall_id:
        raise NotFound
    unfrozen = (Assessment.id == assessment_id, Assessment.frozen_at.is_(None))
    if not change(update(Assessment).where(*unfrozen).values(frozen_at=clock.now())):
        raise WrongState(ON_ITS_WAY)
    db.session.refresh(assessment)
    return assessment


def _check_kind(kind: DossierKind, product_id: int) -> None:
    """Raise InvalidInput for a re-evaluation or upgrade of what no longer stands."""
    if kind is DossierKind.FIRST:
        return
    if kind not in fitting(history(product_id), clock.today()):
        raise InvalidInput(NO_LONGER if history(product_id) else NONE_YET, "kind")


def _new(
    member: StallMember, assessment: Assessment, product: Product, *, kind: DossierKind
) -> Dossier:
    answers = assessments.answers_of(assessment.id)
    if not answers:
        raise InvalidInput(lazy_gettext("Please answer the self-assessment first."), "kind")
    earlier = queries.last_dossier(product.id)
    today = clock.today()
    again = today if kind is DossierKind.RE_EVALUATION else None
    return Dossier(
        stall_id=member.stall_id,
        product_id=product.id,
        assessment_id=assessment.id,
        earlier_id=earlier.id if earlier else None,
        kind=kind,
        status=DossierStatus.COMMUNE,
        product_name=product.name,
        product_set=assessment.product_set,
        version_id=assessment.version_id,
        answers=answers,
        evidence=_evidence(assessment.id),
        province_code=product.province_code,
        commune_code=product.commune_code,
        submitted_by_id=member.user_id,
        submitted_at=clock.now(),
        moved_at=clock.now(),
        due_on=due_on(DossierStatus.COMMUNE, today, re_evaluation_of=again),
    )


def _evidence(assessment_id: int) -> list[dict[str, Any]]:
    """Return what was said and attached, by criterion, as it is now; words have no file."""
    said = [
        {"code": code, "file_id": None, "note": answer.note, "kind": SAID}
        for code, answer in assessments.answer_rows(assessment_id).items()
        if answer.note
    ]
    rows = db.session.scalars(
        select(AssessmentEvidence)
        .where(AssessmentEvidence.assessment_id == assessment_id)
        .order_by(AssessmentEvidence.id)
    )
    return [*said, *({"code": r.code, "file_id": r.file_id, "note": r.note} for r in rows)]
