"""The numbers of the desk: how many claims wait, how many are late, how long a decision takes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import case, func, select

from shop.accounts.models import User
from shop.certification.models import Certificate, CertificateStatus, EvidenceGrade
from shop.certification.queries.moderation import scope_of
from shop.core import clock
from shop.core.db import db

LOOKED_BACK = timedelta(days=90)
MOST_DECISIONS = 1000


@dataclass(frozen=True)
class DeskNumbers:
    """What waits, what of it is late or wants a second moderator, and the median in days."""

    waiting: int
    late: int
    second: int
    median_days: float | None


def desk_numbers(moderator: User) -> DeskNumbers:
    """Return the numbers of a moderator's scope in two questions, whatever its size."""
    late = func.sum(case((Certificate.due_on < clock.today(), 1), else_=0))
    second = func.sum(case((Certificate.approved_by_id.is_not(None), 1), else_=0))
    waiting = select(func.count(), late, second).where(
        Certificate.status == CertificateStatus.SUBMITTED, scope_of(moderator)
    )
    counted = db.session.execute(waiting.select_from(Certificate)).one()
    return DeskNumbers(
        waiting=counted[0] or 0,
        late=counted[1] or 0,
        second=counted[2] or 0,
        median_days=_median_days(moderator),
    )


def _median_days(moderator: User) -> float | None:
    """Return the median over the latest decisions of three months, None when there are none.

    What was issued on a dossier of this floor never waited, so it does not make the desk faster.
    """
    rows = db.session.execute(
        select(Certificate.submitted_at, Certificate.decided_at)
        .where(
            Certificate.status != CertificateStatus.SUBMITTED,
            Certificate.grade.is_distinct_from(EvidenceGrade.DECISION),
            Certificate.decided_at >= clock.now() - LOOKED_BACK,
            scope_of(moderator),
        )
        .order_by(Certificate.decided_at.desc())
        .limit(MOST_DECISIONS)
    )
    took = [days_from(handed_in, decided) for handed_in, decided in rows if decided is not None]
    return round(float(median(took)), 1) if took else None


def days_from(start: datetime, end: datetime) -> int:
    """Return the days between two moments by the calendar of Vietnam: 0 on the same day."""
    return (clock.local(end).date() - clock.local(start).date()).days
