"""What answers to a score sheet are worth: points, stars, and what holds the next star back.

That a missed floor costs the star is this floor's reading of the decision; docs/ocop-scoring.md
says why. The same sums serve the self-assessment and the council.
"""

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from flask_babel import lazy_gettext, lazy_ngettext

from shop.certification.scores import LEAST_STARS, MOST_STARS, STARS, least_for, stars_for
from shop.core.errors import Words
from shop.criteria.sheet import Criterion, Sheet

NO_STARS = 0
Answers = Mapping[str, int]


@dataclass(frozen=True)
class Unmet:
    """A floor that the answers do not reach: of which star, and the cheapest option that does."""

    criterion: Criterion
    stars: int
    option: int


@dataclass(frozen=True)
class Score:
    """The worth of answers; `stars` is 0 when they earn no OCOP star."""

    total_hundredths: int
    stars: int
    stars_by_points: int
    unmet: tuple[Unmet, ...]
    answered: int
    count: int
    by_part: dict[str, int]

    @property
    def is_whole(self) -> bool:
        """Tell whether every criterion has its answer."""
        return self.answered == self.count


class GapKind(enum.StrEnum):
    """Why an option is on the gap list."""

    FLOOR = "floor"
    POINTS = "points"


@dataclass(frozen=True)
class Gap:
    """An option that would bring the next star nearer, and the points it adds."""

    kind: GapKind
    criterion: Criterion
    option: int
    stars: int
    gain_hundredths: int


def score(sheet: Sheet, answers: Answers) -> Score:
    """Return what the answers (code of a criterion → index of its option) are worth.

    A criterion without an answer brings no points and reaches no floor. Answers to codes that the
    sheet does not have, and indexes that the criterion does not have, count as none.
    """
    by_part = {
        part.code: sum(
            _points(criterion, answers) for block in part.blocks for criterion in block.criteria
        )
        for part in sheet.parts
    }
    criteria = list(sheet.criteria())
    total = sum(by_part.values())
    unmet = tuple(sorted(_unmet(criteria, answers), key=lambda each: each.stars))
    return Score(
        total_hundredths=total,
        stars=stars_with(total, unmet),
        stars_by_points=stars_for(total),
        unmet=unmet,
        answered=sum(_chosen(criterion, answers) is not None for criterion in criteria),
        count=len(criteria),
        by_part=by_part,
    )


def stars_with(total_hundredths: int, unmet: Sequence[Unmet]) -> int:
    """Return the most stars whose band the total reaches and none of whose floors is missed."""
    missed = min((each.stars for each in unmet), default=MOST_STARS + 1)
    earned = min(stars_for(total_hundredths), missed - 1)
    return earned if earned >= LEAST_STARS else NO_STARS


def next_stars(now: int) -> int | None:
    """Return the star above, 3 from none, None above 5."""
    return next((stars for stars in STARS if stars > now), None)


def gaps(sheet: Sheet, answers: Answers) -> list[Gap]:
    """Return what stands between the answers and the next star: missed floors, then points.

    Points come last, the greatest step first, and only if the floors do not bring enough of them.
    """
    found = score(sheet, answers)
    wanted = next_stars(found.stars)
    if wanted is None:
        return []
    held = [
        _gap(answers, each.criterion, each.option, kind=GapKind.FLOOR, stars=each.stars)
        for each in found.unmet
        if each.stars <= wanted
    ]
    if found.total_hundredths + sum(gap.gain_hundredths for gap in held) >= least_for(wanted):
        return held
    taken = {gap.criterion.code for gap in held}
    open_ones = (each for each in sheet.criteria() if each.code not in taken)
    steps = chain.from_iterable(_step(each, answers, wanted) for each in open_ones)
    return held + sorted(steps, key=lambda gap: -gap.gain_hundredths)


def average(totals: Sequence[int]) -> int:
    """Return the mean of totals in hundredths, halves up; raise ValueError when there are none."""
    if not totals:
        raise ValueError("no totals to average")
    return (2 * sum(totals) + len(totals)) // (2 * len(totals))


def stars_text(stars: int) -> Words:
    """Return the stars in words; one and two stars are no OCOP stars."""
    if stars < LEAST_STARS:
        return lazy_gettext("no OCOP stars")
    return lazy_ngettext("%(num)s OCOP star", "%(num)s OCOP stars", stars)


def _chosen(criterion: Criterion, answers: Answers) -> int | None:
    index = answers.get(criterion.code)
    return index if index is not None and 0 <= index < len(criterion.options) else None


def _points(criterion: Criterion, answers: Answers) -> int:
    index = _chosen(criterion, answers)
    return 0 if index is None else criterion.options[index].points_hundredths


def _unmet(criteria: Sequence[Criterion], answers: Answers) -> Iterator[Unmet]:
    for criterion in criteria:
        answered = _chosen(criterion, answers) is not None
        points = _points(criterion, answers)
        for stars, least in criterion.floors().items():
            if not answered or points < least:
                yield Unmet(criterion, stars, criterion.cheapest(least))


def _gap(answers: Answers, criterion: Criterion, option: int, *, kind: GapKind, stars: int) -> Gap:
    gain = criterion.options[option].points_hundredths - _points(criterion, answers)
    return Gap(kind, criterion, option, stars, gain)


def _step(criterion: Criterion, answers: Answers, stars: int) -> list[Gap]:
    """Return the next better option of an answered criterion, if it has one."""
    here = _points(criterion, answers)
    best = max(option.points_hundredths for option in criterion.options)
    if _chosen(criterion, answers) is None or best <= here:
        return []
    better = criterion.cheapest(here + 1)
    return [_gap(answers, criterion, better, kind=GapKind.POINTS, stars=stars)]
