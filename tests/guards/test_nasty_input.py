"""Whatever is sent, nobody meets a fault of the floor: every address, every query, every field.

Each request carries a nasty value where a person of the right role would send a good one. The
answer may be a page or a refusal, never a 5xx; PostgreSQL refuses more than SQLite, so both count.
"""

from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.routing import Rule
from wtforms.form import BaseForm

from tests.guards import doors
from tests.guards.foreign_floor import (
    Floor,
    browser,
    picture,
)
from tests.guards.forms import form_of
from tests.guards.test_foreign_objects import BRIEFLY, methods_of, rules, values

pytestmark = pytest.mark.xdist_group("foreign objects")

NUMBERS = ["-1", "²", "\uff11\uff12", "9" * 10, "9" * 19, "9" * 5000, "1e999"]
BYTES = ["a\x00b", "\udcff", "\r\nSet-Cookie: a=b", "\u202e\u200b%s{{7*7}}' OR 1=1 --"]
LONG = ["x" * 10_000, "İ" * 300, "\u0958" * 200]
DAYS = ["0001-01-01", "9999-12-31"]
NASTY = [*NUMBERS, *BYTES, *LONG, *DAYS]
PATHS = ["a\x00b", "\udcff", "²", "9" * 10, "9" * 19, "9" * 5000, "x" * 10_000]
TYPED = ["²", "9" * 10, "9" * 19, "9" * 5000, "İ" * 200, *DAYS]
QUERIES = (
    *("q", "tinh", "xa", "nhom", "sao", "gia_tu", "gia_den", "sap_xep", "trang", "tiep", "loc"),
    *("muc", "trang_thai", "tinh_trang", "dong", "dia-chi", "quy-cach", "trang_danh_gia"),
    *("viec", "nguoi", "doi_tuong", "so", "tu", "den", "vai_tro"),
)
GOES_IN = {
    "machine": "visitor",
    "own, by its gateway": "owner",
    "everybody": "visitor",
    "nobody": "visitor",
    "signed in": "owner",
    "not one's own": "buyer",
    "own": "owner",
    "stall": "manager",
    "stall's manager": "manager",
    "desk": "moderator",
    "case": "moderator",
    "decision": "moderator",
    "seat": "moderator",
    "uploader": "moderator",
    "operator": "operator",
}


def escaped(value: str) -> str:
    """Return a value as a client that knows no rules puts it into an address."""
    return quote(value, safe="", errors="surrogateescape")


def address(floor: Floor, rule: Rule) -> str:
    bound = floor.app.url_map.bind("localhost")
    method = methods_of(rule)[0]
    return bound.build(rule.endpoint, values(rule, floor.theirs), method=method)


def person(rule: Rule) -> str:
    """Return who gets through to the view of a route."""
    return GOES_IN[doors.reviewed().get(rule.endpoint, "everybody")]


def send(floor: Floor, rule: Rule, path: str, data: dict[str, Any] | None = None) -> str:
    """Send a request and return what broke, empty when nothing did."""
    client = browser(floor, person(rule))
    method = methods_of(rule)[0]
    sent: dict[str, Any] = {"data": data} if data is not None else {}
    status = client.open(path, method=method, judge=False, **BRIEFLY, **sent).status_code
    return f"{method} {path[:80]} {status}" if status >= 500 else ""


@pytest.mark.parametrize("value", NASTY, ids=range(len(NASTY)))
def test_no_query_breaks_a_page(world, value):
    query = "&".join(f"{name}={escaped(value)}" for name in QUERIES)
    pages = [rule for rule in rules(world.app) if methods_of(rule) == ["GET"]]
    broken = [send(world, rule, f"{address(world, rule)}?{query}") for rule in pages]
    assert not list(filter(None, broken))


def test_no_address_breaks_a_page(world):
    broken = []
    for rule in rules(world.app):
        for name in rule.arguments - {"step"}:
            for value in PATHS:
                data = form_of(world, rule.endpoint) if methods_of(rule) == ["POST"] else None
                broken.append(send(world, rule, filled(world, rule, name, value), data))
    assert not list(filter(None, broken))


def filled(floor: Floor, rule: Rule, name: str, value: str) -> str:
    """Return the address of a route with a nasty value in one place."""
    given = values(rule, floor.theirs)
    mark = 987_654_321 if isinstance(given[name], int) else "dau-cho-ngoi"
    bound = floor.app.url_map.bind("localhost")
    path = bound.build(rule.endpoint, {**given, name: mark}, method=methods_of(rule)[0])
    return path.replace(str(mark), escaped(value))


@pytest.fixture
def fields(monkeypatch) -> set[str]:
    """Collect the names of the fields that a view reads through its forms."""
    seen: set[str] = set()
    process = BaseForm.process

    def note(form: BaseForm, *args: Any, **kwargs: Any) -> None:
        seen.update(field.name for field in form._fields.values())
        process(form, *args, **kwargs)

    monkeypatch.setattr(BaseForm, "process", note)
    return seen


@pytest.mark.parametrize("door", sorted(set(doors.ENDPOINTS) - {"nobody", "desk", "case"}))
def test_no_field_breaks_a_page(world, door, fields):
    """Each field alone, so that the others let the request through to the use case."""
    broken, tried = [], 0
    for rule in [each for each in rules(world.app) if doors.reviewed()[each.endpoint] == door]:
        if methods_of(rule) != ["POST"]:
            continue
        fields.clear()
        path = address(world, rule)
        broken.append(send(world, rule, path, form_of(world, rule.endpoint)))
        for name in sorted(fields - {"csrf_token"} | {"tiep"}):
            for value in TYPED:
                tried += 1
                data = {**form_of(world, rule.endpoint), name: value}
                broken.append(send(world, rule, path, data))
    assert not list(filter(None, broken))
    assert tried


@pytest.mark.parametrize("path", ["/dang-nhap", "/gio-hang/them", "/khong-co-gi"])
def test_a_null_character_is_refused_at_the_door(world, path):
    client = browser(world, "visitor")
    assert client.post(path, data={"email": "a\0b", "password": "x"}, **BRIEFLY).status_code == 400
    assert client.post(path, data={"a\0b": "x"}, **BRIEFLY).status_code == 400
    assert client.get(f"{path}?q=a%00b", **BRIEFLY).status_code == 400
    assert client.get(f"{path}%00", **BRIEFLY).status_code == 400


def test_a_file_name_with_a_null_character_is_refused(world):
    path = f"/quan-ly/{world.theirs['stall_slug']}/hang/{world.theirs['product_id']}/anh"
    upload = {"pictures": (picture()[0], "a\0b.png")}
    assert browser(world, "manager").post(path, data=upload, **BRIEFLY).status_code == 400
