"""A code or a row of a list that a certificate holds, withheld or not, serves nobody else."""

import pytest
from sqlalchemy import update

from shop.accounts.models import User
from shop.catalogue.models import Product
from shop.certification.models import Certificate, CertificateStatus
from shop.certification.operations import (
    restore_certificate,
    revoke_certificate,
    verify_certificate,
)
from shop.certification.operations.grades import match_with_list
from shop.certification.queries import certificate_by_code, certificate_for
from shop.certification.queries.conflicts import conflicting
from shop.certification.queries.moderation import cases
from shop.certification.reasons import RevocationReason
from shop.core.errors import WrongState
from tests.accounts.factories import floor_moderator
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory, RecognitionEntryFactory, confirm
from tests.certification.test_decide_certificate import at_once, product_of

SUBMITTED = CertificateStatus.SUBMITTED


@pytest.fixture
def moderator(app):
    return floor_moderator()


def verify(moderator, claim):
    return verify_certificate(moderator, claim.id, stars=claim.stars, expires_on=claim.expires_on)


def status_of(db, certificate):
    db.session.expire_all()
    return db.session.get_one(Certificate, certificate.id).status


@pytest.mark.parametrize("held_by", ["code", "row"])
def test_what_a_withheld_certificate_holds_serves_no_other_claim(moderator, held_by):
    entry = RecognitionEntryFactory()
    withheld = CertificateFactory(withheld=True, entry_id=entry.id)
    same = {"code": {"product_code": withheld.product_code}, "row": {"entry_id": entry.id}}
    claim = CertificateFactory(submitted=True, **same[held_by])
    assert conflicting([claim]) == {claim.id}
    assert cases(moderator, SUBMITTED, text="", page=1, is_conflict=True).rows == [claim]
    with pytest.raises(WrongState):
        verify(moderator, claim)
    assert certificate_for(claim.product_id) is None


def test_a_row_that_a_withheld_certificate_holds_proves_no_other_scan(moderator):
    entry = RecognitionEntryFactory(product_name="Cam sành mẫu")
    CertificateFactory(withheld=True, entry_id=entry.id)
    product = ProductFactory(name="Cam sành mẫu")
    scanned = CertificateFactory(product=product, holder=entry.producer)
    with pytest.raises(WrongState):
        match_with_list(moderator, scanned.id, entry.id)


def test_nothing_is_restored_beside_a_withheld_one_of_the_same_goods(moderator, db):
    revoked = CertificateFactory(revoked=True)
    CertificateFactory(withheld=True, product=product_of(db, revoked))
    with pytest.raises(WrongState):
        restore_certificate(moderator, revoked.id, words="Nhầm")
    assert status_of(db, revoked) is CertificateStatus.REVOKED


@pytest.mark.parametrize("change", [{"name": "Trà Shan tuyết"}, {"product_set": 12}])
def test_what_is_restored_for_goods_that_changed_meanwhile_is_withheld(moderator, db, change):
    certificate = CertificateFactory()
    told = {"reason": RevocationReason.MISTAKE, "words": "Nhầm"}
    revoke_certificate(moderator, certificate.id, **told)
    db.session.execute(update(Product).where(Product.id == certificate.product_id).values(**change))
    db.session.commit()
    restore_certificate(moderator, certificate.id, words="Hủy quyết định")
    assert status_of(db, certificate) is CertificateStatus.WITHHELD
    assert certificate_for(certificate.product_id) is None
    titles = [str(each.title) for each in certificate_by_code(certificate.product_code).events]
    assert titles[-1] == "Tạm không hiện sao: sản phẩm đã thay đổi"
    confirm(moderator, certificate.id, words="Chỉ đổi cách viết")
    assert certificate_for(certificate.product_id).id == certificate.id


@pytest.mark.parametrize("attempt", range(3))
def test_one_row_for_two_stalls_is_verified_once_at_once(app, db, attempt):
    number, entry = floor_moderator().id, RecognitionEntryFactory()
    claims = [CertificateFactory(submitted=True, entry_id=entry.id) for _ in "ab"]
    ids, day = [each.id for each in claims], claims[0].expires_on
    db.session.commit()

    def job(claim_id):
        someone = db.session.get_one(User, number)
        verify_certificate(someone, claim_id, stars=4, expires_on=day)

    assert at_once(app, *(lambda n=n: job(n) for n in ids)) == ["done", "wrong_state"]
