"""No request of a stall makes a star appear, whatever fields and keys it carries.

Each address that writes is called by each kind of seller with a form that would do and with every
column of the tables of the star as further fields and as JSON. The stars that would show are
counted in the very transaction, before it is undone; the last tests prove that they are seen.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import request
from sqlalchemy import Date, DateTime, Enum, Integer, Numeric, select
from sqlalchemy.orm import Session

from shop.certification.models import Certificate, CertificateRuling, CertificateStatus
from shop.certification.queries import live
from shop.dossiers.models import CouncilSeat, Dossier
from tests.guards import doors
from tests.guards.foreign_floor import day
from tests.guards.forms import form_of
from tests.guards.test_foreign_objects import browser, methods_of, rules, values

pytestmark = pytest.mark.xdist_group("foreign objects")
SELLERS = ("manager", "helper", "rival")
TABLES = (Certificate, Dossier, CouncilSeat, CertificateRuling)
Star = tuple[int, int, int]


def wish(column: Any) -> str:
    """Return what a seller would like to see in a column."""
    if isinstance(column.type, Enum):
        best = ("verified", "recognised", "decision", "restored")
        return next((each for each in best if each in column.type.enums), column.type.enums[0])
    if isinstance(column.type, DateTime) or "at" in column.name.split("_"):
        return f"{day(-1)}T00:00:00+00:00"
    if isinstance(column.type, Date):
        return day(900 if column.name in {"expires_on", "grace_until", "live_until"} else -30)
    return "5" if isinstance(column.type, Integer | Numeric) else "Mẫu"


WISHES = {
    column.name: wish(column)
    for table in TABLES
    for column in table.__table__.columns
    if column.name != "id"
} | {
    "status": "verified",
    "star": "5",
    "verified": "1",
    "is_live": "true",
    "evidence_grade": "decision",
    "certificate_id": "1",
    "certificate.status": "verified",
    "certificate[status]": "verified",
    "product_code": "08-00706-777-2026",
    "staged_status": "accepted",
}


def live_stars(session: Session) -> set[Star]:
    wanted = select(Certificate.id, Certificate.product_id, Certificate.stars).where(live())
    return {(row[0], row[1], row[2]) for row in session.execute(wanted)}


@contextmanager
def watching() -> Iterator[set[Star]]:
    """Collect each star that showed at the end of a request, before what it wrote is undone."""
    seen: set[Star] = set()

    def look(session: Session) -> None:
        session.flush()
        session.expire_all()
        seen.update(live_stars(session))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "commit", look)
        yield seen


def stars_of(floor) -> set[Star]:
    from shop.core.db import db

    with floor.app.app_context():
        found = live_stars(db.session)
        db.session.remove()
    return found


def writes(floor):
    """Yield every address that takes a form, and by which method."""
    for rule in rules(floor.app):
        for method in set(methods_of(rule)) & {"POST", "PUT", "PATCH", "DELETE"}:
            yield rule, method


def send_all(floor, role: str, rule, method: str) -> list[int]:
    """Send a form, the same with wishes before its own fields, and the wishes as JSON."""
    ids = floor.theirs | (floor.rivals if role == "rival" else {})
    address = floor.app.url_map.bind("localhost").build(
        rule.endpoint, values(rule, ids), method=method
    )
    said = form_of(floor, rule.endpoint)
    statuses = []
    for data in ({**WISHES, **said}, {**form_of(floor, rule.endpoint), **WISHES}):
        answer = browser(floor, role).open(address, method=method, data=data, judge=False)
        statuses.append(answer.status_code)
    client = browser(floor, role)
    headers = {"X-CSRFToken": client.csrf_token(), "Accept": "application/json"}
    body = json.dumps(WISHES)
    kind = "application/json"
    answer = client.open(
        address, method=method, data=body, headers=headers, content_type=kind, judge=False
    )
    return [*statuses, answer.status_code]


@pytest.mark.parametrize("role", SELLERS)
def test_no_field_of_a_form_and_no_key_makes_a_star(world, role):
    before, met = stars_of(world), []
    with watching() as seen:
        for rule, method in writes(world):
            met += send_all(world, role, rule, method)
            assert seen <= before, (rule.rule, seen - before)
    assert met.count(303) > 40
    assert max(met) < 500


def test_the_watch_sees_a_star_that_a_moderator_makes(world):
    before = stars_of(world)
    address = f"/tham-dinh/chung-nhan/{world.theirs['certificate_id']}/cong-nhan"
    said = {"stars": "4", "expires_on": day(900)}
    with watching() as seen:
        assert browser(world, "moderator").post(address, data=said, judge=False).status_code == 303
    assert len(seen - before) == 1


def test_the_watch_sees_a_star_that_a_handler_lets_slip(world, monkeypatch):
    """A view that would copy fields of the form into the row is caught."""
    from shop.core.db import db

    def careless(**_ids):
        row = db.session.get(Certificate, world.theirs["certificate_id"])
        row.status = CertificateStatus(request.values.get("status", "submitted"))
        db.session.commit()
        return "", 200

    before = stars_of(world)
    monkeypatch.setitem(world.app.view_functions, "catalogue_stall.save", careless)
    with watching() as seen:
        for rule, method in writes(world):
            if rule.endpoint == "catalogue_stall.save":
                send_all(world, "manager", rule, method)
    assert seen - before


def test_the_table_knows_who_decides():
    for name, door in doors.reviewed().items():
        if name.startswith("certification_moderator."):
            assert {doors.expected(door, role) for role in SELLERS} == {"3"}
