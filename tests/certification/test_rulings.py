"""Rulings on certificates: never changed, by whom, with which paper, and what they leave behind."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import joinedload

from shop.certification import checks
from shop.certification.goods import goods_now
from shop.certification.models import Certificate, CertificateRuling, CertificateStatus
from shop.certification.operations import (
    Grace,
    Paper,
    confirm_certificate,
    grant_grace,
    restore_certificate,
    revoke_certificate,
)
from shop.certification.queries import certificate_for, revoked_since
from shop.certification.queries.certificates import Sold
from shop.certification.reasons import RevocationReason
from shop.certification.standing import standing
from shop.core import clock
from shop.core.db import is_sqlite
from shop.core.errors import Forbidden
from tests.accounts.factories import floor_moderator
from tests.certification.factories import CertificateFactory, RulingFactory

MISTAKE = {"reason": RevocationReason.MISTAKE, "words": "Nhầm"}


@pytest.fixture
def moderator(app):
    return floor_moderator()


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_the_database_refuses_to_change_a_ruling(db, deed):
    ruling = RulingFactory()
    db.session.commit()
    changing = update(CertificateRuling).values(words="Khác")
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(changing if deed == "update" else delete(CertificateRuling))
    db.session.rollback()
    assert db.session.get_one(CertificateRuling, ruling.id).words == "Cơ sở đã đóng cửa."
    assert checks.check_rulings_are_append_only() == []


def test_the_doctor_sees_that_rulings_could_be_changed(db):
    RulingFactory()
    table = "certificate_rulings"
    off = f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only"
    db.session.execute(text(f"DROP TRIGGER {table}_no_update" if is_sqlite() else off))
    db.session.commit()
    assert f"{table}: UPDATE" in checks.check_rulings_are_append_only()
    if not is_sqlite():
        db.session.execute(text(off.replace("DISABLE", "ENABLE")))
        db.session.commit()


def test_a_revocation_leaves_the_moment_of_the_verification(moderator, db):
    certificate = CertificateFactory(decided_at=clock.now() - timedelta(days=40))
    verified_at, code = certificate.decided_at, certificate.product_code
    revoke_certificate(moderator, certificate.id, **MISTAKE)
    assert certificate.decided_at == verified_at
    assert clock.local(certificate.revoked_at).date() == clock.today()
    assert f"{clock.today():%d/%m/%Y}" in str(standing(certificate))
    sold = Sold(code, certificate.product_id, verified_at)
    assert revoked_since([sold]) == {code: clock.today()}
    restore_certificate(moderator, certificate.id, words="Hủy")
    assert (certificate.decided_at, certificate.revoked_at) == (verified_at, None)
    assert checks.check_life() == []


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"status": CertificateStatus.VERIFIED}, "verified ≠ revoked"),
        ({"revoked_at": None}, "another moment of revocation"),
        ({"status": CertificateStatus.SUBMITTED, "due_on": None}, "waits without a deadline"),
    ],
)
def test_the_doctor_sees_what_no_ruling_explains(moderator, db, values, line):
    certificate = CertificateFactory()
    revoke_certificate(moderator, certificate.id, **MISTAKE)
    assert checks.check_life() == []
    db.session.execute(update(Certificate).values(**values))
    assert f"certificate {certificate.id}: {line}" in checks.check_life()


@pytest.mark.parametrize("field", ["product_code", "entry_id", "product_id"])
def test_the_doctor_sees_what_two_hold(db, field):
    from tests.certification.factories import RecognitionEntryFactory

    first = CertificateFactory(withheld=True, entry_id=RecognitionEntryFactory().id)
    value = getattr(first, field)
    CertificateFactory(withheld=True, **{field: value})
    assert f"{field} {value}: held twice" in checks.check_stars()


def test_five_stars_come_back_by_another_hand_than_took_them_away(moderator):
    certificate = CertificateFactory(stars=5, score_hundredths=9200)
    revoke_certificate(moderator, certificate.id, **MISTAKE)
    with pytest.raises(Forbidden):
        restore_certificate(moderator, certificate.id, words="Hủy")
    assert certificate_for(certificate.product_id) is None
    assert restore_certificate(floor_moderator(), certificate.id, words="Hủy")
    live = certificate_for(certificate.product_id)
    assert live.approved_by_id not in {None, live.verified_by_id}


def test_whoever_confirms_five_stars_changes_nothing_of_who_read_them(moderator):
    certificate = CertificateFactory(stars=5, score_hundredths=9200, withheld=True)
    readers = certificate.approved_by_id, certificate.verified_by_id
    seen = goods_now(certificate.product_id)
    confirm_certificate(moderator, certificate.id, words="Chỉ đổi cách viết", seen=seen)
    live = certificate_for(certificate.product_id)
    assert (live.approved_by_id, live.verified_by_id, live.stars) == (*readers, 5)


def test_a_grace_carries_the_receipt_of_the_filing(moderator, db):
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "white").save(out, "PNG")
    certificate = CertificateFactory(expired=True)
    ends = certificate.expires_on
    grace = Grace(ends - timedelta(days=9), ends + timedelta(days=90))
    paper = Paper(file=out.getvalue(), file_name="giay-hen.png")
    grant_grace(moderator, certificate.id, grace, words="Giấy hẹn", paper=paper)
    wanted = select(CertificateRuling).options(joinedload(CertificateRuling.file))
    kept = db.session.scalars(wanted).one().file
    assert (kept.is_private, kept.original_name) == (True, "giay-hen.png")
