"""Nobody gets at what is somebody else's: every route, every method, every kind of person.

`doors.py` is the reviewed table. A new route without a row there fails; so does a row whose
route is gone. Each request carries the ids of somebody else's things and a form that would do.
"""

from typing import Any

import pytest
from werkzeug.routing import Rule

from tests.guards import doors
from tests.guards.doors import FORBIDDEN, IN, NOT_FOUND, ROLES, SIGN_IN
from tests.guards.foreign_floor import (
    Floor,
    browser,
    met,
)
from tests.guards.forms import form_of

pytestmark = pytest.mark.xdist_group("foreign objects")
BRIEFLY: dict[str, Any] = {"headers": {"Accept": "application/json"}}  # refusals without a page
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
OWN = {  # what a parameter of this name means at this endpoint
    "orders.code": "order_code",
    "payments.code": "order_code",
    "payments.sandbox_card_page.session_id": "card_session",
    "payments.sandbox_card_pay.session_id": "card_session",
    "payments.sandbox_stripe.path": "stripe_path",
    "catalogue.product.slug": "product_slug",
    "catalogue.entry.slug": "entry_slug",
    "catalogue.claim_row.slug": "entry_slug",
    "catalogue.certificate.code": "product_code",
    "catalogue.certificate_qr.code": "product_code",
    "catalogue.shelf_card.code": "product_code",
    "catalogue.code_report.code": "product_code",
    "catalogue.send_code_report.code": "product_code",
    "catalogue.certificate_json.code": "product_code",
    "stalls.stall.slug": "stall_slug",
    "stalls.own_paper.document_id": "paper_id",
    "stalls.remove_paper.document_id": "paper_id",
    "web.page.slug": "page_slug",
}
FIXED = {
    "number": 1,
    "page": 0,
    "step": "len",
    "token": "x" * 43,
    "filename": "img/logo.svg",
    "page_slug": "quy-che",
    "card_session": "cs_x",
    "stripe_path": "v1/refunds",
}


def rules(app) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule))


def values(rule: Rule, ids) -> dict[str, object]:
    """Return what to fill into a route, so that it names somebody else's thing."""
    room = rule.endpoint.partition(".")[0]
    found = {}
    for name in rule.arguments:
        meaning = OWN.get(f"{rule.endpoint}.{name}") or OWN.get(f"{room}.{name}") or name
        found[name] = FIXED[meaning] if meaning in FIXED else ids[meaning]
    return found


def ask(floor: Floor, role: str, rule: Rule, method: str, given):
    """Send one request of somebody to an address."""
    address = floor.app.url_map.bind("localhost").build(rule.endpoint, given, method=method)
    data = form_of(floor, rule.endpoint) if method == "POST" else None
    options: dict[str, Any] = {"data": data} if data is not None else {}
    return browser(floor, role).open(address, method=method, judge=False, **BRIEFLY, **options)


def methods_of(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) & set(METHODS))


def fault(floor: Floor, role: str, rule: Rule, method: str, *, given, expected: str) -> str:
    """Return what is wrong with how one request is met, empty when nothing is."""
    floor.written.clear()
    response = ask(floor, role, rule, method, given)
    was = met(response, has_written=bool(floor.written))
    if was != expected:
        return f"{method} {rule.endpoint} {given}: {expected!r} wanted, got {response.status}"
    if expected in {SIGN_IN, FORBIDDEN, NOT_FOUND} and floor.written:
        return f"{method} {rule.endpoint}: refused, but wrote {floor.written[0][:60]}"
    return ""


@pytest.mark.parametrize("role", ROLES)
def test_everybody_meets_what_the_table_says(world, role):
    table = doors.reviewed()
    wrong = [
        fault(world, role, rule, method, given=values(rule, world.theirs), expected=expected)
        for rule in rules(world.app)
        for method in methods_of(rule)
        for expected in [doors.expected(table.get(rule.endpoint, "nobody"), role)]
    ]
    assert not list(filter(None, wrong)), "\n".join(filter(None, wrong))


def test_one_foreign_id_among_own_ones_is_not_found(world):
    """The rival stands in the own cockpit and names goods, orders and people of another stall."""
    wrong, tried = [], 0
    for rule in rules(world.app):
        names = rule.arguments - {"stall_slug"} - set(FIXED)
        if "stall_slug" not in rule.arguments or not names:
            continue
        own, foreign = values(rule, world.rivals), values(rule, world.theirs)
        for name in names:
            tried += 1
            mixed = {**own, name: foreign[name]}
            method = methods_of(rule)[0]
            wrong.append(fault(world, "rival", rule, method, given=mixed, expected=NOT_FOUND))
    assert not list(filter(None, wrong)), "\n".join(filter(None, wrong))
    assert tried > 30


def test_the_rival_is_at_home_with_own_ids(world):
    """The test above would say nothing if the rival's own ids were refused as well."""
    wrong = [
        fault(world, "rival", rule, "GET", given=values(rule, world.rivals), expected=IN)
        for rule in rules(world.app)
        if "stall_slug" in rule.arguments and "GET" in methods_of(rule)
    ]
    assert not list(filter(None, wrong)), "\n".join(filter(None, wrong))


@pytest.mark.parametrize("role", ["moderator", "insider"])
def test_a_moderator_reads_a_paper_only_in_its_own_case(world, role):
    case = world.theirs["stall_id"]
    page = f"/tham-dinh/gian-hang/{case}/giay-to/{world.rivals['document_id']}/0"
    assert browser(world, role).get(page).status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_a_scan_has_no_public_address(world, role):
    client, stem = browser(world, role), world.theirs["scan_name"].partition(".")[0]
    names = (f"{stem}.webp", f"{stem}-640.webp", f"{stem}-p1.webp", f"{stem}.pdf")
    assert {client.get(f"/tep/{name}").status_code for name in names} == {404}


def test_no_address_takes_another_method(world):
    adapter = world.app.url_map.bind("localhost")
    wrong = []
    for rule in rules(world.app):
        address = adapter.build(rule.endpoint, values(rule, world.theirs), force_external=False)
        for method in set(METHODS) - set(adapter.allowed_methods(address)):
            response = browser(world, "operator").open(address, method=method, **BRIEFLY)
            if response.status_code != 405:
                wrong.append(f"{method} {address}: {response.status}")
    assert not wrong, "\n".join(sorted(wrong))


def test_every_route_has_a_reviewed_row(world):
    assert not list(doors.faults({rule.endpoint for rule in rules(world.app)}))


def test_the_guard_sees_a_route_without_a_row_and_a_row_without_a_route():
    known = set(doors.reviewed()) - {"orders.order"} | {"orders.secret"}
    assert list(doors.faults(known)) == [
        "orders.secret has no row",
        "orders.order is no endpoint",
    ]
    assert all(len(door) == len(ROLES) for door in doors.DOORS.values())
