"""The audit trail: every deed in words, narrowed, read by operators, changed by nobody."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy.exc import DBAPIError

from shop.backoffice.words import ACTIONS, SUBJECTS, data_rows
from shop.core import audit, clock
from shop.core.audit import AuditEntry
from shop.core.context import Actor, acting_as
from shop.core.db import transaction
from tests.accounts.factories import OperatorFactory, UserFactory, sign_in
from tests.guards.source import ROOT
from tests.orders.factories import PlacedOrderFactory
from tests.queries import assert_queries_stay_flat
from tests.stalls.factories import StallFactory

NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)
HOA = Actor(7001, "Hoàng Thị Hoa")
LITERAL = re.compile(r"audit\.record\(\s*\"([a-z_.]+)\"")


@pytest.fixture
def operator(client):
    return sign_in(client, OperatorFactory())


def deed(action, subject, data=None, *, at=NOON, actor=HOA):
    with transaction(), clock.at(at), acting_as(actor):
        audit.record(action, subject, data)


def rows(client, **asked):
    """Return the rows of the page as lists of words."""
    response = client.get("/van-hanh/nhat-ky", query_string=asked)
    assert response.status_code == 200
    html = BeautifulSoup(response.text, "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all("td")]
        for row in html.select("tbody tr")
    ]


def actions(client, **asked):
    return [row[2] for row in rows(client, **asked)]


def test_tells_who_did_what_to_what_and_with_what(operator):
    stall = StallFactory(name="HTX mẫu Cao Nguyên")
    deed("stall.suspended", stall, {"reason_code": "papers", "status_reason": "Giấy hết hạn"})
    [[when, who, what, subject, data]] = rows(operator)
    assert (when, who, what) == ("20/11/2026 12:00", "Hoàng Thị Hoa", "tạm đóng gian hàng")
    assert subject == "Gian hàng HTX mẫu Cao Nguyên"
    assert "reason_code papers status_reason Giấy hết hạn" in data
    assert "chỉ người vận hành" in data


def test_the_floor_itself_has_a_name(operator):
    deed("stall.accepted", StallFactory(), actor=Actor(None, "system"))
    assert rows(operator)[0][1] == "Hệ thống"


def test_an_action_that_nobody_worded_is_shown_as_it_is_written(operator):
    deed("robots.danced", StallFactory())
    assert actions(operator) == ["robots.danced"]


def test_the_latest_is_first(operator):
    stall = StallFactory()
    for hours, action in ((2, "stall.accepted"), (0, "stall.begun"), (1, "stall.submitted")):
        deed(action, stall, at=NOON + timedelta(hours=hours))
    assert actions(operator) == [
        "duyệt gian hàng",
        "gửi hồ sơ mở gian hàng",
        "bắt đầu hồ sơ mở gian hàng",
    ]


@pytest.fixture
def three(operator):
    """Three deeds: by Hoa, by a person with an address, by the floor; on three days."""
    lan = UserFactory(name="Trần Lan", email="lan@vi-du.example")
    stall, other = StallFactory(), StallFactory()
    deed("stall.accepted", stall, at=NOON)
    deed("stall.suspended", stall, at=NOON + timedelta(days=1), actor=lan.actor)
    deed("accounts.created", lan, at=NOON + timedelta(days=2), actor=Actor(None, "system"))
    return operator, stall, other, lan


ACCEPTED, SUSPENDED, CREATED = "duyệt gian hàng", "tạm đóng gian hàng", "tạo tài khoản"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"viec": "stall.accepted"}, [ACCEPTED]),
        ({"nguoi": "hoàng thị hoa"}, [ACCEPTED]),
        ({"nguoi": "7001"}, [ACCEPTED]),
        ({"nguoi": "Lan@vi-du.example"}, [SUSPENDED]),
        ({"nguoi": "100%"}, []),
        ({"doi_tuong": "users"}, [CREATED]),
        ({"doi_tuong": "stalls"}, [SUSPENDED, ACCEPTED]),
        ({"tu": "2026-11-21"}, [CREATED, SUSPENDED]),
        ({"den": "2026-11-21"}, [SUSPENDED, ACCEPTED]),
        ({"tu": "2026-11-21", "den": "2026-11-21"}, [SUSPENDED]),
        ({"viec": "stall.accepted", "tu": "2026-11-21"}, []),
        ({"tu": "0001-01-01", "den": "9999-12-31"}, [CREATED, SUSPENDED, ACCEPTED]),
    ],
)
def test_is_narrowed_by_what_is_asked(three, asked, found):
    operator, *_ = three
    assert actions(operator, **asked) == found


def test_is_narrowed_to_one_subject(three):
    operator, stall, other, _ = three
    asked = {"doi_tuong": "stalls", "so": str(stall.id)}
    assert actions(operator, **asked) == [SUSPENDED, ACCEPTED]
    assert actions(operator, doi_tuong="stalls", so=str(other.id)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tu", "20/13/2026"),
        ("so", "99999999999999999999"),
        ("so", "x"),
        ("viec", "no.such"),
        ("nguoi", "n" * 300),
    ],
)
def test_what_cannot_be_understood_is_said_and_kept(three, name, value):
    operator, *_ = three
    response = operator.get("/van-hanh/nhat-ky", query_string={name: value})
    assert response.status_code == 422
    assert "Có điều kiện chưa đọc được." in response.text
    if name == "so":
        assert f'value="{value}"' in response.text


def test_pages_hold_fifty_and_keep_what_was_asked(operator):
    stall = StallFactory()
    with transaction(), clock.at(NOON), acting_as(HOA):
        for number in range(51):
            audit.record("stall.accepted", stall, {"n": number})
    assert len(rows(operator, nguoi="Hoa")) == 50
    [last] = rows(operator, nguoi="Hoa", trang="2")
    assert "n 0 " in last[4]
    assert "nguoi=Hoa" in operator.get("/van-hanh/nhat-ky?nguoi=Hoa").text


def test_more_rows_are_no_more_queries(operator, db):
    deed("stall.accepted", StallFactory())

    def more():
        PlacedOrderFactory()
        for _ in range(5):
            deed("stall.accepted", StallFactory())
            deed("accounts.created", UserFactory())

    assert_queries_stay_flat(operator, "/van-hanh/nhat-ky", more, db.engine)


def test_data_is_text_and_never_markup(operator):
    deed("stall.accepted", StallFactory(), {"words": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in operator.get("/van-hanh/nhat-ky").text
    assert "&lt;script&gt;alert(1)" in operator.get("/van-hanh/nhat-ky").text


def test_data_is_told_by_name():
    told = data_rows({"price": {"before": 1, "after": None}, "ids": [1, 2], "x": "", "y": {"á": 1}})
    assert told == [("price", "1 → ∅"), ("ids", "[1, 2]"), ("x", "∅"), ("y", '{"á": 1}')]


def test_no_address_changes_the_trail(app):
    """The page is read; there is no route that writes below it."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/van-hanh/nhat-ky")]
    assert [rule.methods - {"OPTIONS", "HEAD"} for rule in rules] == [{"GET"}]


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_the_trail(app, db, verb):
    deed("stall.accepted", StallFactory())
    statement = getattr(db, verb)(AuditEntry)
    if verb == "update":
        statement = statement.values(action="stall.closed")
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(statement)
    db.session.rollback()
    assert db.session.scalars(db.select(AuditEntry.action)).all() == ["stall.accepted"]


def test_every_action_that_the_rooms_record_has_words():
    sources = [path.read_text("utf-8") for path in (ROOT / "shop").rglob("*.py")]
    recorded = {action for text in sources for action in LITERAL.findall(text)}
    assert len(recorded) > 25
    assert recorded <= ACTIONS.keys()


def test_every_subject_of_a_busy_floor_has_words(app, db):
    from tests.backoffice.floor import sound_floor

    sound_floor()
    entries = db.session.scalars(db.select(AuditEntry)).all()
    assert {entry.subject_type for entry in entries} <= SUBJECTS.keys()
    assert {entry.action for entry in entries} <= ACTIONS.keys()
