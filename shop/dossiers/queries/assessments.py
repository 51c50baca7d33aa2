"""What pages read of self-assessments, always through the stall they belong to."""

from collections.abc import Sequence

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from shop.catalogue.models import Product
from shop.core import clock
from shop.core.db import db
from shop.core.errors import NotFound
from shop.dossiers.attachments import KEPT_BY_STALL, Paper
from shop.dossiers.models import Assessment, AssessmentAnswer, AssessmentEvidence, Dossier
from shop.stalls.models import Stall, StallDocument


def answers_of(assessment_id: int) -> dict[str, int]:
    """Return the chosen options by the code of their criterion."""
    return {
        code: answer.option
        for code, answer in answer_rows(assessment_id).items()
        if answer.option is not None
    }


def answer_rows(assessment_id: int) -> dict[str, AssessmentAnswer]:
    """Return options and notes by the code of their criterion."""
    rows = db.session.scalars(
        select(AssessmentAnswer).where(AssessmentAnswer.assessment_id == assessment_id)
    )
    return {row.code: row for row in rows}


def assessments_of(stall_id: int) -> Sequence[Assessment]:
    """Return the self-assessments of a stall with their products, the newest first."""
    return db.session.scalars(
        select(Assessment)
        .where(Assessment.stall_id == stall_id)
        .options(joinedload(Assessment.product))
        .order_by(Assessment.id.desc())
    ).all()


def assessment_of(stall_id: int, assessment_id: int) -> Assessment:
    """Return a self-assessment of the stall with its product; raise NotFound for another's."""
    found = db.session.scalar(
        select(Assessment)
        .where(Assessment.stall_id == stall_id, Assessment.id == assessment_id)
        .options(joinedload(Assessment.product))
    )
    if found is None:
        raise NotFound
    return found


def is_named(assessment_id: int) -> bool:
    """Tell whether any dossier, on its way or over, rests on a self-assessment."""
    return (
        db.session.scalar(select(exists().where(Dossier.assessment_id == assessment_id))) or False
    )


def evidence_by_code(assessment_id: int) -> dict[str, list[AssessmentEvidence]]:
    """Return the evidence with its files, by the code of the criterion, in order."""
    rows = db.session.scalars(
        select(AssessmentEvidence)
        .where(AssessmentEvidence.assessment_id == assessment_id)
        .options(joinedload(AssessmentEvidence.file))
        .order_by(AssessmentEvidence.id)
    )
    found: dict[str, list[AssessmentEvidence]] = {}
    for row in rows:
        found.setdefault(row.code, []).append(row)
    return found


def papers_on_file(stall_id: int) -> set[Paper]:
    """Return the papers that the stall gave the floor itself and that are still in force."""
    rows = db.session.scalars(
        select(StallDocument.kind).where(
            StallDocument.stall_id == stall_id,
            or_(StallDocument.expires_on.is_(None), StallDocument.expires_on >= clock.today()),
        )
    )
    kinds = set(rows)
    return {paper for paper, kind in KEPT_BY_STALL.items() if kind in kinds}


def evidence_of(stall_id: int, assessment_id: int, evidence_id: int) -> AssessmentEvidence:
    """Return a piece of evidence with its file; raise NotFound for another stall's."""
    found = db.session.scalar(
        select(AssessmentEvidence)
        .join(Assessment, Assessment.id == AssessmentEvidence.assessment_id)
        .where(
            Assessment.stall_id == stall_id,
            Assessment.id == assessment_id,
            AssessmentEvidence.id == evidence_id,
        )
        .options(joinedload(AssessmentEvidence.file))
    )
    if found is None:
        raise NotFound
    return found


def products_of(stall_id: int) -> Sequence[tuple[int, str, int]]:
    """Return number, name and own set of the stall's products, by name."""
    rows = db.session.execute(
        select(Product.id, Product.name, Product.product_set)
        .where(Product.stall_id == stall_id)
        .order_by(Product.name, Product.id)
    )
    return [(number, name, own_set) for number, name, own_set in rows]


def stall_with_place(stall_id: int) -> Stall:
    """Return a stall with its commune and province, as the official forms need it."""
    return db.session.scalars(
        select(Stall)
        .where(Stall.id == stall_id)
        .options(joinedload(Stall.commune), joinedload(Stall.province))
    ).one()
