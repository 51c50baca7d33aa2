"""The public registry: found without accents, in order, and with a seal only where one is due."""

from datetime import timedelta

import pytest

from shop.certification.operations import revoke_certificate
from shop.certification.queries import (
    certificate_by_code,
    registry_counts,
    registry_entry,
    registry_page,
)
from shop.certification.reasons import RevocationReason
from shop.certification.validity import Validity
from shop.core import clock
from tests.accounts.factories import floor_moderator
from tests.certification.factories import (
    CertificateFactory,
    RecognitionEntryFactory,
    revoking,
)


def names(*args, **more) -> list[str]:
    return [row.name for row in registry_page(*args, **more).rows]


@pytest.mark.parametrize(
    "text", ["mat ong bac ha", "Mật ong bạc hà", "BAC HA", "ong htx cao", "dong van"]
)
def test_finds_with_and_without_accents_in_product_holder_and_place(app, text):
    RecognitionEntryFactory(product_name="Mật ong bạc hà", place="xã Đồng Văn")
    RecognitionEntryFactory(product_name="Chè Shan tuyết", producer="HTX khác")
    assert names(text) == ["Mật ong bạc hà"]


@pytest.mark.parametrize("text", ["%", "_", "100%", "\\", "' OR 1=1 --"])
def test_signs_of_a_search_pattern_are_letters(app, text):
    RecognitionEntryFactory(product_name="Mật ong")
    assert names(text) == []


def test_narrows_to_stars_and_province(app):
    RecognitionEntryFactory(product_name="A", stars=5)
    RecognitionEntryFactory(product_name="B", stars=3, province_code="01")
    RecognitionEntryFactory(product_name="C", stars=None, province_code=None)
    assert names(stars=5) == ["A"]
    assert names(province="01") == ["B"]
    assert names() == ["A", "B", "C"]
    counts = registry_counts()
    assert (counts.total, counts.by_stars) == (3, {5: 1, 3: 1, None: 1})
    assert counts.by_province == {"08": 1, "01": 1, None: 1}


def test_is_in_the_order_of_the_dictionary(app):
    for name in ("Đậu", "Dứa", "Ổi", "Ớt", "Cam", "Ong", "Dưa", "Ấm", "An"):
        RecognitionEntryFactory(product_name=name)
    assert names() == ["An", "Ấm", "Cam", "Dưa", "Dứa", "Đậu", "Ong", "Ổi", "Ớt"]


def test_shows_pages(app):
    RecognitionEntryFactory.create_batch(31)
    assert [len(registry_page(page=number).rows) for number in (1, 2, 3)] == [30, 1, 1]
    assert registry_page().total == 31


def test_a_list_alone_gives_no_seal(app):
    entry = RecognitionEntryFactory(decided_on=clock.today() - timedelta(days=10))
    row = registry_entry(entry.slug)
    assert (row.has_seal, row.validity, row.product_id) == (False, Validity.CURRENT, None)
    assert "sàn chưa thẩm định" in str(row.validity_text)


@pytest.mark.parametrize(("age", "said"), [(None, "chưa rõ thời hạn"), (1200, "đã quá hạn")])
def test_says_what_is_unknown_or_over(app, age, said):
    decided_on = clock.today() - timedelta(days=age) if age else None
    row = registry_entry(RecognitionEntryFactory(decided_on=decided_on).slug)
    assert str(row.validity_text).startswith(said)
    assert row.has_seal is False


def test_a_live_certificate_gives_the_seal_and_leads_to_the_product(app):
    entry = RecognitionEntryFactory(stars=3, decided_on=None)
    certificate = CertificateFactory(entry_id=entry.id, stars=4)
    row = registry_entry(entry.slug)
    assert (row.has_seal, row.stars, row.validity) == (True, 4, Validity.VALID)
    assert (row.product_id, row.certificate_code) == (
        certificate.product_id, certificate.product_code,
    )  # fmt: skip
    assert row.product_set.number == certificate.product_set


@pytest.mark.parametrize("trait", ["submitted", "refused", "revoked", "replaced", "expired"])
def test_no_other_certificate_does(app, trait):
    entry = RecognitionEntryFactory()
    CertificateFactory(entry_id=entry.id, **{trait: True})
    assert registry_entry(entry.slug).has_seal is False


def test_names_the_province_of_today_where_it_is_another(app):
    entry = RecognitionEntryFactory(place="xã Mèo Vạc", old_province="Hà Giang")
    assert registry_entry(entry.slug).place_text == "xã Mèo Vạc, Hà Giang (Tuyên Quang)"


def test_an_unknown_address_is_nothing(app):
    assert registry_entry("khong-co") is None
    assert certificate_by_code("08-00000-000-2026") is None


def test_more_rows_are_not_more_questions(db, count_queries):
    RecognitionEntryFactory()
    db.session.commit()
    with count_queries() as few:
        registry_page()
    for entry in RecognitionEntryFactory.create_batch(10):
        CertificateFactory(entry_id=entry.id)
    db.session.commit()
    with count_queries() as many:
        [(row.place_text, row.has_seal, row.validity_text) for row in registry_page().rows]
    assert len(many) == len(few) == 3


def test_the_page_of_a_code_tells_its_whole_history(app):
    certificate = CertificateFactory()
    words = "Quyết định mẫu 3/2026"
    revoke_certificate(
        floor_moderator(),
        certificate.id,
        reason=RevocationReason.CEASED,
        words=words,
        paper=revoking(),
    )
    record = certificate_by_code(f"({certificate.product_code})")
    assert record.certificate.is_live is False
    assert [(str(each.title), each.tone) for each in record.events] == [("Đã thu hồi", "danger")]
    assert record.events[0].text.startswith(f"Cơ sở đã ngừng sản xuất. {words} · Quyết định")


@pytest.mark.parametrize("trait", ["submitted", "returned", "refused"])
def test_a_code_that_was_never_verified_has_no_page(app, trait):
    certificate = CertificateFactory(**{trait: True})
    assert certificate_by_code(certificate.product_code) is None


def test_the_verified_one_of_a_code_comes_first(app):
    old = CertificateFactory(revoked=True)
    new = CertificateFactory(product_code=old.product_code)
    CertificateFactory(product_code=old.product_code, revoked=True)
    assert certificate_by_code(old.product_code).certificate.id == new.id
