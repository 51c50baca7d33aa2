"""People: found, shut out with a reason, let in again; and where moderators decide."""

import pytest
from bs4 import BeautifulSoup

from shop.accounts.models import ModeratorScope, User
from shop.core import audit
from tests.accounts.factories import (
    ModeratorFactory,
    OperatorFactory,
    ScopeFactory,
    UserFactory,
    floor_moderator,
    sign_in,
)
from tests.queries import assert_queries_stay_flat
from tests.stalls.factories import DONG_VAN, StallFactory

PEOPLE = "/van-hanh/nguoi-dung"
REASON = {"reason": "Gửi thư rác cho nhiều gian hàng"}


@pytest.fixture
def me(app):
    return OperatorFactory(name="Người Vận Hành", email="toi@vi-du.example")


@pytest.fixture
def operator(client, me):
    return sign_in(client, me)


def names(response):
    html = BeautifulSoup(response.text, "html.parser")
    return [row.th.get_text(strip=True) for row in html.select("tbody tr")]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("hương", ["Lê Thị Hương"]),
        ("Lê Thị", ["Lê Thị Hương"]),
        ("DAO@VI-DU", ["Giàng A Dao"]),
        ("giàng", ["Giàng A Dao"]),
        ("%", []),
        ("_", []),
        ("khong-co-ai", []),
    ],
)
def test_are_found_by_name_or_address(operator, asked, found):
    UserFactory(name="Lê Thị Hương", email="huong@vi-du.example")
    UserFactory(name="Giàng A Dao", email="dao@vi-du.example")
    response = operator.get(PEOPLE, query_string={"q": asked})
    assert names(response) == found
    assert ("Không tìm thấy ai" in response.text) is (not found)


def test_are_found_by_role_and_nonsense_is_ignored(operator):
    UserFactory(name="Lê Thị Hương")
    ModeratorFactory(name="Cán Bộ Mẫu")
    assert names(operator.get(f"{PEOPLE}?vai_tro=moderator")) == ["Cán Bộ Mẫu"]
    assert len(names(operator.get(f"{PEOPLE}?vai_tro=king"))) == 3


def test_stand_on_pages_of_thirty(operator, db):
    for _ in range(30):
        UserFactory()
    assert len(names(operator.get(PEOPLE))) == 30
    assert names(operator.get(f"{PEOPLE}?trang=2")) == ["Người Vận Hành"]


def test_more_people_are_no_more_queries(operator, db):
    UserFactory()
    assert_queries_stay_flat(operator, PEOPLE, lambda: UserFactory.create_batch(5), db.engine)


def test_a_person_has_a_page_with_her_stalls(operator):
    person = UserFactory(name="Lê Thị Hương", email="huong@vi-du.example", phone="0987654321")
    StallFactory(name="HTX mẫu Cao Nguyên", manager=person)
    text = operator.get(f"{PEOPLE}/{person.id}").text
    for told in ("huong@vi-du.example", "0987654321", "Người mua", "HTX mẫu Cao Nguyên"):
        assert told in text
    assert "argon2" not in text
    assert operator.get(f"{PEOPLE}/99999").status_code == 404


def test_a_blocked_person_is_out_at_once_and_the_reason_is_on_record(operator, new_client, me, db):
    person = UserFactory()
    browser = sign_in(new_client(), person)
    assert browser.get("/tai-khoan").status_code == 200
    assert operator.post(f"{PEOPLE}/{person.id}/khoa", data=REASON).status_code == 303
    assert browser.get("/tai-khoan").status_code == 303
    assert db.session.get(User, person.id).is_blocked
    [entry] = audit.history(person)
    assert (entry.action, entry.actor_id) == ("accounts.blocked", me.id)
    assert entry.data == REASON
    assert "Đang khóa" in operator.get(f"{PEOPLE}/{person.id}").text


def test_a_person_is_let_in_again_with_a_reason(operator, new_client, db):
    person = UserFactory(is_blocked=True)
    assert operator.post(f"{PEOPLE}/{person.id}/mo-khoa", data=REASON).status_code == 303
    sign_in(new_client(), person)
    assert audit.history(person)[0].action == "accounts.unblocked"


@pytest.mark.parametrize("reason", ["", "   ", "vì", "x" * 501])
@pytest.mark.parametrize("deed", ["khoa", "mo-khoa"])
def test_nobody_is_blocked_or_let_in_without_a_reason(operator, db, deed, reason):
    was_blocked = deed == "mo-khoa"
    person = UserFactory(is_blocked=was_blocked)
    response = operator.post(f"{PEOPLE}/{person.id}/{deed}", data={"reason": reason})
    assert response.status_code == 422
    assert "Chưa có gì thay đổi." in response.text
    assert db.session.get(User, person.id).is_blocked is was_blocked
    assert audit.history(person) == []


def test_an_operator_cannot_shut_herself_out(operator, me, db):
    assert "Lý do" not in operator.get(f"{PEOPLE}/{me.id}").text
    response = operator.post(f"{PEOPLE}/{me.id}/khoa", data=REASON)
    assert response.status_code == 403
    assert "Bạn không thể tự khóa" in response.text
    assert not db.session.get(User, me.id).is_blocked
    assert operator.get("/van-hanh/").status_code == 200


@pytest.mark.parametrize("deed", ["khoa", "mo-khoa", "pham-vi", "pham-vi/1/bo"])
def test_operators_alone_decide_on_people(app, new_client, db, deed):
    person = UserFactory()
    data = {**REASON, "province_code": "all"}
    for who in (UserFactory(), floor_moderator()):
        browser = sign_in(new_client(), who)
        assert browser.post(f"{PEOPLE}/{person.id}/{deed}", data=data).status_code == 403
    assert new_client().post(f"{PEOPLE}/{person.id}/{deed}", data=data).status_code == 303
    assert audit.history(person) == []


def test_moderators_are_listed_with_where_they_decide(operator):
    ScopeFactory(user=ModeratorFactory(name="Ất"), province_code="08")
    ScopeFactory(user=ModeratorFactory(name="Bính"))
    ScopeFactory(user=ModeratorFactory(name="Đinh"), commune_code=DONG_VAN)
    ModeratorFactory(name="Giáp")
    UserFactory(name="Không phải cán bộ")
    response = operator.get("/van-hanh/can-bo")
    html = BeautifulSoup(response.text, "html.parser")
    told = {
        row.th.get_text(strip=True): " ".join(row.find_all("td")[1].get_text(" ").split())
        for row in html.select("tbody tr")
    }
    assert told == {
        "Ất": "Tuyên Quang",
        "Bính": "Toàn sàn",
        "Đinh": "Xã Đồng Văn, Tuyên Quang",
        "Giáp": "Chưa có phạm vi",
    }


def test_more_moderators_are_no_more_queries(operator, db):
    floor_moderator()

    def more():
        for code in ("01", "08"):
            ScopeFactory(province_code=code)

    assert_queries_stay_flat(operator, "/van-hanh/can-bo", more, db.engine)


def scopes(db, person):
    wanted = db.select(ModeratorScope).where(ModeratorScope.user_id == person.id)
    return list(db.session.scalars(wanted))


@pytest.mark.parametrize(("chosen", "code"), [("08", "08"), ("all", None)])
def test_a_moderator_is_given_a_place_on_the_record(operator, me, db, chosen, code):
    person = ModeratorFactory()
    path = f"{PEOPLE}/{person.id}"
    assert "Cán bộ này chưa được giao phạm vi nào." in operator.get(path).text
    data = {"province_code": chosen}
    assert operator.post(f"{path}/pham-vi", data=data).status_code == 303
    assert [scope.province_code for scope in scopes(db, person)] == [code]
    [entry] = audit.history(person)
    assert (entry.action, entry.actor_id) == ("accounts.scope_given", me.id)
    assert entry.data == {"province": code, "commune": None}
    twice = operator.post(f"{path}/pham-vi", data=data)
    assert (twice.status_code, len(scopes(db, person))) == (422, 1)
    assert "Cán bộ này đã có phạm vi đó." in twice.text


def test_a_moderator_of_a_commune_is_made_by_its_name(operator, db):
    person = ModeratorFactory()
    path = f"{PEOPLE}/{person.id}"
    data = {"province_code": "08", "commune": "Đồng Văn"}
    assert operator.post(f"{path}/pham-vi", data=data).status_code == 303
    assert [(each.province_code, each.commune_code) for each in scopes(db, person)] == [
        ("08", DONG_VAN)
    ]
    assert audit.history(person)[0].data == {"province": "08", "commune": DONG_VAN}
    assert "Xã Đồng Văn, Tuyên Quang" in operator.get(path).text
    assert operator.post(f"{path}/pham-vi", data=data).status_code == 422
    for wrong in ({**data, "province_code": "01"}, {**data, "province_code": "all"}):
        refused = operator.post(f"{path}/pham-vi", data=wrong)
        assert refused.status_code == 422
        assert "Đồng Văn" in refused.text
    assert len(scopes(db, person)) == 1


@pytest.mark.parametrize("chosen", ["", "00", "x" * 50])
def test_a_place_that_is_none_is_refused(operator, db, chosen):
    person = ModeratorFactory()
    response = operator.post(f"{PEOPLE}/{person.id}/pham-vi", data={"province_code": chosen})
    assert response.status_code == 422
    assert scopes(db, person) == []


def test_only_moderators_are_given_places(operator, db):
    person = UserFactory()
    response = operator.post(f"{PEOPLE}/{person.id}/pham-vi", data={"province_code": "08"})
    assert (response.status_code, scopes(db, person)) == (404, [])
    assert "Phạm vi thẩm định" not in operator.get(f"{PEOPLE}/{person.id}").text


def test_a_place_is_taken_on_the_record(operator, db):
    person = ModeratorFactory()
    scope = ScopeFactory(user=person, province_code="08")
    path = f"{PEOPLE}/{person.id}/pham-vi/{scope.id}/bo"
    assert operator.post(path).status_code == 303
    assert scopes(db, person) == []
    [entry] = audit.history(person)
    assert entry.action == "accounts.scope_taken"
    assert entry.data == {"province": "08", "commune": None}
    assert operator.post(path).status_code == 404


def test_a_place_is_taken_only_from_whom_it_belongs_to(operator, db):
    scope = ScopeFactory(user=ModeratorFactory(), province_code="08")
    other = ModeratorFactory()
    assert operator.post(f"{PEOPLE}/{other.id}/pham-vi/{scope.id}/bo").status_code == 404
    assert db.session.get(ModeratorScope, scope.id) is not None
