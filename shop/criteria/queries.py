"""The versions of the criteria and their sheets."""

from collections.abc import Sequence

from sqlalchemy import select

from shop.core import clock
from shop.core.db import db
from shop.core.errors import NotFound
from shop.criteria.models import CriteriaSheet, CriteriaVersion
from shop.criteria.sheet import Sheet, read_sheet


def current_version() -> CriteriaVersion:
    """Return the version that holds today: the newest that has begun, else the oldest of all."""
    return newest_begun(versions())


def versions() -> Sequence[CriteriaVersion]:
    """Return all versions, the oldest first."""
    return db.session.scalars(
        select(CriteriaVersion).order_by(CriteriaVersion.valid_from, CriteriaVersion.id)
    ).all()


def newest_begun(known: Sequence[CriteriaVersion]) -> CriteriaVersion:
    """Return which of the versions, the oldest first, holds today; raise NotFound for none."""
    if not known:
        raise NotFound
    begun = [each for each in known if each.valid_from <= clock.today()]
    return begun[-1] if begun else known[0]


def version(version_id: int) -> CriteriaVersion:
    """Return one version; raise NotFound for an id that is none."""
    found = db.session.get(CriteriaVersion, version_id)
    if found is None:
        raise NotFound
    return found


def sheet_of(version_id: int, product_set: int) -> Sheet:
    """Return the sheet of a product set in a version; raise NotFound when there is none."""
    content = db.session.scalar(
        select(CriteriaSheet.content).where(
            CriteriaSheet.version_id == version_id, CriteriaSheet.product_set == product_set
        )
    )
    if content is None:
        raise NotFound
    return read_sheet(content)


def sheet_names(version_id: int) -> Sequence[tuple[int, str]]:
    """Return number and name of every sheet of a version, in order."""
    rows = db.session.execute(
        select(CriteriaSheet.product_set, CriteriaSheet.name)
        .where(CriteriaSheet.version_id == version_id)
        .order_by(CriteriaSheet.product_set)
    )
    return [(number, name) for number, name in rows]
