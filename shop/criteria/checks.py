"""What must hold of the score sheets: they are what was imported, and they can be read."""

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.core.db import db
from shop.core.errors import InvalidInput
from shop.core.invariants import invariant
from shop.criteria.models import CriteriaSheet, CriteriaVersion
from shop.criteria.operations import fingerprint
from shop.criteria.validation import validate


@invariant(5, lazy_gettext("Each version of the score sheets is what was imported"))
def check_criteria() -> list[str]:
    """Return a line for every version whose sheets are not those of its fingerprint."""
    versions = db.session.execute(
        select(CriteriaVersion.id, CriteriaVersion.code, CriteriaVersion.sha256)
    )
    return [
        f"criteria {code}: {fault}"
        for version_id, code, sha256 in versions
        if (fault := _fault(version_id, sha256))
    ]


def _fault(version_id: int, sha256: str) -> str:
    sheets = db.session.scalars(
        select(CriteriaSheet.content)
        .where(CriteriaSheet.version_id == version_id)
        .order_by(CriteriaSheet.product_set)
    ).all()
    if fingerprint(sheets) != sha256:
        return "the sheets are not those that were imported"
    try:
        validate(list(sheets))
    except InvalidInput:
        return "the sheets cannot be read"
    return ""
