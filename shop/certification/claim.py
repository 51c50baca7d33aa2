"""What a stall claims of its certificate, and what no certificate can say."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from flask_babel import lazy_gettext

from shop.certification import product_code
from shop.certification.matching import Match, compare, is_same_holder, key
from shop.certification.models import RecognitionEntry
from shop.certification.scores import STARS, stars_for
from shop.certification.validity import end_of
from shop.core.errors import InvalidInput
from shop.stalls.models import Stall


class CertifiedProduct(Protocol):
    """A product as the room that holds products hands it over, loaded through its owner."""

    id: int
    name: str
    product_set: int
    stall_id: int
    province_code: str
    commune_code: str


@dataclass(frozen=True)
class Claim:
    """The facts that a manager reads off the certificate, and its scan as bytes."""

    product_code: str
    stars: int
    score_hundredths: int | None
    decision_number: str
    decided_on: date
    issuer: str
    expires_on: date
    scan: bytes | None = None
    scan_name: str = ""
    entry_id: int | None = None


def check(claim: Claim, today: date) -> None:
    """Raise InvalidInput, with its field, for facts that no living certificate can carry."""
    if product_code.read_code(claim.product_code) is None:
        raise InvalidInput(
            lazy_gettext("A product code looks like 08-00706-012-2026."), "product_code"
        )
    check_score(claim.stars, claim.score_hundredths)
    if claim.decided_on > today:
        raise InvalidInput(lazy_gettext("The day of the decision is still to come."), "decided_on")
    check_expiry(claim.decided_on, claim.expires_on, today)


def check_score(stars: int, score_hundredths: int | None) -> None:
    """Raise InvalidInput for stars outside 3 to 5, or more than the score can bring."""
    if stars not in STARS:
        raise InvalidInput(lazy_gettext("An OCOP certificate has 3, 4 or 5 stars."), "stars")
    if score_hundredths is not None and stars_for(score_hundredths) < stars:
        raise InvalidInput(lazy_gettext("This score is too low for that many stars."), "score")


def check_expiry(decided_on: date, expires_on: date, today: date) -> None:
    """Raise InvalidInput for an expiry that is past, or beyond the 36 months of the rule."""
    if not decided_on < expires_on <= end_of(decided_on):
        raise InvalidInput(
            lazy_gettext(
                "A certificate stands for at most 36 months after its decision: here until "
                "%(day)s.",
                day=end_of(decided_on).strftime("%d/%m/%Y"),
            ),
            "expires_on",
        )
    if expires_on < today:
        raise InvalidInput(
            lazy_gettext("This certificate has run out. Only one that still stands can be shown."),
            "expires_on",
        )


def may_claim(entry: RecognitionEntry, product_name: str, stall: Stall) -> bool:
    """Tell whether a row can be this stall's, by its names, accents and short forms aside."""
    holders = [compare(name, entry.producer) for name in (stall.legal_name, stall.name)]
    is_product = compare(product_name, entry.product_name) is not Match.DIFFERENT
    return is_product and any(match is not Match.DIFFERENT for match in holders)


def proves(entry: RecognitionEntry, stall: Stall, claim: Claim) -> bool:
    """Tell whether a row can stand in for a scan: it says of the legal holder what is claimed.

    The name over the door does not count here, for its manager may change it any day; nor does a
    name that only resembles, for neighbours do.
    """
    says_so = (
        entry.stars == claim.stars
        and entry.decided_on == claim.decided_on
        and bool(entry.decision_number)
        and key(entry.decision_number) == key(claim.decision_number)
    )
    return says_so and is_same_holder(stall.legal_name, entry.producer)
