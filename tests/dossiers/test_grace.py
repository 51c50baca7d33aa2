"""A grace lasts while the re-evaluation is on its way, and nobody judges a former employer's."""

from datetime import timedelta

import pytest

from shop.certification.operations import Grace, grant_grace
from shop.certification.queries import certificate_by_code, certificate_for
from shop.core import clock
from shop.core.db import db
from shop.core.errors import Forbidden, WrongState
from shop.dossiers import operations
from shop.dossiers.models import DossierKind
from shop.stalls.models import MemberKind
from shop.stalls.operations import add_member, remove_member
from tests.accounts.factories import floor_moderator
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory
from tests.certification.test_decide_certificate import product_of
from tests.dossiers.dossier_factories import (
    CONFIRMED,
    assessment_of,
    handed_in,
    member_of,
    office,
)


@pytest.fixture
def kept(app):
    """Return an expired certificate that a grace keeps, and its re-evaluation."""
    certificate = CertificateFactory(expired=True, product=ProductFactory())
    dossier = renewal(certificate)
    grant(certificate)
    assert certificate_for(certificate.product_id) is not None
    return certificate, dossier


def renewal(certificate):
    made = assessment_of(product_of(db, certificate))
    member = member_of(certificate.stall_id)
    return operations.hand_in(member, made.id, DossierKind.RE_EVALUATION)


def grant(certificate):
    filed, until = (certificate.expires_on + timedelta(days=days) for days in (-10, 90))
    grant_grace(floor_moderator(), certificate.id, Grace(filed, until), words="Giấy hẹn 12")


def test_a_re_evaluation_that_is_withdrawn_ends_the_grace(kept):
    certificate, dossier = kept
    operations.withdraw(member_of(certificate.stall_id), dossier.id)
    assert certificate_for(certificate.product_id) is None
    titles = [str(each.title) for each in certificate_by_code(certificate.product_code).events]
    assert titles[-1] == "Hết gia hạn: không còn hồ sơ đánh giá lại nào đang xử lý"
    with pytest.raises(WrongState):
        grant(certificate)


def test_another_that_is_handed_in_can_be_kept_again(kept):
    certificate, dossier = kept
    operations.withdraw(member_of(certificate.stall_id), dossier.id)
    renewal(certificate)
    grant(certificate)
    assert certificate_for(certificate.product_id).grace_until > clock.today()


def test_who_left_the_stall_after_the_dossier_came_takes_no_step_on_it(app):
    dossier, moderator = handed_in(), office()
    member = add_member(dossier.stall_id, moderator.email, MemberKind.MANAGER)
    add_member(dossier.stall_id, office().email, MemberKind.MANAGER)
    remove_member(dossier.stall_id, member.id)
    with pytest.raises(Forbidden):
        operations.forward(moderator, dossier.id, findings=CONFIRMED)
