"""The people of a stall."""

import pytest

from shop.core import audit, outbox
from shop.core.errors import WrongState
from shop.stalls import operations
from shop.stalls.models import MemberKind, StallMember, StallStatus
from tests.accounts.factories import UserFactory, sign_in
from tests.stalls.factories import MemberFactory, StallFactory, manager_of
from tests.stalls.papers import at_once


@pytest.fixture
def stall(app):
    return StallFactory()


@pytest.fixture
def boss(client, stall):
    return sign_in(client, manager_of(stall))


@pytest.fixture
def address(stall):
    return f"/quan-ly/{stall.slug}/thanh-vien"


def member_of(db, stall, user):
    return db.session.scalar(
        db.select(StallMember).where(
            StallMember.stall_id == stall.id, StallMember.user_id == user.id
        )
    )


@pytest.mark.parametrize("status", ["draft", "submitted", "returned"])
def test_a_stall_nobody_has_accepted_does_not_learn_who_is_known(boss, stall, address, db, status):
    stall.status = StallStatus(status)
    person = UserFactory(email="lan@vi-du.example")
    for email in ("lan@vi-du.example", "nguoi-la@vi-du.example"):
        response = boss.post(address, data={"email": email, "kind": "operator"})
        assert response.status_code == 422
        assert "Thêm được người khi gian hàng đã được duyệt." in response.text
    assert member_of(db, stall, person) is None


def test_adds_somebody_by_address_and_writes_to_her(boss, stall, address, db, mailbox):
    person = UserFactory(email="lan@vi-du.example", name="Trần Thị Lan")
    response = boss.post(address, data={"email": " LAN@vi-du.example ", "kind": "operator"})
    assert response.status_code == 303
    assert member_of(db, stall, person).kind is MemberKind.OPERATOR
    assert "Trần Thị Lan" in boss.get(address).text
    outbox.run_until_empty()
    assert [(letter.to, stall.name in letter.subject) for letter in mailbox] == [
        (["lan@vi-du.example"], True)
    ]
    row = audit.history(stall)[-1]
    assert (row.action, row.data) == (
        "stall.member_added",
        {"user_id": person.id, "kind": "operator"},
    )


@pytest.mark.parametrize("known", [True, False])
def test_says_the_same_of_blocked_and_unknown_people(boss, address, known):
    if known:
        UserFactory(email="ai@vi-du.example", is_blocked=True)
    response = boss.post(address, data={"email": "ai@vi-du.example", "kind": "operator"})
    assert response.status_code == 422
    assert "Không thêm được ai bằng địa chỉ này" in response.text
    assert 'value="ai@vi-du.example"' in response.text


def test_addresses_cannot_be_tried_out_without_end(boss, address):
    tries = [
        boss.post(address, data={"email": f"{n}@vi-du.example", "kind": "operator"}).status_code
        for n in range(21)
    ]
    assert (set(tries[:20]), tries[20]) == ({422}, 429)


def test_nobody_is_added_twice(boss, stall, address, db):
    person = manager_of(stall)
    response = boss.post(address, data={"email": person.email, "kind": "operator"})
    assert response.status_code == 422
    assert "đã là thành viên" in response.text
    assert member_of(db, stall, person).kind is MemberKind.MANAGER


def test_changes_the_kind_of_account(boss, stall, address):
    member = MemberFactory(stall=stall, kind=MemberKind.OPERATOR)
    response = boss.post(f"{address}/{member.id}/quyen", data={"kind": "manager"})
    assert response.status_code == 303
    assert member.kind is MemberKind.MANAGER


def test_an_unknown_kind_is_refused(boss, stall, address):
    member = MemberFactory(stall=stall, kind=MemberKind.OPERATOR)
    response = boss.post(f"{address}/{member.id}/quyen", data={"kind": "owner"})
    assert response.status_code == 422
    assert member.kind is MemberKind.OPERATOR


@pytest.mark.parametrize(("deed", "data"), [("quyen", {"kind": "operator"}), ("bo", {})])
def test_the_last_manager_stays(boss, stall, address, db, deed, data):
    MemberFactory(stall=stall, kind=MemberKind.OPERATOR)
    member = member_of(db, stall, manager_of(stall))
    response = boss.post(f"{address}/{member.id}/{deed}", data=data)
    assert response.status_code == 409
    assert "Gian hàng phải có người quản lý" in response.text
    assert member.kind is MemberKind.MANAGER


def test_a_manager_may_leave_when_another_stays(boss, stall, address, db):
    MemberFactory(stall=stall)
    person = manager_of(stall)
    response = boss.post(f"{address}/{member_of(db, stall, person).id}/bo")
    assert response.location == "/quan-ly/"
    assert member_of(db, stall, person) is None
    assert boss.get(address).status_code == 404


def test_members_of_another_stall_are_out_of_reach(boss, address):
    stranger = MemberFactory(kind=MemberKind.OPERATOR)
    assert boss.post(f"{address}/{stranger.id}/bo").status_code == 404
    changed = boss.post(f"{address}/{stranger.id}/quyen", data={"kind": "manager"})
    assert changed.status_code == 404
    assert stranger.kind is MemberKind.OPERATOR


def test_two_managers_who_remove_each_other_leave_one(app, stall, db):
    first, second = member_of(db, stall, manager_of(stall)), MemberFactory(stall=stall)
    stall_id, ids = stall.id, (first.id, second.id)
    db.session.commit()
    out = at_once(app, *(lambda m=m: operations.remove_member(stall_id, m) for m in ids))
    assert sorted(type(one).__name__ for one in out) == ["NoneType", WrongState.__name__]
    left = db.session.scalars(
        db.select(StallMember.kind).where(StallMember.stall_id == stall_id)
    ).all()
    assert left == [MemberKind.MANAGER]


def test_a_stranger_made_member_twice_at_once_is_added_once(app, stall, db):
    person = UserFactory()
    stall_id, email = stall.id, person.email
    db.session.commit()
    deed = lambda: operations.add_member(stall_id, email, MemberKind.OPERATOR)  # noqa: E731
    out = at_once(app, deed, deed)
    assert sum(isinstance(one, Exception) for one in out) == 1
    assert len(db.session.scalars(db.select(StallMember)).all()) == 2
