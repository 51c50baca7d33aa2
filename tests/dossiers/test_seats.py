"""Seats of a council that have to change hands: nobody of the stall's, nobody who jams it."""

import pytest
from sqlalchemy import select

from shop.accounts.models import ModeratorScope, User
from shop.core.db import transaction
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from shop.core.invariants import invariants
from shop.dossiers import operations
from shop.dossiers.models import CouncilSeat, Dossier
from shop.dossiers.queries import dossiers as queries
from shop.dossiers.transitions import DossierStatus
from shop.notifications.models import Notification
from shop.stalls.models import Stall
from tests.accounts.factories import sign_in
from tests.dossiers.dossier_factories import answers_to, convened, handed_in, member_of, office
from tests.stalls.factories import DONG_VAN, MemberFactory, moderator_of


@pytest.fixture(autouse=True)
def _on_a_floor(app):
    yield
    assert [line for each in invariants() for line in each.check() if "dossier" in line] == []


def seated(db, dossier) -> set[int]:
    rows = select(CouncilSeat.user_id).where(CouncilSeat.dossier_id == dossier.id)
    return set(db.session.scalars(rows))


def joins(db, dossier, person) -> None:
    with transaction():
        MemberFactory(stall=db.session.get(Stall, dossier.stall_id), user=person)


def test_who_handed_the_dossier_in_sits_in_no_council(db):
    dossier = handed_in()
    she = db.session.get(User, dossier.submitted_by_id)
    with transaction():
        she.role = "moderator"
        db.session.add(ModeratorScope(user_id=she.id, province_code=dossier.province_code))
        db.session.delete(member_of(dossier.stall_id))
    assert she.id not in {each.id for each in queries.candidates(dossier)}


def test_a_member_who_joined_the_stall_is_replaced_and_the_council_goes_on(db):
    dossier, moderator, members = convened()
    joins(db, dossier, members[0])
    answers = answers_to(dossier)
    with pytest.raises(Forbidden):
        operations.hand_in_sheet(members[0], dossier.id, answers)
    fresh = office()
    operations.reseat(moderator, dossier.id, members[0].id, successor_id=fresh.id)
    assert seated(db, dossier) == {fresh.id, members[1].id, members[2].id}
    told = select(Notification.user_id).where(Notification.template == "dossiers/seat")
    assert fresh.id in set(db.session.scalars(told))
    for each in (fresh, *members[1:]):
        operations.hand_in_sheet(each, dossier.id, answers)
    assert db.session.get(Dossier, dossier.id).status is DossierStatus.DECISION


def test_an_empty_seat_too_many_is_taken_away_and_the_last_one_closes(db):
    dossier, moderator, members = convened(4)
    answers = answers_to(dossier)
    for each in members[1:]:
        operations.hand_in_sheet(each, dossier.id, answers)
    operations.reseat(moderator, dossier.id, members[0].id)
    assert seated(db, dossier) == {each.id for each in members[1:]}
    assert db.session.get(Dossier, dossier.id).status is DossierStatus.DECISION


def test_a_sheet_handed_in_stays_and_no_council_gets_too_small(db):
    dossier, moderator, members = convened()
    with pytest.raises(InvalidInput):
        operations.reseat(moderator, dossier.id, members[0].id)
    operations.hand_in_sheet(members[0], dossier.id, answers_to(dossier))
    with pytest.raises(WrongState):
        operations.reseat(moderator, dossier.id, members[0].id, successor_id=office().id)
    with pytest.raises(InvalidInput):
        operations.reseat(moderator, dossier.id, members[1].id, successor_id=members[2].id)
    own = office()
    joins(db, dossier, own)
    with pytest.raises(InvalidInput):
        operations.reseat(moderator, dossier.id, members[1].id, successor_id=own.id)
    assert seated(db, dossier) == {each.id for each in members}


def test_the_office_alone_changes_seats_and_only_of_this_council(db):
    dossier, moderator, members = convened()
    commune = moderator_of(province_code="08", commune_code=DONG_VAN)
    with pytest.raises(Forbidden):
        operations.reseat(commune, dossier.id, members[0].id, successor_id=office().id)
    with pytest.raises(NotFound):
        operations.reseat(moderator, dossier.id, office().id, successor_id=office().id)


def test_the_page_changes_a_seat_without_a_script(client, db):
    dossier, moderator, members = convened()
    fresh = office()
    sign_in(client, moderator)
    here = f"/tham-dinh/ho-so/{dossier.id}"
    assert f'action="{here}/hoi-dong/ghe"' in client.get(here).text.partition("<details")[2]
    said = {"seat-user_id": str(members[0].id), "seat-successor_id": ""}
    refused = client.post(f"{here}/hoi-dong/ghe", data=said)
    assert refused.status_code == 422
    assert "ít nhất 3" in refused.text
    said["seat-successor_id"] = str(fresh.id)
    assert client.post(f"{here}/hoi-dong/ghe", data=said).status_code == 303
    assert fresh.id in seated(db, dossier)
    assert fresh.name in client.get(here).text
