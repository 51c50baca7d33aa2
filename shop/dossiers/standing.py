"""Where a self-assessment stands: its score, what holds the next star back, its pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from shop.certification.scores import least_for
from shop.criteria.scoring import Answers, Gap, GapKind, Score, gaps, next_stars, score
from shop.criteria.sheet import Criterion, Part, Sheet

MOST_STEPS = 5


@dataclass(frozen=True)
class Standing:
    """A sheet with the answers given so far, and what they are worth."""

    sheet: Sheet
    answers: Answers
    score: Score
    criteria: Sequence[Criterion]

    @property
    def wanted(self) -> int | None:
        """Return the next star, None above five."""
        return next_stars(self.score.stars)

    def number_of(self, code: str) -> int:
        """Return the page of a criterion, from 1 in the order of the sheet."""
        return 1 + next(place for place, each in enumerate(self.criteria) if each.code == code)

    def criterion(self, number: int) -> Criterion | None:
        """Return the criterion of a page, None where there is no such page."""
        return self.criteria[number - 1] if 1 <= number <= len(self.criteria) else None

    def first_open(self) -> int:
        """Return the page of the first criterion without an answer, the first when none is."""
        pages = enumerate(self.criteria, start=1)
        return next((number for number, each in pages if each.code not in self.answers), 1)

    def floors(self) -> list[Gap]:
        """Return the missed floors that hold the next star back."""
        return [gap for gap in self._gaps() if gap.kind is GapKind.FLOOR]

    def steps(self) -> list[Gap]:
        """Return the few answers that a next better option would lift most."""
        return [gap for gap in self._gaps() if gap.kind is GapKind.POINTS][:MOST_STEPS]

    @property
    def lacking_hundredths(self) -> int:
        """Return the points that lack to the band of the next star, 0 when floors alone hold it."""
        if self.wanted is None:
            return 0
        return max(0, least_for(self.wanted) - self.score.total_hundredths)

    @property
    def open_criteria(self) -> list[Criterion]:
        """Return the criteria without an answer."""
        return [each for each in self.criteria if each.code not in self.answers]

    def open_in(self, part: Part) -> list[Criterion]:
        """Return the criteria of one part without an answer."""
        inside = {each.code for block in part.blocks for each in block.criteria}
        return [each for each in self.open_criteria if each.code in inside]

    @property
    def open_hundredths(self) -> int:
        """Return the most points that the open criteria can bring."""
        return sum(each.most_hundredths for each in self.open_criteria)

    def _gaps(self) -> list[Gap]:
        return gaps(self.sheet, self.answers)


def standing(sheet: Sheet, answers: Answers) -> Standing:
    """Return where these answers to the sheet stand."""
    return Standing(sheet, answers, score(sheet, answers), tuple(sheet.criteria()))
