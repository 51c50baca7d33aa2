"""Two at once: one dossier per product, one step at a time, no sheet lost or counted twice."""

import threading

import pytest
from sqlalchemy import func, select

from shop.accounts.models import User
from shop.catalogue.models import Product
from shop.certification.models import Certificate
from shop.core import clock
from shop.core.audit import AuditEntry
from shop.core.errors import ShopError
from shop.dossiers import operations
from shop.dossiers.models import CouncilSeat, Dossier, DossierKind
from shop.dossiers.transitions import DossierStatus
from shop.stalls.models import StallMember
from tests.catalogue.factories import ProductFactory
from tests.dossiers.dossier_factories import (
    CONFIRMED,
    assessment_of,
    best,
    convened,
    decision,
    handed_in,
    member_of,
    office,
    scored,
)

ATTEMPTS = range(3)


def at_once(app, *jobs) -> list[str]:
    """Run jobs in threads of their own that start together; return what became of each."""
    ended, start = [], threading.Barrier(len(jobs))

    def run(job):
        with app.app_context():
            start.wait(10)
            try:
                job()
                ended.append("done")
            except ShopError as error:
                ended.append(error.code)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    [thread.start() for thread in threads]
    [thread.join(30) for thread in threads]
    return sorted(ended)


def person(db, number) -> User:
    return db.session.get_one(User, number)


def status_of(db, number) -> DossierStatus:
    db.session.expire_all()
    return db.session.get_one(Dossier, number).status


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_one_assessment_becomes_one_dossier(app, db, attempt):
    product = ProductFactory()
    assessment, member = assessment_of(product).id, member_of(product.stall_id).id
    db.session.commit()

    def job():
        who = db.session.get_one(StallMember, member)
        operations.hand_in(who, assessment, DossierKind.FIRST)

    assert at_once(app, job, job) == ["done", "wrong_state"]
    assert db.session.scalar(select(func.count()).select_from(Dossier)) == 1


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_two_moderators_forward_once(app, db, attempt):
    dossier, people = handed_in().id, [office().id, office().id]
    db.session.commit()

    def job(number):
        operations.forward(person(db, number), dossier, findings=CONFIRMED)

    assert at_once(app, *(lambda n=n: job(n) for n in people)) == ["done", "wrong_state"]
    told = select(func.count()).where(AuditEntry.action == "dossier.forwarded")
    assert db.session.scalar(told) == 1
    assert status_of(db, dossier) is DossierStatus.PROVINCE


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_sheet_counts_or_is_refused_when_the_office_closes(app, db, attempt):
    made, moderator, members = convened(4)
    dossier, closer, last = made.id, moderator.id, members[3].id
    answers = best(db.session.get_one(Product, made.product_id))
    for each in members[:3]:
        operations.hand_in_sheet(each, dossier, answers)
    db.session.commit()
    ended = at_once(
        app,
        lambda: operations.hand_in_sheet(person(db, last), dossier, answers),
        lambda: operations.close_council(person(db, closer), dossier),
    )
    assert ended == ["done", "wrong_state"]
    assert status_of(db, dossier) is DossierStatus.DECISION
    counted = db.session.scalars(
        select(AuditEntry.data).where(AuditEntry.action == "dossier.scored")
    ).one()
    handed = select(func.count()).where(CouncilSeat.handed_in_at.is_not(None))
    assert counted["sheets"] == db.session.scalar(handed)


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_last_two_sheets_at_once_close_the_council_once(app, db, attempt):
    made, _, members = convened()
    dossier, people = made.id, [each.id for each in members]
    answers = best(db.session.get_one(Product, made.product_id))
    db.session.commit()

    def job(number):
        operations.hand_in_sheet(person(db, number), dossier, answers)

    assert at_once(app, *(lambda n=n: job(n) for n in people)) == ["done"] * 3
    assert status_of(db, dossier) is DossierStatus.DECISION


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_two_decisions_issue_one_certificate(app, db, attempt):
    made, moderator = scored()
    operations.send_up(moderator, made.id)
    dossier, people = made.id, [moderator.id, office().id]
    signed = decision(made, 5)
    db.session.commit()

    def job(number):
        operations.recognise_five(person(db, number), dossier, signed, score=95_00)

    assert at_once(app, *(lambda n=n: job(n) for n in people)) == ["done", "wrong_state"]
    assert db.session.scalar(select(func.count()).select_from(Certificate)) == 1
    assert clock.today() <= db.session.scalars(select(Certificate.expires_on)).one()
