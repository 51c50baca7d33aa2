"""How long each step of a dossier may take; what the rule leaves open is the floor's own default.

Decision 26/2026/QĐ-TTg names the 15 working days of the commune and the 45 days of a
re-evaluation. The others are this floor's defaults, so that nothing lies unseen.
"""

from datetime import date, timedelta
from typing import NamedTuple

from shop.core.workdays import add_working_days, working_days_between
from shop.dossiers.transitions import DossierStatus


class Term(NamedTuple):
    """A number of working days, and whether the rule names it."""

    working_days: int
    is_of_the_rule: bool


TERMS = {
    DossierStatus.COMMUNE: Term(15, is_of_the_rule=True),
    DossierStatus.PROVINCE: Term(30, is_of_the_rule=False),
    DossierStatus.COUNCIL: Term(15, is_of_the_rule=False),
    DossierStatus.DECISION: Term(15, is_of_the_rule=False),
    DossierStatus.MINISTRY: Term(60, is_of_the_rule=False),
}
RE_EVALUATION_DAYS = 45  # of the calendar, for all steps of the province together
PROVINCIAL = (
    DossierStatus.COMMUNE,
    DossierStatus.PROVINCE,
    DossierStatus.COUNCIL,
    DossierStatus.DECISION,
)


def due_on(
    status: DossierStatus, started_on: date, *, re_evaluation_of: date | None = None
) -> date | None:
    """Return the last day of a step that begins on a day; None for what is over.

    A re-evaluation handed in on `re_evaluation_of` has to be decided within 45 days in all.
    """
    term = TERMS.get(status)
    if term is None:
        return None
    last = add_working_days(started_on, term.working_days)
    if re_evaluation_of is None or status not in PROVINCIAL:
        return last
    return min(last, re_evaluation_of + timedelta(days=RE_EVALUATION_DAYS))


def days_left(due: date, today: date) -> int:
    """Return the working days that are left of a term, negative when it is past."""
    return working_days_between(today, due)
