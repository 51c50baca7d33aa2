"""Self-assessments for tests: begun, answered, with a piece of evidence."""

from shop.catalogue.models import Product
from shop.core import clock
from shop.core.db import db
from shop.core.files import StoredFile
from shop.criteria.queries import current_version, sheet_of
from shop.criteria.sheet import Sheet
from shop.dossiers.models import Assessment, AssessmentAnswer, AssessmentEvidence


def sheet_of_product(product: Product) -> Sheet:
    """Return today's sheet of the product's own set."""
    return sheet_of(current_version().id, product.product_set)


def begun(product: Product, answers: dict[str, int] | None = None) -> Assessment:
    """Return a self-assessment of a product with these answers, none unless said."""
    made = Assessment(
        stall_id=product.stall_id,
        product_id=product.id,
        version_id=current_version().id,
        product_set=product.product_set,
        created_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    for code, option in (answers or {}).items():
        db.session.add(AssessmentAnswer(assessment_id=made.id, code=code, option=option))
    db.session.flush()
    return made


def best(sheet: Sheet) -> dict[str, int]:
    """Return the answers that bring the most points."""
    found = {}
    for each in sheet.criteria():
        points = [option.points_hundredths for option in each.options]
        found[each.code] = points.index(max(points))
    return found


def with_evidence(
    product: Product, stored: StoredFile, code: str = "1.1"
) -> tuple[Assessment, AssessmentEvidence]:
    """Return a self-assessment with a file behind one criterion."""
    made = begun(product)
    evidence = AssessmentEvidence(assessment_id=made.id, code=code, file_id=stored.id, note="anh")
    db.session.add(evidence)
    db.session.flush()
    return made, evidence
