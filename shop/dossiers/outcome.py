"""What can be decided after the council and the ministry, as docs/dossier-states.md says."""

from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext

from shop.certification.scores import LEAST_STARS, MOST_STARS, least_for
from shop.core.errors import InvalidInput

SENT_UP = 90_00


@dataclass(frozen=True)
class Decision:
    """A recognition as the authority signed it."""

    stars: int
    product_code: str
    decision_number: str
    decided_on: date
    issuer: str
    expires_on: date


def may_go_up(average: int, *, has_come_back: bool) -> bool:
    """Tell whether a dossier may go to the ministry: 90 points and more, once."""
    return average >= SENT_UP and not has_come_back


def must_go_up(stars: int, *, has_come_back: bool) -> bool:
    """Tell whether only the ministry can say more: the council brings 5 stars."""
    return stars == MOST_STARS and not has_come_back


def most_stars(council_stars: int, ministry: int | None) -> int:
    """Return the most stars that the province may give; 0 when it may give none.

    5 are the ministry's alone. Where the ministry's council gave less than 90, its score bounds
    the stars as well.
    """
    most = min(council_stars, MOST_STARS - 1)
    if ministry is not None:
        most = min(most, next((s for s in (4, 3) if ministry >= least_for(s)), 0))
    return most if most >= LEAST_STARS else 0


def may_bring(stars: int, council_stars: int, ministry: int | None) -> bool:
    """Tell whether a certificate of these stars can follow from the scores of both councils."""
    if stars == MOST_STARS:
        return ministry is not None and ministry >= SENT_UP
    return LEAST_STARS <= stars <= most_stars(council_stars, ministry)


def check_stars(stars: int, most: int) -> None:
    """Raise InvalidInput for stars that the council's scores do not bring."""
    if not LEAST_STARS <= stars <= most:
        raise InvalidInput(lazy_gettext("The scores do not bring that many stars."), "stars")


def check_ministry(score: int) -> None:
    """Raise InvalidInput for a ministry's score that brings no 5 stars."""
    if score < SENT_UP:
        raise InvalidInput(
            lazy_gettext("Under 90 points the dossier comes back to the province."), "score"
        )
