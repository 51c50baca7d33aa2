"""What `flask doctor` says of stars that nobody has earned."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from shop.certification.checks import check_life, check_stars
from shop.certification.models import Certificate, EvidenceGrade
from shop.certification.operations import verify_certificate
from shop.certification.operations.issuing import Issue, issue_certificate
from shop.certification.queries import certificate_for
from shop.core import audit, clock
from shop.core.db import db as database
from shop.core.db import transaction
from tests.accounts.factories import UserFactory, floor_moderator
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory, RecognitionEntryFactory


@pytest.fixture
def sound(app):
    certificate = CertificateFactory()
    with transaction():
        audit.record("certificate.verified", certificate, public=True)
    return certificate


def change(**values):
    database.session.execute(update(Certificate).values(**values))


def test_a_sound_floor_has_nothing_to_say(sound):
    RecognitionEntryFactory(stars=None)
    waiting = CertificateFactory(submitted=True)
    moderator = floor_moderator()
    verify_certificate(moderator, waiting.id, stars=4, expires_on=waiting.expires_on)
    assert check_stars() == []


def test_names_what_nobody_verified(sound):
    change(verified_by_id=None)
    assert check_stars() == [f"certificate {sound.id}: verified by nobody"]


def test_names_what_was_verified_by_whom_it_serves(sound):
    change(verified_by_id=sound.submitted_by_id)
    assert check_stars() == [f"certificate {sound.id}: verified by whom it serves"]


def test_names_what_stands_too_long_or_shines_too_bright(sound):
    change(expires_on=sound.decided_on + timedelta(days=1200), score_hundredths=5000)
    assert check_stars() == [
        f"certificate {sound.id}: stands longer than 36 months",
        f"certificate {sound.id}: more stars than its score brings",
    ]


def test_names_what_has_no_record(app):
    certificate = CertificateFactory()
    assert check_stars() == [f"certificate {certificate.id}: verified without a record"]


def test_names_listed_rows_that_are_no_ocop(app):
    row = RecognitionEntryFactory(stars=2)
    assert check_stars() == [f"registry row {row.id}: stars out of bounds"]


@pytest.mark.parametrize("grade", list(EvidenceGrade))
def test_five_stars_need_two_readings_unless_a_dossier_led_to_them(app, grade):
    certificate = CertificateFactory(stars=5, grade=grade, score_hundredths=9200)
    change(approved_by_id=None)
    with transaction():
        audit.record("certificate.verified", certificate, public=True)
    alone = [f"certificate {certificate.id}: 5 stars that one moderator alone has read"]
    assert check_stars() == ([] if grade is EvidenceGrade.DECISION else alone)


def test_what_a_dossier_led_to_has_no_deadline_and_needs_one_moderator(app):
    product, today = ProductFactory(), clock.today()
    issue = Issue(
        stars=5,
        score_hundredths=9500,
        product_code=f"{product.province_code}-{product.commune_code}-007-{today.year}",
        decision_number="9/QĐ-BNN",
        decided_on=today,
        issuer="Bộ mẫu",
        expires_on=today + timedelta(days=900),
        product_name=product.name,
        product_set=product.product_set,
        holder="HTX mẫu",
        asked_by_id=UserFactory().id,
    )
    certificate = issue_certificate(floor_moderator(), product, issue)
    assert (certificate.due_on, certificate.approved_by_id) == (None, None)
    assert certificate_for(product.id).id == certificate.id
    assert [*check_stars(), *check_life()] == []
