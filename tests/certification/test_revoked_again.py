"""A revocation outlives every new claim: of the same paper there is none, of another both show."""

from datetime import timedelta

import pytest

from shop.certification.claim import Claim
from shop.certification.operations import (
    revoke_certificate,
    submit_certificate,
    verify_certificate,
)
from shop.certification.queries import Sold, certificate_by_code, certificate_for, revoked_since
from shop.certification.reasons import RevocationReason
from shop.core import clock
from shop.core.errors import WrongState
from tests.accounts.factories import floor_moderator, sign_in
from tests.catalogue.cockpit import photo
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory, revoking
from tests.certification.test_decide_certificate import product_of
from tests.dossiers.dossier_factories import member_of

GROUND = "Dùng chất cấm"


@pytest.fixture
def revoked(app):
    return revoke(CertificateFactory(product_code="08-00721-001-2026"))


def revoke(certificate, reason=RevocationReason.LAW):
    revoke_certificate(
        floor_moderator(), certificate.id, reason=reason, words=GROUND, paper=revoking()
    )
    return certificate


def again(old, product, **more):
    facts = {"product_code": old.product_code, "decision_number": old.decision_number}
    return CertificateFactory(submitted=True, product=product, **{**facts, **more})


def verify(claim):
    verify_certificate(floor_moderator(), claim.id, stars=4, expires_on=claim.expires_on)


def test_the_same_paper_is_not_handed_in_again(revoked, db):
    product = product_of(db, revoked)
    names = ("product_code", "stars", "score_hundredths", "decided_on", "issuer", "expires_on")
    facts = {name: getattr(revoked, name) for name in names}
    number = revoked.decision_number.lower().replace("/", " / ")
    claim = Claim(**facts, decision_number=number, scan=photo(size=(300, 400)), scan_name="a.jpg")
    with pytest.raises(WrongState) as refused:
        submit_certificate(member_of(product.stall_id), product, claim)
    assert "phục hồi" in str(refused.value.message)


def test_nor_verified_where_it_waited_already(revoked, db):
    for product in (product_of(db, revoked), ProductFactory()):
        with pytest.raises(WrongState):
            verify(again(revoked, product))
        assert certificate_for(product.id) is None


def test_what_was_verified_by_mistake_can_be_claimed_for_the_right_goods(app):
    old = revoke(CertificateFactory(), RevocationReason.MISTAKE)
    product = ProductFactory()
    verify(again(old, product))
    assert certificate_for(product.id) is not None


def test_a_newer_decision_hides_no_revocation(client, revoked, db):
    before = clock.now() - timedelta(hours=1)
    claim = again(revoked, product_of(db, revoked), decision_number="99/QĐ-UBND")
    desk = sign_in(client, floor_moderator())
    assert GROUND in desk.get(f"/tham-dinh/chung-nhan/{claim.id}").text
    verify(claim)
    code, goods = claim.product_code, claim.product_id
    record = certificate_by_code(code)
    assert record.certificate.id == claim.id
    assert any(GROUND in event.text for event in record.events)
    assert GROUND in client.get(f"/chung-nhan/{code}").text
    told = client.get(f"/api/v1/certificates/{code}").json
    assert any(GROUND in str(event) for event in told["history"])
    assert revoked_since([Sold(code, goods, before)]) == {code: clock.today()}
    assert revoked_since([Sold(code, goods, clock.now())]) == {}
    assert revoked_since([Sold(code, goods + 1, before)]) == {}


def test_an_older_decision_does_not_replace_a_newer_certificate(app, db):
    newer = CertificateFactory(decided_on=clock.today() - timedelta(days=10))
    older = CertificateFactory(submitted=True, product=product_of(db, newer))
    with pytest.raises(WrongState) as refused:
        verify(older)
    assert "mới hơn" in str(refused.value.message)
    assert certificate_for(newer.product_id).id == newer.id
