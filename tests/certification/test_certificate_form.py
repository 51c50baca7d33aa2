"""The form of a certificate: what people type, and what somebody edits behind it."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from shop.certification.forms import CertificateForm
from shop.core.errors import InvalidInput
from tests.certification.factories import CertificateFactory, RecognitionEntryFactory

TYPED = {
    "product_code": "(08) - (00721) - (012) - 2026",
    "stars": "4",
    "score": "81,5",
    "decision_number": "12/QĐ-UBND",
    "decided_on": "14/03/2026",
    "issuer": "Ủy ban nhân dân tỉnh mẫu",
    "expires_on": "2029-03-14",
}


@pytest.fixture(autouse=True)
def _request(app):
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context():
        yield
    app.config["WTF_CSRF_ENABLED"] = True


def filled(**more) -> CertificateForm:
    return CertificateForm(MultiDict({**TYPED, **more}))


def test_reads_what_people_type():
    form = filled()
    assert form.validate(), form.errors
    claim = form.claim()
    assert (claim.product_code, claim.stars, claim.score_hundredths) == (
        "08-00721-012-2026", 4, 8150,
    )  # fmt: skip
    assert (claim.decided_on, claim.expires_on) == (date(2026, 3, 14), date(2029, 3, 14))
    assert (claim.scan, claim.entry_id) == (None, None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("product_code", ""),
        ("product_code", "08-00721"),
        ("stars", "2"),
        ("stars", "6"),
        ("stars", ""),
        ("score", "101"),
        ("decision_number", "x" * 81),
        ("decided_on", "31/02/2026"),
        ("expires_on", ""),
    ],
)
def test_says_at_the_field_what_is_wrong(name, value):
    form = filled(**{name: value})
    assert not form.validate()
    assert list(form.errors) == [name]


@pytest.mark.parametrize("edited", ["abc", "-1", "1; DROP", "9" * 40, "1.5"])
def test_an_edited_row_number_is_refused(edited):
    form = filled(entry_id=edited)
    form.validate()
    with pytest.raises(InvalidInput):
        form.claim()


def test_a_row_of_a_list_fills_in_what_it_says():
    entry = RecognitionEntryFactory(stars=5)
    form = CertificateForm.of_entry(entry)
    assert (form.stars.data, form.decision_number.data) == ("5", entry.decision_number)
    assert (form.decided_on.data, form.entry_id.data) == (entry.decided_on, entry.id)


def test_a_returned_claim_comes_back_as_it_was_typed():
    certificate = CertificateFactory(returned=True)
    form = CertificateForm.of_returned(certificate)
    assert (form.product_code.data, form.score.data) == (certificate.product_code, "81,50")
