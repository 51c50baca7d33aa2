"""What a row of a list proves, for whom, and what is left when the row says something else."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import select

from shop.certification.checks import check_stars
from shop.certification.models import CertificateStatus, EvidenceGrade, RecognitionEntry
from shop.certification.operations import Grace, grant_grace, import_list, verify_certificate
from shop.certification.queries import certificate_by_code, certificate_for
from shop.certification.queries.reports import stalls_of_code
from shop.core import clock, files
from shop.core.db import db
from shop.core.errors import Forbidden, InvalidInput, WrongState
from shop.notifications.models import Notification
from shop.stalls.models import MemberKind
from shop.stalls.operations import add_member, remove_member
from tests.accounts.factories import floor_moderator, sign_in
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory, RecognitionEntryFactory
from tests.certification.test_decide_certificate import product_of
from tests.certification.test_import_list import listed

DESK = "/tham-dinh/chung-nhan"
NAME = "Mật ong bạc hà"


@pytest.fixture
def moderator(app):
    return floor_moderator()


@pytest.fixture
def scan(app):
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "white").save(out, "PNG")
    return files.keep_document(files.read_document(out.getvalue()))


def claimed(entry, **more):
    return CertificateFactory(
        submitted=True, product=ProductFactory(name=NAME), entry_id=entry.id, **more
    )


def verify(moderator, claim):
    verify_certificate(moderator, claim.id, stars=claim.stars, expires_on=claim.expires_on)


def test_a_row_of_another_holder_proves_nothing_without_a_scan(moderator):
    claim = claimed(RecognitionEntryFactory(product_name=NAME, producer="HTX Rừng Xanh"))
    with pytest.raises(WrongState):
        verify(moderator, claim)
    assert certificate_for(claim.product_id) is None


def test_the_name_over_the_door_gives_no_grade(moderator, scan):
    entry = RecognitionEntryFactory(product_name=NAME, producer="HTX mẫu Cao Nguyên")
    claim = claimed(entry, holder="HTX Bản Lèng", scan_id=scan.id)
    verify(moderator, claim)
    assert certificate_for(claim.product_id).grade is EvidenceGrade.SCAN


def test_the_doctor_names_a_row_that_two_stalls_hold(app):
    entry = RecognitionEntryFactory()
    for trait in ({}, {"withheld": True}):
        CertificateFactory(entry_id=entry.id, **trait)
    assert f"entry_id {entry.id}: held twice" in check_stars()


@pytest.fixture
def unlisted(app):
    """Return a certificate that a row proved until a later list says fewer stars of it."""
    moderator = floor_moderator()
    import_list([listed(product_name=NAME)])
    entry = db.session.scalars(select(RecognitionEntry)).one()
    strong = {"grade": EvidenceGrade.RECOGNITION_LIST, "entry_id": entry.id}
    certificate = CertificateFactory(product=ProductFactory(name=NAME), **strong)
    db.session.commit()
    import_list([listed(product_name=NAME, stars=3)])
    return certificate, moderator


def test_a_list_that_says_other_stars_takes_its_proof_off(client, unlisted):
    certificate, moderator = unlisted
    assert certificate_for(certificate.product_id).grade is EvidenceGrade.SCAN
    told = select(Notification.user_id).where(Notification.template == "certification/unlisted")
    assert db.session.scalars(told).all() == [moderator.id]
    desk = sign_in(client, moderator)
    assert "danh mục ghi số sao khác" in desk.get(f"{DESK}?tinh_trang=verified").text
    titles = [str(each.title) for each in certificate_by_code(certificate.product_code).events]
    assert titles == ["Danh mục công bố nay ghi số sao khác"]


def test_a_list_that_says_the_same_stars_takes_nothing_off(app):
    import_list([listed(product_name=NAME)])
    entry = db.session.scalars(select(RecognitionEntry)).one()
    strong = {"grade": EvidenceGrade.RECOGNITION_LIST, "entry_id": entry.id}
    certificate = CertificateFactory(**strong)
    import_list([listed(product_name=NAME, decision_number="7/QĐ-UBND")])
    assert certificate_for(certificate.product_id).grade is EvidenceGrade.RECOGNITION_LIST


def test_who_left_the_stall_after_the_claim_does_not_decide(moderator):
    claim = CertificateFactory(submitted=True)
    stall_id = claim.stall_id
    member = add_member(stall_id, moderator.email, MemberKind.MANAGER)
    add_member(stall_id, floor_moderator().email, MemberKind.MANAGER)
    remove_member(stall_id, member.id)
    with pytest.raises(Forbidden):
        verify(moderator, claim)
    later = CertificateFactory(submitted=True, product=product_of(db, claim))
    later.submitted_at = clock.now() + timedelta(seconds=1)
    claim.status = CertificateStatus.RETURNED
    db.session.commit()
    verify(moderator, later)


def test_a_claim_that_waits_makes_its_people_judges_of_their_own_report(app):
    claim = CertificateFactory(submitted=True)
    assert stalls_of_code(claim.product_code) == {claim.stall_id}
    other = CertificateFactory(submitted=True, product_code=claim.product_code)
    assert stalls_of_code(claim.product_code) == {claim.stall_id, other.stall_id}


def test_no_grace_is_given_long_before_the_expiry(moderator):
    certificate = CertificateFactory()
    until = certificate.expires_on + timedelta(days=180)
    with pytest.raises(InvalidInput) as refused:
        grant_grace(moderator, certificate.id, Grace(clock.today(), until), words="Giấy hẹn")
    assert refused.value.field == "filed_on"
    assert certificate.grace_until is None
