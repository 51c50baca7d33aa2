"""The way to a star on the demo floor: sheets begun and finished, dossiers in several states.

Answers, notes and evidence are invented and say so; every step is taken by the real use case.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from sqlalchemy import select

from shop.accounts.models import User
from shop.catalogue.models import ProductStatus
from shop.core import clock
from shop.core.context import Actor, acting_as
from shop.core.db import db
from shop.criteria.queries import sheet_of
from shop.criteria.sheet import Criterion, Sheet
from shop.demo.operations import papers, people
from shop.demo.operations.goods import Listing
from shop.demo.operations.scene import Scene
from shop.dossiers import operations
from shop.dossiers.models import Assessment, AssessmentEvidence, Dossier, DossierKind, NoteKind
from shop.dossiers.operations import Saved
from shop.dossiers.reasons import ReturnReason
from shop.dossiers.screening import Finding, Matter
from shop.stalls.models import StallMember

SAID = "Câu trả lời minh họa, không phải của cơ sở nào có thật."
PAPER, HEAD = "Giấy tờ minh họa", "Chợ Phiên (mẫu)"
FILE_NAME = "giay-to-minh-hoa.webp"
CONFIRMED = dict.fromkeys(Matter, Finding.CONFIRMED)
SEEN = {
    NoteKind.DESK_CHECK: (15, "Minh họa: đã kiểm hồ sơ, đủ thành phần."),
    NoteKind.SITE_VISIT: (10, "Minh họa: đã xem xưởng và vùng nguyên liệu."),
}
MISSING = "Minh họa: hợp đồng mua nguyên liệu chưa có chữ ký."
OWN_SHEETS = 3  # so many of the first are the demo manager's, where she has the goods for it


@dataclass(frozen=True)
class Way:
    """One product on its way to a star, told by the use cases that the pages call."""

    scene: Scene
    listing: Listing

    def finished(self) -> None:
        """Fill a whole sheet in and keep it."""
        self.fill_in(days=6)

    def half(self) -> None:
        """Fill the first half of a sheet in."""
        self.fill_in(days=3, share=0.5)

    def returned(self) -> None:
        """Hand a dossier in that the commune gives back."""
        dossier = self.hand_in(days=20)
        with self.by(people.MODERATOR, days=12) as moderator:
            operations.give_back(moderator, dossier, reason=ReturnReason.ORIGIN, words=MISSING)

    def late(self) -> None:
        """Hand a dossier in that the commune lets lie."""
        self.hand_in(days=40)

    def at_the_province(self) -> None:
        """Hand a dossier in that has just come to the office of the province."""
        self.forward(days=9, sent_on=1)

    def in_council(self) -> None:
        """Bring a dossier before its council, where one of three sheets is handed in."""
        dossier = self.forward(days=30, sent_on=22)
        for kind, (days, words) in SEEN.items():
            with self.by(people.MODERATOR, days=days) as moderator:
                day = clock.today()
                operations.add_note(moderator, dossier, kind=kind, day=day, words=words)
        members = [self.scene.people[who].id or 0 for who in people.COUNCIL]
        with self.by(people.MODERATOR, days=6) as moderator:
            operations.convene(moderator, dossier, members)
        with self.by(people.SECOND, days=2) as member:
            sheet = self._sheet(db.session.get_one(Dossier, dossier).assessment_id)
            operations.hand_in_sheet(member, dossier, self._answers(sheet, "council"))

    def forward(self, *, days: float, sent_on: float) -> int:
        """Hand a dossier in and send it on to the province."""
        dossier = self.hand_in(days=days)
        with self.by(people.MODERATOR, days=sent_on) as moderator:
            operations.forward(moderator, dossier, findings=CONFIRMED, words="Minh họa.")
        return dossier

    def hand_in(self, *, days: float) -> int:
        """Fill a sheet in and hand it in, and return the dossier's id."""
        assessment = self.fill_in(days=days + 1)
        with self._at(days), acting_as(self.listing.stall.maker):
            return operations.hand_in(self.member, assessment, DossierKind.FIRST).id

    def fill_in(self, *, days: float, share: float = 1) -> int:
        """Fill a sheet in, or the first part of it, with one paper, and return its id."""
        with self._at(days), acting_as(self.listing.stall.maker):
            made = operations.start_assessment(self.member, self.listing.id).id
            sheet = self._sheet(made)
            answers = list(self._answers(sheet, "own").items())
            for code, option in answers[: round(len(answers) * share)]:
                note = SAID if code == answers[0][0] else ""
                operations.save_answer(self.member, made, code, said=Saved(option, note))
        self._attach(made, answers[0][0])
        return made

    @contextmanager
    def by(self, who: str, *, days: float) -> Iterator[User]:
        """Let one of the demo people act so many days ago."""
        actor: Actor = self.scene.people[who]
        with self._at(days), acting_as(actor):
            yield db.session.get_one(User, actor.id)

    @cached_property
    def member(self) -> StallMember:
        """Return the manager of the stall."""
        mine = (
            StallMember.stall_id == self.listing.stall.id,
            StallMember.user_id == self.listing.stall.maker.id,
        )
        return db.session.scalars(select(StallMember).where(*mine)).one()

    def _at(self, days: float) -> AbstractContextManager[None]:
        return clock.at(self.scene.moment - timedelta(days=days))

    def _sheet(self, assessment_id: int) -> Sheet:
        found = db.session.get_one(Assessment, assessment_id)
        return sheet_of(found.version_id, found.product_set)

    def _answers(self, sheet: Sheet, who: str) -> dict[str, int]:
        """Return answers of a good producer: mostly the second best, at times the best."""
        rng = self.scene.rng(f"sheet/{who}/{self.listing.demo.number}")
        return {
            each.code: _ranked(each)[-rng.choice((1, 1, 2, 2, 3)) :][0] for each in sheet.criteria()
        }

    def _attach(self, assessment_id: int, code: str) -> None:
        rows, moment = self.scene.rows, self.scene.moment
        facts = [("Sản phẩm", self.listing.demo.name), ("Dùng cho", f"Tiêu chí {code}")]
        file_id = self.scene.gallery.paper(
            rows,
            f"evidence/{self.listing.demo.number}",
            lambda: papers.draw(PAPER, HEAD, facts),
            at=moment,
        )
        line = {"assessment_id": assessment_id, "code": code, "note": FILE_NAME}
        rows.add(AssessmentEvidence, **line, file_id=file_id)
        rows.finish()


def _ranked(criterion: Criterion) -> list[int]:
    """Return the options of a criterion, that with the fewest points first."""
    points = [option.points_hundredths for option in criterion.options]
    return sorted(range(len(points)), key=points.__getitem__)


WAYS: tuple[Callable[[Way], None], ...] = (
    Way.finished,
    Way.half,
    Way.returned,
    Way.late,
    Way.at_the_province,
    Way.in_council,
)


def add_dossiers(scene: Scene, listings: Sequence[Listing]) -> None:
    """Send some goods on their way to a star, as far as the floor has goods without one."""
    for way, listing in zip(WAYS, _chosen(listings), strict=False):
        way(Way(scene, listing))
    scene.rows.counts["dossiers"] = len(db.session.scalars(select(Dossier.id)).all())


def _chosen(listings: Sequence[Listing]) -> list[Listing]:
    """Return goods that are shown: some of the first stall, then a product of each other stall."""
    shown = [each for each in listings if each.status is ProductStatus.PUBLISHED]
    shown.sort(key=lambda each: each.demo.certificate is not None)
    first = listings[0].stall.id
    own = [each for each in shown if each.stall.id == first][:OWN_SHEETS]
    others = {each.stall.id: each for each in reversed(shown) if each.stall.id != first}
    return own + sorted(others.values(), key=lambda each: each.demo.certificate is not None)
