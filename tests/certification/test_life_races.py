"""Two moderators at one certificate: restoring, revoking and verifying at once."""

import pytest
from sqlalchemy import select

from shop.accounts.models import User
from shop.certification.models import (
    Certificate,
    CertificateRuling,
    CertificateStatus,
    CodeReport,
)
from shop.certification.operations import (
    restore_certificate,
    revoke_certificate,
    verify_certificate,
)
from shop.certification.operations.reporting import handle_report
from shop.certification.reasons import RevocationReason
from shop.core.audit import AuditEntry
from tests.accounts.factories import floor_moderator
from tests.certification.factories import CertificateFactory, CodeReportFactory, revoking
from tests.certification.test_decide_certificate import at_once, product_of


def someone(db, user_id):
    return db.session.get_one(User, user_id)


@pytest.mark.parametrize("attempt", range(3))
def test_revoking_and_restoring_at_once_ends_in_one_of_both(app, db, attempt):
    first, second = floor_moderator().id, floor_moderator().id
    number = CertificateFactory(revoked=True).id
    db.session.commit()
    ended = at_once(
        app,
        lambda: restore_certificate(someone(db, first), number, words="Nhầm"),
        lambda: restore_certificate(someone(db, second), number, words="Nhầm"),
    )
    assert ended == ["done", "wrong_state"]
    assert db.session.get_one(Certificate, number).status == CertificateStatus.VERIFIED


@pytest.mark.parametrize("attempt", range(3))
def test_two_never_revoke_the_same(app, db, attempt):
    first, second = floor_moderator().id, floor_moderator().id
    number = CertificateFactory().id
    db.session.commit()

    def job(user_id):
        told = {"reason": RevocationReason.LAW, "words": "Vi phạm", "paper": revoking()}
        revoke_certificate(someone(db, user_id), number, **told)

    ended = at_once(app, lambda: job(first), lambda: job(second))
    assert ended == ["done", "wrong_state"]
    assert len(db.session.scalars(select(CertificateRuling)).all()) == 1


@pytest.mark.parametrize("attempt", range(3))
def test_restoring_meets_the_verification_of_another_for_the_same_goods(app, db, attempt):
    first, second = floor_moderator().id, floor_moderator().id
    revoked = CertificateFactory(revoked=True)
    new = CertificateFactory(submitted=True, product=product_of(db, revoked))
    numbers, day, product_id = (revoked.id, new.id), new.expires_on, revoked.product_id
    db.session.commit()
    at_once(
        app,
        lambda: restore_certificate(someone(db, first), numbers[0], words="Nhầm"),
        lambda: verify_certificate(someone(db, second), numbers[1], stars=4, expires_on=day),
    )
    verified = select(Certificate.id).where(
        Certificate.product_id == product_id, Certificate.status == CertificateStatus.VERIFIED
    )
    assert len(db.session.scalars(verified).all()) == 1


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_who_close_a_report_at_once_one_is_told(app, db, attempt):
    first, second = floor_moderator().id, floor_moderator().id
    number = CodeReportFactory().id
    db.session.commit()
    ended = at_once(
        app,
        lambda: handle_report(someone(db, first), number, note="Hàng thật"),
        lambda: handle_report(someone(db, second), number, note="Hàng giả"),
    )
    assert ended == ["done", "wrong_state"]
    closed = select(AuditEntry).where(AuditEntry.action == "code.handled")
    [entry] = db.session.scalars(closed).all()
    report = db.session.get_one(CodeReport, number)
    assert report.note == entry.data["note"]
    assert report.handled_by_id == {"Hàng thật": first, "Hàng giả": second}[report.note]
