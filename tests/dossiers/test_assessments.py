"""A stall assesses its own product: saved at every step, counted at once, closed once handed in."""

import threading

import pytest
from sqlalchemy import select, update

from shop.core import clock
from shop.core.audit import AuditEntry
from shop.core.db import change, transaction
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from shop.dossiers.models import Assessment, AssessmentAnswer, AssessmentEvidence, DossierKind
from shop.dossiers.operations import (
    Saved,
    discard_assessment,
    hand_in,
    remove_evidence,
    save_answer,
    start_assessment,
    withdraw,
)
from shop.dossiers.queries.assessments import answers_of
from shop.dossiers.standing import standing
from shop.stalls.models import MemberKind, StallMember
from tests.catalogue.cockpit import photo
from tests.catalogue.factories import ProductFactory
from tests.dossiers.sheets import begun, best, sheet_of_product
from tests.stalls.factories import MemberFactory, StallFactory


@pytest.fixture
def product(app):
    return ProductFactory()


def member_of(db, product) -> StallMember:
    return db.session.scalars(
        select(StallMember).where(StallMember.stall_id == product.stall_id)
    ).one()


def picture(number: int) -> tuple[bytes, str]:
    return photo(size=(40 + number, 40)), f"anh-{number}.jpg"


def test_a_sheet_is_begun_once_in_the_products_own_set(product, db):
    manager = member_of(db, product)
    first = start_assessment(manager, product.id)
    assert start_assessment(manager, product.id).id == first.id
    assert (first.product_set, first.frozen_at) == (product.product_set, None)
    other = start_assessment(manager, product.id, 6)
    assert (other.id != first.id, other.product_set) == (True, 6)


def test_only_managers_of_the_stall_may(product, db):
    helper = MemberFactory(stall=product.stall, kind=MemberKind.OPERATOR)
    with pytest.raises(Forbidden):
        start_assessment(helper, product.id)
    made = begun(product)
    rival = MemberFactory(stall=StallFactory())
    db.session.commit()
    with pytest.raises(NotFound):
        start_assessment(rival, product.id)
    with pytest.raises(NotFound):
        save_answer(rival, made.id, "1.1", said=Saved(0))


def test_each_criterion_is_saved_by_itself(product, db):
    manager = member_of(db, product)
    made = start_assessment(manager, product.id)
    save_answer(manager, made.id, "1.1", said=Saved(2, "Vùng nguyên liệu của xã"))
    save_answer(manager, made.id, "1.2", said=Saved(1))
    save_answer(manager, made.id, "1.1", said=Saved(1))
    save_answer(manager, made.id, "1.2", said=Saved(None, "Đang chờ giấy"))
    assert answers_of(made.id) == {"1.1": 1, "1.2": 1}


@pytest.mark.parametrize("option", [-1, 3, 99])
def test_an_option_that_is_none_is_refused(product, db, option):
    manager = member_of(db, product)
    made = start_assessment(manager, product.id)
    with pytest.raises(InvalidInput):
        save_answer(manager, made.id, "1.1", said=Saved(option))
    with pytest.raises(NotFound):
        save_answer(manager, made.id, "99.9", said=Saved(0))
    assert answers_of(made.id) == {}


def test_five_files_are_kept_and_a_sixth_is_refused(product, db):
    manager = member_of(db, product)
    made = start_assessment(manager, product.id)
    save_answer(manager, made.id, "1.1", said=Saved(0, files=[picture(n) for n in range(4)]))
    with pytest.raises(InvalidInput):
        save_answer(manager, made.id, "1.1", said=Saved(1, files=[picture(5), picture(6)]))
    save_answer(manager, made.id, "1.1", said=Saved(files=[picture(7)]))
    kept = db.session.scalars(select(AssessmentEvidence)).all()
    assert [each.note for each in kept] == [*(f"anh-{n}.jpg" for n in range(4)), "anh-7.jpg"]
    assert answers_of(made.id) == {"1.1": 0}
    assert remove_evidence(manager, made.id, kept[0].id) == "1.1"
    with pytest.raises(NotFound):
        remove_evidence(manager, made.id, kept[0].id)


def test_nothing_changes_once_it_is_handed_in(product, db):
    manager = member_of(db, product)
    made = start_assessment(manager, product.id)
    save_answer(manager, made.id, "1.1", said=Saved(0, files=[picture(1)]))
    evidence = db.session.scalars(select(AssessmentEvidence.id)).one()
    with transaction():
        change(update(Assessment).values(frozen_at=clock.now()))
    with pytest.raises(WrongState):
        save_answer(manager, made.id, "1.1", said=Saved(1))
    with pytest.raises(WrongState):
        remove_evidence(manager, made.id, evidence)
    assert answers_of(made.id) == {"1.1": 0}
    assert start_assessment(manager, product.id).id != made.id


def test_a_sheet_is_thrown_away_with_all_that_hangs_on_it(product, db):
    helper = MemberFactory(stall=product.stall, kind=MemberKind.OPERATOR)
    manager = db.session.scalars(
        select(StallMember).where(StallMember.kind == MemberKind.MANAGER)
    ).one()
    made = start_assessment(manager, product.id).id
    save_answer(manager, made, "1.1", said=Saved(0, files=[picture(1)]))
    with pytest.raises(Forbidden):
        discard_assessment(helper, made)
    with pytest.raises(NotFound):
        discard_assessment(MemberFactory(stall=StallFactory()), made)
    db.session.commit()
    discard_assessment(manager, made)
    for model in (Assessment, AssessmentAnswer, AssessmentEvidence):
        assert db.session.scalars(select(model.id)).all() == []
    told = select(AuditEntry.data).where(AuditEntry.action == "assessment.discarded")
    assert db.session.scalars(told).one()["product_id"] == product.id
    with pytest.raises(NotFound):
        save_answer(manager, made, "1.1", said=Saved(0))


def test_a_sheet_that_a_dossier_names_stays(product, db):
    manager, made = member_of(db, product), begun(product, {"1.1": 1}).id
    db.session.commit()
    dossier = hand_in(manager, made, DossierKind.FIRST)
    for _ in range(2):
        with pytest.raises(WrongState):
            discard_assessment(manager, made)
        if dossier.is_open:
            withdraw(manager, dossier.id)
    assert answers_of(made) == {"1.1": 1}


def at_once(app, *jobs):
    """Run jobs in threads that begin together, and return what went wrong."""
    faults, gate = [], threading.Barrier(len(jobs))

    def run(job):
        with app.app_context():
            gate.wait()
            try:
                job()
            except Exception as fault:  # noqa: BLE001  the test asks for it
                faults.append(fault)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    [each.start() for each in threads]
    [each.join() for each in threads]
    return faults


def test_two_phones_at_once_lose_nothing(product, db, app):
    manager = member_of(db, product)
    made = start_assessment(manager, product.id)
    number = made.id
    db.session.refresh(manager)
    db.session.expunge(manager)
    db.session.commit()

    def phone(codes, option):
        return lambda: [
            save_answer(manager, number, code, said=Saved(option, files=[picture(option)]))
            for code in codes
        ]

    faults = at_once(app, phone(["1.1", "1.2", "1.3"], 0), phone(["1.3", "2.1", "1.1"], 1))
    assert faults == []
    assert set(answers_of(number)) == {"1.1", "1.2", "1.3", "2.1"}
    assert len(db.session.scalars(select(AssessmentAnswer.id)).all()) == 4
    assert len(db.session.scalars(select(AssessmentEvidence.id)).all()) == 6


def test_the_standing_names_the_floors_and_the_first_open_page(product):
    sheet = sheet_of_product(product)
    now = standing(sheet, best(sheet))
    assert (now.first_open(), now.wanted) == (1, None if now.score.stars == 5 else 5)
    codes = list(best(sheet).items())
    part = standing(sheet, dict(codes[:2]))
    assert (part.first_open(), part.wanted, part.number_of(codes[2][0])) == (3, 3, 3)
    assert {gap.stars for gap in part.floors()} == {3}
    assert part.criterion(0) is None
    assert part.criterion(len(codes) + 1) is None
