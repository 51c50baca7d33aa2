"""A stall fills in the score sheet of a product, criterion by criterion, with its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext
from sqlalchemy import delete, func, select

from shop.catalogue.models import Product
from shop.core import audit, clock, files
from shop.core.db import change, db, transaction
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from shop.criteria import queries as criteria
from shop.criteria.sheet import Criterion
from shop.dossiers.models import Assessment, AssessmentAnswer, AssessmentEvidence
from shop.dossiers.queries.assessments import is_named
from shop.stalls.models import Stall, StallMember, StallStatus
from shop.stalls.permissions import Permission, may

MOST_FILES = 5
MOST_NOTE = 500
Upload = tuple[bytes, str]  # the bytes, and what the file was called


@dataclass(frozen=True)
class Saved:
    """What was sent for one criterion; no option means that none was chosen on this page."""

    option: int | None = None
    note: str = ""
    files: Sequence[Upload] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was said at all."""
        return self.option is None and not self.note and not self.files


def start_assessment(
    member: StallMember, product_id: int, product_set: int | None = None
) -> Assessment:
    """Begin the sheet of a product, its own unless another is chosen, in today's version.

    The same sheet that is begun and not handed in is gone on with, so a second click makes no
    second one. Raises NotFound for goods of another stall, Forbidden for a member who may not.
    """
    _check_may(member)
    with transaction():
        _lock_stall(member.stall_id)
        product = db.session.get(Product, product_id)
        if product is None or product.stall_id != member.stall_id:
            raise NotFound
        version = criteria.current_version()
        chosen = product_set or product.product_set
        criteria.sheet_of(version.id, chosen)
        begun = _begun(product.id, version.id, chosen)
        if begun is not None:
            return begun
        made = Assessment(
            stall_id=product.stall_id,
            product_id=product.id,
            version_id=version.id,
            product_set=chosen,
            created_at=clock.now(),
        )
        db.session.add(made)
        db.session.flush()
        audit.record("assessment.started", made, {"product_set": chosen})
    return made


def save_answer(member: StallMember, assessment_id: int, code: str, *, said: Saved) -> None:
    """Keep what was said of one criterion and leave all others as they are.

    A page that was sent without an option does not take back one chosen meanwhile. Raises
    NotFound for another stall's sheet, WrongState once it is handed in, InvalidInput for an
    option that is none, a file that cannot be read, or more than five files.
    """
    _check_may(member)
    documents = [_read(upload) for upload in said.files]
    with transaction():
        assessment = _lock(member, assessment_id)
        criterion = _criterion(assessment, code)
        if said.option is not None and not 0 <= said.option < len(criterion.options):
            raise InvalidInput(lazy_gettext("Choose one of the answers."), "option")
        _put_answer(assessment_id, code, said=said)
        _put_evidence(assessment_id, code, documents)


def remove_evidence(member: StallMember, assessment_id: int, evidence_id: int) -> str:
    """Take a file away from its criterion and return its code; dossiers that name it keep it."""
    _check_may(member)
    with transaction():
        _lock(member, assessment_id)
        found = db.session.get(AssessmentEvidence, evidence_id)
        if found is None or found.assessment_id != assessment_id:
            raise NotFound
        db.session.delete(found)
        return found.code


def discard_assessment(member: StallMember, assessment_id: int) -> None:
    """Throw a self-assessment away with its answers and evidence, unless a dossier rests on it.

    Raises NotFound for another stall's sheet, Forbidden for a member who may not, WrongState once
    any dossier names it, be it on its way or over.
    """
    _check_may(member)
    with transaction():
        found = _lock(member, assessment_id)
        if is_named(assessment_id):
            raise WrongState(lazy_gettext("A dossier rests on this self-assessment: it stays."))
        said = {"product_id": found.product_id, "product_set": found.product_set}
        audit.record("assessment.discarded", found, said)
        for model in (AssessmentAnswer, AssessmentEvidence):
            change(delete(model).where(model.assessment_id == assessment_id))
        change(delete(Assessment).where(Assessment.id == assessment_id))


def _check_may(member: StallMember) -> None:
    if not may(member, Permission.MANAGE_CERTIFICATES):
        raise Forbidden


def _lock_stall(stall_id: int) -> None:
    """Let one sheet of a stall be begun at a time, and none of a closed stall."""
    locked = select(Stall.status).where(Stall.id == stall_id).with_for_update()
    if db.session.scalar(locked) in {StallStatus.SUSPENDED, StallStatus.CLOSED}:
        raise WrongState(lazy_gettext("The stall is closed or suspended."))


def _begun(product_id: int, version_id: int, product_set: int) -> Assessment | None:
    return db.session.scalars(
        select(Assessment)
        .where(
            Assessment.product_id == product_id,
            Assessment.version_id == version_id,
            Assessment.product_set == product_set,
            Assessment.frozen_at.is_(None),
        )
        .order_by(Assessment.id.desc())
        .limit(1)
    ).first()


def _lock(member: StallMember, assessment_id: int) -> Assessment:
    """Let one page of a sheet be saved at a time, and none once it is handed in."""
    found = db.session.scalars(
        select(Assessment)
        .where(Assessment.id == assessment_id, Assessment.stall_id == member.stall_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound
    if found.frozen_at is not None:
        raise WrongState(
            lazy_gettext("This self-assessment was handed in and cannot be changed any more.")
        )
    return found


def _criterion(assessment: Assessment, code: str) -> Criterion:
    sheet = criteria.sheet_of(assessment.version_id, assessment.product_set)
    try:
        return sheet.criterion(code)
    except KeyError as error:
        raise NotFound from error


def _read(upload: Upload) -> files.Document:
    """Read a file before any row is locked."""
    data, name = upload
    try:
        return files.read_document(data, name)
    except InvalidInput as error:
        raise InvalidInput(error.message, "files") from error


def _put_answer(assessment_id: int, code: str, *, said: Saved) -> None:
    found = db.session.scalars(
        select(AssessmentAnswer).where(
            AssessmentAnswer.assessment_id == assessment_id, AssessmentAnswer.code == code
        )
    ).one_or_none()
    if found is None:
        if said.option is None and not said.note:
            return
        found = AssessmentAnswer(assessment_id=assessment_id, code=code)
        db.session.add(found)
    if said.option is not None:
        found.option = said.option
    found.note = said.note[:MOST_NOTE]


def _put_evidence(assessment_id: int, code: str, documents: Sequence[files.Document]) -> None:
    if not documents:
        return
    count = db.session.scalar(
        select(func.count())
        .select_from(AssessmentEvidence)
        .where(AssessmentEvidence.assessment_id == assessment_id, AssessmentEvidence.code == code)
    )
    if (count or 0) + len(documents) > MOST_FILES:
        raise InvalidInput(
            lazy_gettext("At most %(most)s files for one criterion.", most=MOST_FILES), "files"
        )
    stored = [files.keep_document(each) for each in documents]
    db.session.add_all(
        AssessmentEvidence(
            assessment_id=assessment_id, code=code, file_id=each.id, note=each.original_name
        )
        for each in stored
    )
