"""The demo floor's way to a star: sheets and dossiers in several states, said to be invented."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from shop.core.db import db
from shop.core.invariants import invariants
from shop.criteria.queries import sheet_of
from shop.dossiers.models import (
    Assessment,
    AssessmentAnswer,
    AssessmentEvidence,
    CouncilSeat,
    Dossier,
    DossierNote,
)
from shop.dossiers.queries.assessments import answers_of
from shop.dossiers.standing import standing
from shop.dossiers.transitions import DossierStatus
from shop.stalls.models import Stall

pytestmark = pytest.mark.usefixtures("demo")
S = DossierStatus


def test_dossiers_lie_in_several_states():
    found = {each.status: each for each in db.session.scalars(select(Dossier))}
    assert set(found) == {S.RETURNED, S.COMMUNE, S.PROVINCE, S.COUNCIL}
    assert {status for status, each in found.items() if each.is_late} == {S.COMMUNE}
    seats = db.session.scalars(select(CouncilSeat.handed_in_at)).all()
    assert [bool(each) for each in sorted(seats, key=str)].count(True) == 1
    assert len(seats) == 3


def test_the_first_stall_has_a_whole_and_a_half_sheet():
    first = db.session.scalar(select(func.min(Stall.id)))
    sheets = select(Assessment).where(Assessment.stall_id == first).order_by(Assessment.id)
    now = [
        standing(sheet_of(each.version_id, each.product_set), answers_of(each.id))
        for each in db.session.scalars(sheets)
    ]
    assert [each.score.is_whole for each in now] == [True, False, True]
    assert now[1].score.answered == pytest.approx(now[1].score.count / 2, abs=1)
    assert now[0].score.total_hundredths > 50_00


def test_what_is_said_there_says_that_it_is_invented():
    notes = db.session.scalars(select(AssessmentAnswer.note).where(AssessmentAnswer.note != ""))
    words = db.session.scalars(select(DossierNote.words))
    assert all("minh họa" in each.casefold() for each in [*notes, *words])
    files = Counter(db.session.scalars(select(AssessmentEvidence.note)))
    assert set(files) == {"giay-to-minh-hoa.webp"}


def test_the_doctor_finds_nothing_in_them():
    lines = [line for each in invariants() for line in each.check()]
    assert [line for line in lines if "dossier" in line] == []
