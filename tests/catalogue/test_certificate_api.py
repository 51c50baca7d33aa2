"""The certificate as JSON says what its page says, and what its description promises."""

from datetime import date, datetime

import pytest

from shop.catalogue.models import ProductStatus
from shop.catalogue.openapi import CERTIFICATE, UNKNOWN
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory
from tests.queries import assert_queries_stay_flat

KINDS = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
READERS = {"date": date.fromisoformat, "date-time": datetime.fromisoformat}
SECRET = ("scan", "submitted", "verified_by", "@", "_id", '"id"')


def faults(value, schema, where="$"):
    """Yield where an answer is not what its schema says: the part of JSON Schema that we use."""
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(_is(value, kind) for kind in kinds):
        yield f"{where}: {value!r} is no {kinds}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: {value!r} is not listed"
    if isinstance(value, str) and schema.get("format") in READERS:
        READERS[schema["format"]](value)
    if isinstance(value, dict):
        yield from (f"{where}: {name}" for name in set(value) ^ set(schema["properties"]))
        for name in set(value) & set(schema["properties"]):
            yield from faults(value[name], schema["properties"][name], f"{where}.{name}")
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from faults(each, schema["items"], f"{where}[{number}]")


def _is(value, kind):
    return isinstance(value, KINDS[kind]) and (kind == "boolean") == isinstance(value, bool)


def api(client, code, **more):
    return client.get(f"/api/v1/certificates/{code}", **more)


@pytest.mark.parametrize("trait", [None, "expired", "revoked", "replaced", "expiring"])
@pytest.mark.parametrize("is_sold", [True, False])
def test_every_answer_is_what_the_description_says(client, trait, is_sold):
    status = ProductStatus.PUBLISHED if is_sold else ProductStatus.HIDDEN
    product = ProductFactory(status=status)
    row = CertificateFactory(product=product, **({trait: True} if trait else {}))
    said = api(client, row.product_code).json
    assert not list(faults(said, CERTIFICATE))
    assert (said["urls"]["product"] is not None) == is_sold


def test_the_judge_of_answers_sees_faults(client):
    said = api(client, CertificateFactory().product_code).json
    for change in ({"stars": 2}, {"score": "81"}, {"is_live": 1}, {"scan": "x"}):
        assert list(faults({**said, **change}, CERTIFICATE))


def test_it_says_what_was_decided(client):
    row = CertificateFactory(stars=4, score_hundredths=8150)
    said = api(client, f"({row.product_code})").json
    assert said["stars"] == said["stars_shown"] == 4
    assert (said["is_live"], said["status"], said["score"]) == (True, "live", 81.5)
    assert said["valid_until"] == row.expires_on.isoformat()
    decided = {"number": row.decision_number, "date": f"{row.decided_on}", "issuer": row.issuer}
    assert said["decision"] == decided
    assert said["urls"]["page"].endswith(f"/chung-nhan/{row.product_code}")


@pytest.mark.parametrize(
    ("trait", "status"),
    [("expired", "expired"), ("revoked", "revoked"), ("replaced", "replaced")],
)
def test_out_of_force_no_stars_are_shown(client, trait, status):
    said = api(client, CertificateFactory(**{trait: True}).product_code).json
    assert (said["stars"], said["stars_shown"], said["is_live"]) == (4, None, False)
    assert said["status"] == status


def test_it_tells_nothing_of_people_scans_and_numbers_of_rows(client):
    text = api(client, CertificateFactory().product_code).text
    assert not [secret for secret in SECRET if secret in text.replace('"scan"', "")]


@pytest.mark.parametrize("trait", ["submitted", "returned", "refused"])
def test_what_was_never_verified_is_unknown(client, trait):
    assert api(client, CertificateFactory(**{trait: True}).product_code).status_code == 404


@pytest.mark.parametrize("accept", ["text/html", "application/json", "*/*"])
def test_an_unknown_code_is_a_problem_with_a_way_to_report_it(client, accept):
    answer = api(client, "08-00706-999-2026", headers={"Accept": accept})
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert not list(faults(answer.json, UNKNOWN))
    assert answer.json["report_url"].endswith("/chung-nhan/08-00706-999-2026/bao")


@pytest.mark.parametrize("path", ["/api/", "/api/v1/nothing", "/api/v1/certificates/a/b"])
def test_errors_below_api_are_json_whatever_is_accepted(client, path):
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_other_sites_may_read_it_and_must_ask_again(client):
    code = CertificateFactory().product_code
    answer = api(client, code)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in answer.headers
    again = api(client, code, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_description_names_the_addresses_there_are(app, client):
    said = client.get("/api/v1/openapi.json").json
    assert said["openapi"] == "3.1.0"
    rules = {rule.rule.replace("<", "{").replace(">", "}") for rule in app.url_map.iter_rules()}
    assert {f"/api/v1{path}" for path in said["paths"]} <= rules
    assert said["components"]["schemas"]["Certificate"] == CERTIFICATE
    assert said["servers"][0]["url"].endswith("/api/v1")


def test_it_asks_no_more_as_the_history_grows(client, db):
    product = ProductFactory()
    path = f"/api/v1/certificates/{CertificateFactory(product=product).product_code}"
    client.get(path)

    def more():
        for _ in range(4):
            CertificateFactory(product=product, replaced=True)

    assert_queries_stay_flat(client, path, more, db.engine)
