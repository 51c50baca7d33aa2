"""No request of a stall makes a star appear, whatever fields and keys it carries."""

import json
from typing import Any

import pytest
from sqlalchemy import func, select

from shop.certification.models import Certificate
from shop.certification.queries import live
from shop.core.db import db
from tests.guards import doors
from tests.guards.forms import form_of
from tests.guards.test_foreign_objects import BRIEFLY, browser, methods_of, rules, values

pytestmark = pytest.mark.xdist_group("foreign objects")
WISHES: dict[str, Any] = {
    "stars": "5",
    "star": "5",
    "status": "verified",
    "grade": "recognition_list",
    "evidence_grade": "decision",
    "verified": "1",
    "verified_by_id": "1",
    "approved_by_id": "1",
    "decided_at": "2026-01-01T00:00:00+00:00",
    "is_live": "true",
    "live_until": "2030-01-01",
    "grace_until": "2030-01-01",
    "expires_on": "2028-01-01",
    "certificate_id": "1",
    "certificate.status": "verified",
    "certificate[status]": "verified",
    "product_code": "08-00706-777-2026",
}
AS_JSON: dict[str, Any] = {**BRIEFLY, "judge": False, "content_type": "application/json"}
SELLERS = ("manager", "helper", "rival")


def stars_shown(floor) -> int:
    with floor.app.app_context():
        wanted = select(func.count()).select_from(Certificate).where(live())
        count = db.session.scalar(wanted)
        db.session.remove()
    return count or 0


def writes(floor):
    """Yield every address that takes a form, and whose things it would be about."""
    for rule in rules(floor.app):
        for method in set(methods_of(rule)) & {"POST", "PUT", "PATCH"}:
            yield rule, method


@pytest.mark.parametrize("role", SELLERS)
def test_no_field_of_a_form_makes_a_star(world, role):
    before, tried = stars_shown(world), 0
    ids = world.rivals if role == "rival" else world.theirs
    for rule, method in writes(world):
        address = world.app.url_map.bind("localhost").build(
            rule.endpoint, values(rule, world.theirs | ids), method=method
        )
        data = {**WISHES, **form_of(world, rule.endpoint)}
        browser(world, role).open(address, method=method, data=data, judge=False, **BRIEFLY)
        browser(world, role).open(address, method=method, data=json.dumps(WISHES), **AS_JSON)
        tried += 1
    assert stars_shown(world) == before
    assert tried > 50


def test_the_table_knows_who_decides():
    for name, door in doors.reviewed().items():
        if name.startswith("certification_moderator."):
            assert {doors.expected(door, role) for role in SELLERS} == {"3"}
