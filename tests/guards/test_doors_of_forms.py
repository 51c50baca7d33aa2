"""What holds for every address that takes a form: its token, a way back of ours, no other host."""

import pytest
from itsdangerous import URLSafeTimedSerializer

from tests.guards.foreign_floor import Floor, browser
from tests.guards.forms import form_of
from tests.guards.test_foreign_objects import BRIEFLY, methods_of, rules
from tests.guards.test_nasty_input import address, person

pytestmark = pytest.mark.xdist_group("foreign objects")
ELSEWHERE = [
    "https://vi-du.example",
    "//vi-du.example",
    "/\\vi-du.example",
    "\\\\vi-du.example",
    "/\t/vi-du.example",
    "\n//vi-du.example",
    "javascript:alert(1)",
    "http:vi-du.example",
    " //vi-du.example",
    "/trang\r\nSet-Cookie: a=b",
    "/x\\..\\..//vi-du.example",
]
HOSTS = [
    "vi-du.example",
    "vi-du.example:99999",
    "vi du.example",
    "<script>alert",
    "",
    "localhost@vi-du.example",
]


def test_every_form_is_refused_without_its_token(world):
    """What a machine sends carries a signature instead; its own tests forge that."""
    taken = []
    for rule in rules(world.app):
        is_signed = world.app.view_functions[rule.endpoint].__dict__.get("access") == "machine"
        if methods_of(rule) == ["POST"] and not is_signed:
            client, data = browser(world, person(rule)), form_of(world, rule.endpoint)
            sent = client.post(address(world, rule), data=data, csrf=False, **BRIEFLY)
            taken += [rule.endpoint] if sent.status_code != 400 else []
    assert not taken


def test_no_form_takes_the_token_of_somebody_else(world):
    other = browser(world, "rival")
    with other.session_transaction() as session:
        session["csrf_token"] = "0" * 40
    stolen = {"csrf_token": other_token(world)}
    sent = browser(world, "owner").post("/tai-khoan", data=stolen, **BRIEFLY)
    assert sent.status_code == 400


def other_token(world: Floor) -> str:
    """Return a token that was signed for another session."""
    signer = URLSafeTimedSerializer(str(world.app.secret_key), salt="wtf-csrf-token")
    return str(signer.dumps("0" * 40))


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_way_back_leads_to_another_site(world, target):
    wrong = []
    for rule in rules(world.app):
        if methods_of(rule) != ["POST"]:
            continue
        data = {**form_of(world, rule.endpoint), "tiep": target}
        client = browser(world, person(rule))
        sent = client.post(
            address(world, rule), data=data, query_string={"tiep": target}, **BRIEFLY
        )
        ours = (sent.location or "/").startswith("/") and "vi-du.example" not in (
            sent.location or ""
        )
        wrong += [] if ours and "a=b" not in str(sent.headers) else [(rule.endpoint, sent.location)]
    assert not wrong


@pytest.mark.parametrize("host", HOSTS)
def test_a_forged_host_is_written_nowhere(world, host):
    for path in ("/", "/dang-nhap", "/gio-hang", "/san-pham", "/gian-hang", "/khong-co"):
        sent = browser(world, "visitor").get(path, headers={"Host": host}, judge=False)
        assert sent.status_code < 500
        assert not host or host not in sent.text
        assert not host or host not in (sent.location or "")


def test_a_parameter_sent_twice_changes_nobody_elses_thing(world):
    """The first counts everywhere, so what is checked is what is used."""
    own = {**form_of(world, "checkout.place"), "address_id": ["1", str(world.theirs["address_id"])]}
    sent = browser(world, "rival").post("/thanh-toan", data=own, **BRIEFLY)
    assert sent.status_code in {303, 404, 422}
