"""What `flask doctor` says of stars that nobody has earned."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from shop.certification.checks import check_stars
from shop.certification.models import Certificate
from shop.certification.operations import verify_certificate
from shop.core import audit
from shop.core.db import db as database
from shop.core.db import transaction
from tests.accounts.factories import floor_moderator
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
