"""Claims of what somebody else has or claims too: the same product code, or the same row."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Row, func, or_, select

from shop.certification.models import Certificate, CertificateStatus
from shop.core.db import db

HOLDING = (CertificateStatus.VERIFIED, CertificateStatus.WITHHELD)
ALIVE = Certificate.status.in_((CertificateStatus.SUBMITTED, *HOLDING))


def in_conflict() -> ColumnElement[bool]:
    """Return the condition that goods share their code, or stalls a row of a list.

    Both are counted once for all claims; asking anew for each takes seconds on a large floor.
    """
    code, row = Certificate.product_code, Certificate.entry_id
    goods, stalls = Certificate.product_id, Certificate.stall_id
    codes = select(code).where(ALIVE).group_by(code)
    rows = select(row).where(ALIVE, row.is_not(None)).group_by(row)
    return or_(
        code.in_(codes.having(func.min(goods) != func.max(goods))),
        row.in_(rows.having(func.min(stalls) != func.max(stalls))),
    )


def conflicting(certificates: Sequence[Certificate]) -> set[int]:
    """Return the ids of those of a page that are in conflict, in one question."""
    codes = {each.product_code for each in certificates}
    rows = {each.entry_id for each in certificates if each.entry_id is not None}
    same = or_(Certificate.product_code.in_(codes), Certificate.entry_id.in_(rows))
    wanted = select(
        Certificate.product_code, Certificate.product_id, Certificate.entry_id, Certificate.stall_id
    )
    found = db.session.execute(wanted.where(ALIVE, same)).all()
    return {each.id for each in certificates if any(_clash(each, other) for other in found)}


def _clash(mine: Certificate, other: Row[str, int, int | None, int]) -> bool:
    is_code = mine.product_code == other.product_code and mine.product_id != other.product_id
    is_row = mine.entry_id is not None and mine.entry_id == other.entry_id
    return is_code or (is_row and mine.stall_id != other.stall_id)
