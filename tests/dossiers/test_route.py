"""The route of a dossier: who may take which step, what it leaves behind, who is told."""

import pytest
from sqlalchemy import select

from shop.catalogue.models import Product
from shop.certification.models import Certificate, CertificateStatus, EvidenceGrade
from shop.certification.queries import certificate_for
from shop.core import clock
from shop.core.audit import AuditEntry
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from shop.core.invariants import invariants
from shop.dossiers import operations
from shop.dossiers.models import Assessment, Dossier, DossierKind, NoteKind
from shop.dossiers.queries import dossiers as queries
from shop.dossiers.reasons import RefusalReason, ReturnReason
from shop.dossiers.screening import Finding, Matter
from shop.dossiers.transitions import DossierStatus
from shop.notifications.models import Notification
from shop.stalls.models import Stall
from tests.accounts.factories import floor_moderator
from tests.certification.factories import CertificateFactory
from tests.dossiers.dossier_factories import (
    CONFIRMED,
    assessment_of,
    best,
    checked,
    convened,
    decision,
    handed_in,
    in_province,
    member_of,
    office,
    scored,
    worst,
)
from tests.stalls.factories import DONG_VAN, HA_NOI, MemberFactory, moderator_of

S = DossierStatus


@pytest.fixture(autouse=True)
def _on_a_floor(app):
    yield
    assert [line for each in invariants() for line in each.check() if "dossier" in line] == []


def again(dossier) -> Dossier:
    from shop.core.db import db

    db.session.expire_all()
    return db.session.get(Dossier, dossier.id)


def deeds(db, dossier) -> list[str]:
    rows = select(AuditEntry.action).where(
        AuditEntry.subject_type == "dossiers", AuditEntry.subject_id == dossier.id
    )
    return list(db.session.scalars(rows.order_by(AuditEntry.id)))


def frozen(db, dossier) -> bool:
    return db.session.get(Assessment, dossier.assessment_id).frozen_at is not None


def test_handing_in_freezes_a_copy_and_tells_the_stall(db):
    dossier = handed_in()
    product = db.session.get(Product, dossier.product_id)
    assert (dossier.status, dossier.answers) == (S.COMMUNE, best(product))
    assert frozen(db, dossier)
    assert dossier.due_on > clock.today()
    assert product.name in db.session.scalars(select(Notification.subject)).one()


def test_an_unfinished_assessment_may_be_handed_in_an_empty_one_not(db):
    dossier = handed_in()
    operations.withdraw(member_of(dossier.stall_id), dossier.id)
    product = db.session.get(Product, dossier.product_id)
    part = assessment_of(product, {"1.1": 0})
    made = operations.hand_in(member_of(dossier.stall_id), part.id, DossierKind.FIRST)
    assert made.answers == {"1.1": 0}
    operations.withdraw(member_of(dossier.stall_id), made.id)
    empty = assessment_of(product, {})
    with pytest.raises(InvalidInput):
        operations.hand_in(member_of(dossier.stall_id), empty.id, DossierKind.FIRST)


def test_another_stalls_assessment_is_not_found(db):
    one, other = handed_in(), handed_in()
    with pytest.raises(NotFound):
        operations.hand_in(member_of(one.stall_id), other.assessment_id, DossierKind.FIRST)
    with pytest.raises(NotFound):
        operations.withdraw(member_of(one.stall_id), other.id)


def test_a_product_without_certificate_asks_for_the_first():
    with pytest.raises(InvalidInput):
        handed_in(DossierKind.UPGRADE)


def test_the_commune_screens_every_matter(db):
    dossier, moderator = handed_in(), moderator_of(province_code="08", commune_code=DONG_VAN)
    with pytest.raises(InvalidInput):
        operations.forward(moderator, dossier.id, findings={Matter.PARTS: Finding.CONFIRMED})
    missing = {**CONFIRMED, Matter.PARTS: Finding.PARTLY}
    with pytest.raises(InvalidInput):
        operations.forward(moderator, dossier.id, findings=missing)
    operations.forward(moderator, dossier.id, findings=CONFIRMED, words="Ong của xã.")
    assert again(dossier).status is S.PROVINCE
    note = queries.notes(dossier.id)[0]
    assert (note.kind, note.words, len(note.lines())) == (NoteKind.SCREENING, "Ong của xã.", 5)
    assert deeds(db, dossier) == ["dossier.handed_in", "dossier.forwarded"]


def test_a_commune_may_not_act_for_the_office():
    dossier, _ = in_province()
    commune = moderator_of(province_code="08", commune_code=DONG_VAN)
    assert queries.case(commune, dossier.id) is not None
    for act in (
        lambda: operations.give_back(commune, dossier.id, reason=ReturnReason.OTHER, words="x"),
        lambda: operations.convene(commune, dossier.id, [1, 2, 3]),
        lambda: operations.add_note(
            commune, dossier.id, kind=NoteKind.SITE_VISIT, day=clock.today(), words="x"
        ),
    ):
        with pytest.raises(Forbidden):
            act()


def test_other_provinces_are_not_found():
    dossier, stranger = handed_in(), moderator_of(province_code=HA_NOI)
    with pytest.raises(NotFound):
        operations.forward(stranger, dossier.id, findings=CONFIRMED)
    assert queries.cases(stranger, None, 1).total == 0
    assert queries.waiting_count(floor_moderator()) == 1


def test_nobody_acts_on_their_own_stall(db):
    dossier, moderator = handed_in(), office()
    MemberFactory(stall=db.session.get(Stall, dossier.stall_id), user=moderator)
    with pytest.raises(Forbidden):
        operations.forward(moderator, dossier.id, findings=CONFIRMED)


def test_a_returned_dossier_stays_and_the_next_names_it(db):
    dossier, moderator = in_province()
    operations.give_back(moderator, dossier.id, reason=ReturnReason.ORIGIN, words="Thiếu hợp đồng")
    assert again(dossier).status is S.RETURNED
    assert "Thiếu hợp đồng" in dossier.reason
    assert not frozen(db, dossier)
    member = member_of(dossier.stall_id)
    new = operations.hand_in(member, dossier.assessment_id, DossierKind.FIRST)
    assert (new.earlier_id, new.id != dossier.id, new.status) == (dossier.id, True, S.COMMUNE)
    assert [each.id for each in queries.dossiers_of(dossier.stall_id)] == [new.id, dossier.id]


def test_the_office_notes_then_convenes_at_least_three():
    dossier, moderator = in_province()
    members = [office().id for _ in range(3)]
    with pytest.raises(InvalidInput):
        operations.convene(moderator, dossier.id, members[:2])
    with pytest.raises(InvalidInput):
        operations.convene(moderator, dossier.id, members)  # no note yet
    checked(moderator, dossier)
    operations.convene(moderator, dossier.id, members)
    assert again(dossier).status is S.COUNCIL


@pytest.mark.parametrize("kind", [NoteKind.DESK_CHECK, NoteKind.SITE_VISIT])
def test_one_note_of_the_two_convenes_nobody(kind):
    dossier, moderator = in_province()
    operations.add_note(moderator, dossier.id, kind=kind, day=clock.today(), words="Đủ.")
    with pytest.raises(InvalidInput):
        operations.convene(moderator, dossier.id, [office().id for _ in range(3)])
    assert again(dossier).status is S.PROVINCE


def test_only_moderators_of_the_province_outside_the_stall_sit_in_it(db):
    dossier, moderator = in_province()
    inside = office()
    MemberFactory(stall=db.session.get(Stall, dossier.stall_id), user=inside)
    checked(moderator, dossier)
    good = [office().id, floor_moderator().id]
    for bad in (inside, office(HA_NOI), moderator_of(province_code="08", commune_code=DONG_VAN)):
        with pytest.raises(InvalidInput):
            operations.convene(moderator, dossier.id, [*good, bad.id])


def test_a_sheet_is_whole_final_and_closes_the_council_with_the_last(db):
    dossier, _, members = convened()
    answers = best(db.session.get(Product, dossier.product_id))
    with pytest.raises(InvalidInput):
        operations.hand_in_sheet(members[0], dossier.id, {"1.1": 0})
    operations.save_sheet(members[0], dossier.id, {"1.1": 0})
    for each in members[:2]:
        operations.hand_in_sheet(each, dossier.id, answers)
    with pytest.raises(WrongState):
        operations.hand_in_sheet(members[0], dossier.id, answers)
    with pytest.raises(WrongState):
        operations.save_sheet(members[0], dossier.id, {"1.1": 0})
    assert again(dossier).status is S.COUNCIL
    operations.hand_in_sheet(members[2], dossier.id, answers)
    closed = again(dossier)
    assert (closed.status, closed.average_hundredths, closed.council_stars) == (
        S.DECISION, 98_00, 5,
    )  # fmt: skip


def test_who_has_no_seat_finds_no_sheet():
    dossier, moderator, _ = convened()
    with pytest.raises(NotFound):
        operations.hand_in_sheet(moderator, dossier.id, {})


def test_the_office_closes_with_three_of_four(db):
    dossier, moderator, members = convened(4)
    answers = worst(db.session.get(Product, dossier.product_id))
    for each in members[:2]:
        operations.hand_in_sheet(each, dossier.id, answers)
    with pytest.raises(WrongState):
        operations.close_council(moderator, dossier.id)
    operations.hand_in_sheet(members[2], dossier.id, answers)
    operations.close_council(moderator, dossier.id)
    assert (again(dossier).status, dossier.council_stars) == (S.DECISION, 0)
    with pytest.raises(WrongState):
        operations.hand_in_sheet(members[3], dossier.id, answers)


def test_five_stars_are_the_ministrys_alone(db):
    dossier, moderator = scored()
    with pytest.raises(WrongState):
        operations.recognise(moderator, dossier.id, decision(dossier))
    operations.send_up(moderator, dossier.id)
    with pytest.raises(InvalidInput):
        operations.recognise_five(moderator, dossier.id, decision(dossier, 5), score=89_99)
    operations.recognise_five(moderator, dossier.id, decision(dossier, 5), score=92_50)
    live = certificate_for(dossier.product_id)
    assert (live.stars, live.score_hundredths, live.grade) == (5, 92_50, EvidenceGrade.DECISION)
    assert again(dossier).certificate_id == live.id


def test_the_ministry_sends_back_and_the_province_gives_four(db):
    dossier, moderator = scored()
    old = CertificateFactory(product=db.session.get(Product, dossier.product_id), stars=3)
    operations.send_up(moderator, dossier.id)
    operations.send_down(moderator, dossier.id, score=88_00)
    with pytest.raises(WrongState):
        operations.send_up(moderator, dossier.id)
    with pytest.raises(InvalidInput):
        operations.recognise(moderator, dossier.id, decision(dossier, 5))
    operations.recognise(moderator, dossier.id, decision(dossier, 4))
    live = certificate_for(dossier.product_id)
    assert (live.stars, live.score_hundredths) == (4, 88_00)
    assert db.session.get(Certificate, old.id).status is CertificateStatus.REPLACED


@pytest.mark.parametrize(
    "facts",
    [
        {"product_code": "08-00001-017-2026"},
        {"product_code": "x"},
        {"decided_on": clock.today().replace(year=2035)},
        {"expires_on": clock.today().replace(year=2033)},
    ],
)
def test_a_decision_that_cannot_be_leaves_everything_as_it_was(db, facts):
    dossier, moderator = scored()
    operations.send_up(moderator, dossier.id)
    signed = decision(dossier, 5, **facts)
    with pytest.raises(InvalidInput):
        operations.recognise_five(moderator, dossier.id, signed, score=95_00)
    assert again(dossier).status is S.MINISTRY
    assert certificate_for(dossier.product_id) is None


def test_below_the_floors_it_is_not_recognised(db):
    dossier, moderator = scored(worst)
    with pytest.raises(InvalidInput):
        operations.recognise(moderator, dossier.id, decision(dossier, 3))
    with pytest.raises(WrongState):
        operations.send_up(moderator, dossier.id)
    operations.refuse(moderator, dossier.id, reason=RefusalReason.POINTS, words="Dưới 50 điểm")
    assert again(dossier).status is S.NOT_RECOGNISED
    assert not frozen(db, dossier)


def test_the_stall_takes_it_back_until_the_council_has_scored(db):
    dossier, _, _ = convened()
    operations.withdraw(member_of(dossier.stall_id), dossier.id)
    assert (again(dossier).status, frozen(db, dossier)) == (S.WITHDRAWN, False)
    closed, _ = scored()
    with pytest.raises(WrongState):
        operations.withdraw(member_of(closed.stall_id), closed.id)
