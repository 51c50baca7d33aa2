"""A withheld certificate still holds its code and its row; what is restored fits the goods."""

import pytest
from sqlalchemy import select

from shop.catalogue.models import Product
from shop.certification import checks
from shop.certification.models import Certificate, CertificateRuling, CertificateStatus
from shop.certification.operations import (
    Paper,
    restore_certificate,
    revoke_certificate,
    verify_certificate,
)
from shop.certification.queries import certificate_for
from shop.certification.queries.conflicts import conflicting, in_conflict
from shop.certification.reasons import RevocationReason
from shop.core import clock
from shop.core.db import db, transaction
from shop.core.errors import Forbidden, WrongState
from tests.accounts.factories import floor_moderator
from tests.certification.factories import CertificateFactory, RecognitionEntryFactory, revoking

pytestmark = pytest.mark.usefixtures("db")


def verify(certificate):
    return verify_certificate(
        floor_moderator(),
        certificate.id,
        stars=certificate.stars,
        expires_on=certificate.expires_on,
    )


def rename(certificate, name="Rượu ngô men lá"):
    product = db.session.get_one(Product, certificate.product_id)
    product.name = name
    db.session.commit()


def revoked(**facts):
    certificate, moderator = CertificateFactory(**facts), floor_moderator()
    db.session.commit()
    revoke_certificate(
        moderator, certificate.id, reason=RevocationReason.LAW, words="Vi phạm", paper=revoking()
    )
    return certificate, moderator


@pytest.mark.parametrize("state", [{}, {"withheld": True}])
def test_a_code_that_stands_or_is_withheld_serves_nobody_else(state):
    first = CertificateFactory(**state)
    second = CertificateFactory(submitted=True, product_code=first.product_code)
    db.session.commit()
    with pytest.raises(WrongState):
        verify(second)
    assert conflicting([second]) == {second.id}
    assert second.id in db.session.scalars(select(Certificate.id).where(in_conflict())).all()


def test_a_row_of_a_withheld_certificate_serves_no_other_stall():
    entry = RecognitionEntryFactory()
    CertificateFactory(withheld=True, entry_id=entry.id)
    second = CertificateFactory(submitted=True, entry_id=entry.id)
    db.session.commit()
    with pytest.raises(WrongState):
        verify(second)


def test_what_is_restored_for_goods_of_another_name_waits_for_a_confirmation():
    certificate, moderator = revoked()
    rename(certificate)
    restore_certificate(moderator, certificate.id, words="Quyết định đã bị hủy")
    again = db.session.get_one(Certificate, certificate.id, populate_existing=True)
    assert again.status is CertificateStatus.WITHHELD
    assert "Rượu ngô men lá" in again.reason
    assert certificate_for(certificate.product_id) is None
    assert checks.check_life() == checks.check_certificate_records() == []


def test_a_revocation_keeps_the_moment_of_the_verification():
    certificate = CertificateFactory()
    decided_at = certificate.decided_at
    db.session.commit()
    mistake = RevocationReason.MISTAKE
    revoke_certificate(
        floor_moderator(), certificate.id, reason=mistake, words="Nhầm mã", paper=Paper()
    )
    db.session.expire_all()
    assert certificate.decided_at == decided_at
    assert clock.now() - certificate.revoked_at < clock.now() - decided_at
    restore_certificate(floor_moderator(), certificate.id, words="Mã đúng")
    assert db.session.get_one(Certificate, certificate.id).revoked_at is None


def test_who_revoked_five_stars_does_not_restore_them_alone():
    certificate, moderator = revoked(stars=5, score_hundredths=9100)
    with pytest.raises(Forbidden):
        restore_certificate(moderator, certificate.id, words="Nhầm")
    restore_certificate(floor_moderator(), certificate.id, words="Đã xem lại quyết định")
    assert certificate_for(certificate.product_id).stars == 5


@pytest.mark.parametrize(
    "deed", ["UPDATE certificate_rulings SET words = 'x'", "DELETE FROM certificate_rulings"]
)
def test_the_database_refuses_to_rewrite_a_ruling(deed):
    revoked()
    with pytest.raises(Exception, match="append-only"), transaction():
        db.session.execute(db.text(deed))
    assert checks.check_rulings() == []
    assert db.session.scalars(select(CertificateRuling)).one().words == "Vi phạm"


def test_the_doctor_sees_a_revocation_that_nobody_ruled():
    certificate = CertificateFactory()
    certificate.status, certificate.revoked_at = CertificateStatus.REVOKED, clock.now()
    db.session.flush()
    told = f"certificate {certificate.id}: revoked and ruled do not agree"
    assert checks.check_life() == [told]
