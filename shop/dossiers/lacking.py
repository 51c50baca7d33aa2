"""What a self-assessment lacks before it is handed in; nothing of it forbids to hand it in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from shop.criteria.scoring import Gap
from shop.criteria.sheet import Criterion
from shop.dossiers.attachments import without_paper
from shop.dossiers.standing import Standing


@dataclass(frozen=True)
class Lacking:
    """Open criteria, answers without a paper, floors of the first star, and a foreign sheet."""

    unanswered: Sequence[Criterion]
    unproven: Sequence[Criterion]
    floors: Sequence[Gap]
    no_star: bool
    other_set: bool

    def __bool__(self) -> bool:
        """Tell whether it should be asked first."""
        return bool(self.unanswered or self.unproven or self.no_star or self.other_set)


def lacking(now: Standing, attached: Collection[str], *, own_set: int, judged: int) -> Lacking:
    """Return what lacks in a sheet of one set for a product of another or the same."""
    return Lacking(
        unanswered=now.open_criteria,
        unproven=without_paper(now.sheet, now.answers, attached),
        floors=now.floors(),
        no_star=not now.score.stars,
        other_set=own_set != judged,
    )
