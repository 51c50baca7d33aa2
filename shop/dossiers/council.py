"""What the sheets of a council bring together: the average, and the floors that most of them meet.

The rule takes the average of the totals with two decimals. That a floor counts as met when more
than half of the sheets meet it is this floor's inference (docs/dossier-states.md).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shop.criteria.scoring import Unmet, average, score, stars_with
from shop.criteria.sheet import Sheet

LEAST_MEMBERS = 3  # the rule leaves it to the province; with three no single voice decides a floor


@dataclass(frozen=True)
class CouncilScore:
    """The average of the totals, the stars that it and the floors bring, and the floors missed."""

    average_hundredths: int
    stars: int
    unmet: tuple[Unmet, ...]


def together(sheet: Sheet, sheets: Sequence[Mapping[str, int]]) -> CouncilScore:
    """Return what the answers of all members bring; raise ValueError when there are none."""
    scores = [score(sheet, answers) for answers in sheets]
    mean = average([each.total_hundredths for each in scores])
    missed = Counter((miss.criterion.code, miss.stars) for each in scores for miss in each.unmet)
    known = {(miss.criterion.code, miss.stars): miss for each in scores for miss in each.unmet}
    unmet = tuple(
        sorted(
            (known[floor] for floor, count in missed.items() if 2 * count >= len(scores)),
            key=lambda miss: miss.stars,
        )
    )
    return CouncilScore(mean, stars_with(mean, unmet), unmet)


def missing(sheet: Sheet, answers: Mapping[str, int]) -> list[str]:
    """Return the codes of criteria without a valid answer, in the order of the sheet."""
    return [
        criterion.code
        for criterion in sheet.criteria()
        if not 0 <= answers.get(criterion.code, -1) < len(criterion.options)
    ]


def valid(sheet: Sheet, answers: Mapping[str, int]) -> dict[str, int]:
    """Return only those answers that the sheet knows."""
    gone = set(missing(sheet, answers))
    codes = (criterion.code for criterion in sheet.criteria())
    return {code: answers[code] for code in codes if code not in gone}
