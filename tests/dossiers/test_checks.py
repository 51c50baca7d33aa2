"""What `flask doctor` sees of dossiers: each fault that a crash or a hand could leave behind."""

import pytest
from sqlalchemy import delete, func, select, update

from shop.certification.models import Certificate
from shop.core.db import change, transaction
from shop.dossiers import operations
from shop.dossiers.checks import (
    check_councils,
    check_dossier_certificates,
    check_dossier_records,
    check_scores,
)
from shop.dossiers.models import CouncilSeat, Dossier
from shop.dossiers.outcome import may_bring
from shop.dossiers.transitions import DossierStatus
from tests.dossiers.dossier_factories import decision, handed_in, member_of, scored


def lines() -> list[str]:
    checks = (check_dossier_records, check_dossier_certificates, check_councils, check_scores)
    return [line.partition(": ")[2] for check in checks for line in check()]


@pytest.fixture
def recognised(app):
    dossier, moderator = scored()
    operations.send_up(moderator, dossier.id)
    operations.recognise_five(moderator, dossier.id, decision(dossier, 5), score=92_50)
    assert lines() == []
    return dossier


def alter(statement) -> None:
    with transaction():
        assert change(statement)


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"average_hundredths": 97_99}, "average ≠ 9800"),
        ({"council_stars": 4}, "stars of the council ≠ 5"),
        ({"certificate_id": None}, "recognised without its certificate"),
        ({"ministry_hundredths": 93_00}, "a certificate of another score"),
        ({"ministry_hundredths": 88_00}, "a certificate of stars that the scores do not bring"),
        ({"average_hundredths": None}, "past the council without a score"),
        ({"status": DossierStatus.COUNCIL}, "a score before the council was closed"),
        ({"status": DossierStatus.MINISTRY}, "a certificate without recognition"),
    ],
)
def test_a_dossier_that_says_something_else_is_seen(recognised, values, fault):
    alter(update(Dossier).values(**values))
    assert fault in lines()


def test_sheets_that_say_something_else_are_seen(recognised, db):
    first = db.session.scalars(select(func.min(CouncilSeat.id))).one()
    alter(update(CouncilSeat).where(CouncilSeat.id == first).values(total_hundredths=1))
    assert lines() == ["a total that its sheet does not bring"]
    alter(delete(CouncilSeat).where(CouncilSeat.id == first))
    assert lines() == ["scored by too few sheets"]


def test_a_certificate_that_says_something_else_is_seen(recognised):
    alter(update(Certificate).values(score_hundredths=91_00))
    assert "a certificate of another score" in lines()


def test_a_judge_in_the_own_cause_is_seen(recognised, db):
    member = member_of(recognised.stall_id).user_id
    seat = db.session.scalars(select(func.min(CouncilSeat.id))).one()
    alter(update(CouncilSeat).where(CouncilSeat.id == seat).values(user_id=member))
    assert lines() == ["scored by whom it serves"]


def test_a_state_without_its_deed_is_seen(app):
    handed_in()
    assert lines() == []
    alter(update(Dossier).values(status=DossierStatus.PROVINCE))
    assert lines() == ["province ≠ dossier.handed_in"]


@pytest.mark.parametrize(
    ("stars", "council", "ministry", "may"),
    [(5, 5, 90_00, True), (5, 4, 90_00, True), (5, 5, None, False), (5, 5, 89_99, False),
     (4, 5, 89_99, True), (4, 4, None, True), (4, 3, None, False), (2, 5, None, False)],
)  # fmt: skip
def test_what_scores_may_bring(stars, council, ministry, may):
    assert may_bring(stars, council, ministry) is may
