"""Handing in a certificate: only by a manager, only for own goods, only what can be true."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PIL import Image
from sqlalchemy import func, select, update

from shop.certification.claim import Claim
from shop.certification.models import Certificate, CertificateStatus
from shop.certification.operations import submit_certificate
from shop.certification.queries import certificate_for, claimable_entries, claims
from shop.certification.validity import end_of
from shop.core import clock
from shop.core.audit import AuditEntry
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from shop.core.files import StoredFile
from shop.stalls.models import MemberKind, StallStatus
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import RecognitionEntryFactory
from tests.stalls.factories import MemberFactory, StallFactory


def picture(colour: str = "white") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 400), colour).save(out, "PNG")
    return out.getvalue()


def a_claim(**facts) -> Claim:
    decided_on = clock.today() - timedelta(days=30)
    given = {
        "product_code": "08-00721-012-2026",
        "stars": 4,
        "score_hundredths": 8150,
        "decision_number": "12/QĐ-UBND",
        "decided_on": decided_on,
        "issuer": "Ủy ban nhân dân tỉnh mẫu",
        "expires_on": end_of(decided_on),
        "scan": picture(),
        "scan_name": "giay.png",
    }
    return Claim(**{**given, **facts})


@pytest.fixture
def member(app):
    return MemberFactory(stall=StallFactory(legal_name="HTX mẫu Cao Nguyên", manager=False))


@pytest.fixture
def product(member):
    return ProductFactory(stall=member.stall)


def test_waits_for_a_moderator_and_shows_no_star_yet(member, product, db):
    found = submit_certificate(member, product, a_claim())
    assert (found.status, found.holder) == (CertificateStatus.SUBMITTED, "HTX mẫu Cao Nguyên")
    assert (found.stall_id, found.product_name) == (member.stall_id, product.name)
    assert (found.province_code, found.commune_code) == ("08", "00721")
    assert certificate_for(product.id) is None
    scan = db.session.get(StoredFile, found.scan_id)
    assert (scan.is_private, scan.original_name) == (True, "giay.png")
    deed = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_id == found.id)).one()
    assert deed.action == "certificate.submitted"


def test_a_double_click_hands_in_once(member, product, db):
    first = submit_certificate(member, product, a_claim())
    assert submit_certificate(member, product, a_claim()).id == first.id
    assert db.session.scalar(select(func.count()).select_from(Certificate)) == 1


def test_another_claim_has_to_wait_for_the_first(member, product):
    submit_certificate(member, product, a_claim())
    with pytest.raises(WrongState, match="wrong_state"):
        submit_certificate(member, product, a_claim(stars=5, score_hundredths=None))


def test_goods_of_another_stall_are_not_found(member):
    with pytest.raises(NotFound):
        submit_certificate(member, ProductFactory(), a_claim())


def test_the_operating_account_of_a_stall_may_not(member, product):
    colleague = MemberFactory(stall=member.stall, kind=MemberKind.OPERATOR)
    with pytest.raises(Forbidden):
        submit_certificate(colleague, product, a_claim())


@pytest.mark.parametrize("status", [StallStatus.SUSPENDED, StallStatus.CLOSED])
def test_a_stall_that_is_stopped_cannot(app, status):
    member = MemberFactory(stall=StallFactory(manager=False, status=status))
    with pytest.raises(WrongState) as refused:
        submit_certificate(member, ProductFactory(stall=member.stall), a_claim())
    assert "đã đóng hoặc đang tạm ngừng" in str(refused.value.message)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"stars": 2}, "stars"),
        ({"stars": 6}, "stars"),
        ({"stars": 5, "score_hundredths": 8999}, "score"),
        ({"product_code": "08-00721-2026"}, "product_code"),
        ({"decided_on": date(2999, 1, 1)}, "decided_on"),
        ({"expires_on": date(2999, 1, 1)}, "expires_on"),
        ({"decided_on": date(2020, 1, 1), "expires_on": date(2023, 1, 1)}, "expires_on"),
        ({"expires_on": date(2001, 1, 1)}, "expires_on"),
        ({"scan": None}, "scan"),
        ({"scan": b"%PDF-1.4 nothing"}, "scan"),
        ({"scan": b"<script>"}, "scan"),
    ],
)
def test_refuses_facts_that_cannot_be(member, product, db, facts, field):
    with pytest.raises(InvalidInput) as refused:
        submit_certificate(member, product, a_claim(**facts))
    assert refused.value.field == field
    assert db.session.scalar(select(func.count()).select_from(Certificate)) == 0


def test_a_day_beyond_36_months_is_too_late(member, product):
    claim = a_claim()
    late = replace(claim, expires_on=claim.expires_on + timedelta(days=1))
    with pytest.raises(InvalidInput):
        submit_certificate(member, product, late)
    assert submit_certificate(member, product, claim).expires_on == claim.expires_on


def test_after_a_return_the_scan_is_kept(member, product, db):
    first = submit_certificate(member, product, a_claim())
    db.session.execute(update(Certificate).values(status=CertificateStatus.RETURNED))
    again = submit_certificate(member, product, a_claim(scan=None, stars=3))
    assert (again.id != first.id, again.scan_id) == (True, first.scan_id)
    assert [each.stars for each in claims(product.id)] == [3, 4]


def test_claims_a_row_of_a_list_that_names_it(member):
    product = ProductFactory(stall=member.stall, name="Mật ong bạc hà")
    claim = a_claim(scan=None)
    entry = RecognitionEntryFactory(
        product_name="Mat ong Bac Ha",
        producer="htx mau cao nguyen",
        stars=claim.stars,
        decided_on=claim.decided_on,
        decision_number=claim.decision_number.lower(),
    )
    assert [row.entry.id for row in claimable_entries(member.stall, product.name)] == [entry.id]
    found = submit_certificate(member, product, a_claim(entry_id=entry.id, scan=None))
    assert (found.entry_id, found.status) == (entry.id, CertificateStatus.SUBMITTED)


@pytest.mark.parametrize(
    "other", [{"stars": 3}, {"decision_number": "1/QĐ"}, {"decided_on": date(2024, 1, 5)}]
)
def test_a_row_that_says_otherwise_does_not_stand_in_for_the_scan(member, other):
    product, claim = ProductFactory(stall=member.stall), a_claim(scan=None)
    said = {
        "stars": claim.stars,
        "decided_on": claim.decided_on,
        "decision_number": claim.decision_number,
    }
    entry = RecognitionEntryFactory(product_name=product.name, **{**said, **other})
    with pytest.raises(InvalidInput) as refused:
        submit_certificate(member, product, a_claim(entry_id=entry.id, scan=None))
    assert refused.value.field == "scan"


def test_a_row_without_a_decision_does_not_stand_in_for_the_scan(member):
    product = ProductFactory(stall=member.stall, name="Mật ong bạc hà")
    entry = RecognitionEntryFactory(product_name="Mật ong bạc hà", decided_on=None)
    with pytest.raises(InvalidInput) as refused:
        submit_certificate(member, product, a_claim(entry_id=entry.id, scan=None))
    assert refused.value.field == "scan"


@pytest.mark.parametrize("producer", ["HTX Đồng Bằng Xanh", ""])
def test_a_row_that_does_not_name_the_legal_holder_does_not_stand_in_for_the_scan(app, producer):
    """The name over the door is whatever the manager writes there today."""
    stall = StallFactory(legal_name="HTX mẫu Cao Nguyên", name="HTX Đồng Bằng Xanh", manager=False)
    member, entry = MemberFactory(stall=stall), RecognitionEntryFactory(producer=producer)
    product = ProductFactory(stall=stall, name=entry.product_name)
    with pytest.raises(InvalidInput) as refused:
        submit_certificate(member, product, a_claim(entry_id=entry.id, scan=None))
    assert refused.value.field == "scan"


@pytest.mark.parametrize(
    "names",
    [
        {"product_name": "Mật ong bạc hà", "producer": "HTX Đồng Bằng"},
        {"product_name": "Lạp xưởng gác bếp", "producer": "HTX mẫu Cao Nguyên"},
    ],
)
def test_a_row_of_somebody_else_cannot_be_claimed(member, names):
    product = ProductFactory(stall=member.stall, name="Mật ong bạc hà")
    entry = RecognitionEntryFactory(**names)
    assert claimable_entries(member.stall, product.name) == []
    with pytest.raises(InvalidInput) as refused:
        submit_certificate(member, product, a_claim(entry_id=entry.id))
    assert refused.value.field == "entry_id"


def test_an_invented_row_is_not_found(member, product):
    with pytest.raises(NotFound):
        submit_certificate(member, product, a_claim(entry_id=999_999))
