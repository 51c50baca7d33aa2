"""Deciding on a certificate: in scope, not one's own, once, and with everybody told."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from shop.certification.models import Certificate, CertificateStatus, EvidenceGrade
from shop.certification.operations import (
    refuse_certificate,
    return_certificate,
    verify_certificate,
)
from shop.certification.queries import certificate_for, history, returned_products
from shop.certification.reasons import RefusalReason
from shop.core import clock
from shop.core.audit import AuditEntry
from shop.core.errors import Forbidden, InvalidInput, NotFound, ShopError, WrongState
from shop.core.outbox import OutboxMessage
from shop.notifications.models import Notification
from shop.stalls.models import Stall
from tests.accounts.factories import ModeratorFactory, ScopeFactory, UserFactory, floor_moderator
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory, RecognitionEntryFactory
from tests.stalls.factories import MemberFactory


@pytest.fixture
def moderator(app):
    return floor_moderator()


@pytest.fixture
def waiting(app):
    return CertificateFactory(submitted=True)


def verify(moderator, certificate, **facts):
    seen = {"stars": certificate.stars, "expires_on": certificate.expires_on}
    verify_certificate(moderator, certificate.id, **{**seen, **facts})


def actions(db, certificate) -> list[tuple[str, dict]]:
    rows = select(AuditEntry.action, AuditEntry.data).where(
        AuditEntry.subject_type == "certificates", AuditEntry.subject_id == certificate.id
    )
    return [tuple(row) for row in db.session.execute(rows.order_by(AuditEntry.id))]


def test_the_stars_show_once_verified(moderator, waiting, db):
    assert certificate_for(waiting.product_id) is None
    verify(moderator, waiting)
    live = certificate_for(waiting.product_id)
    assert (live.id, live.verified_by_id, live.grade) == (
        waiting.id, moderator.id, EvidenceGrade.SCAN,
    )  # fmt: skip
    assert actions(db, waiting) == [("certificate.verified", {})]


def test_the_stall_and_the_index_are_told(moderator, waiting, db):
    verify(moderator, waiting)
    line = db.session.scalars(select(Notification)).one()
    assert waiting.product_name in line.subject
    assert line.url == f"/quan-ly/{stall_slug(db, waiting)}/hang/{waiting.product_id}/chung-nhan"
    topics = db.session.scalars(select(OutboxMessage.topic)).all()
    assert "search.product_changed" in topics


def stall_slug(db, certificate) -> str:
    return db.session.get_one(Stall, certificate.stall_id).slug


def test_what_the_moderator_corrects_is_kept_with_both_values(moderator, waiting, db):
    sooner = waiting.expires_on - timedelta(days=10)
    old = waiting.expires_on.isoformat()
    verify(moderator, waiting, stars=3, expires_on=sooner)
    live = certificate_for(waiting.product_id)
    assert (live.stars, live.expires_on) == (3, sooner)
    corrected = {"stars": [4, 3], "expires_on": [old, sooner.isoformat()]}
    assert actions(db, waiting) == [("certificate.verified", corrected)]


def test_nobody_makes_it_longer_than_the_rule_or_brighter_than_its_score(moderator, waiting):
    with pytest.raises(InvalidInput):
        verify(moderator, waiting, expires_on=waiting.decided_on + timedelta(days=1097))
    with pytest.raises(InvalidInput):
        verify(moderator, waiting, stars=5)
    assert certificate_for(waiting.product_id) is None


def test_one_that_ran_out_while_waiting_is_not_verified(moderator):
    waiting = CertificateFactory(submitted=True, expired=True)
    with pytest.raises(InvalidInput):
        verify(moderator, waiting)


def test_a_row_of_a_list_that_agrees_is_the_stronger_proof(moderator):
    product = ProductFactory(name="Chè Shan tuyết")
    entry = RecognitionEntryFactory(product_name="chè shan tuyết", stars=4)
    verify(moderator, CertificateFactory(submitted=True, product=product, entry_id=entry.id))
    assert certificate_for(product.id).grade is EvidenceGrade.RECOGNITION_LIST


def test_the_earlier_certificate_gives_way(moderator, db):
    old = CertificateFactory(stars=3)
    new = CertificateFactory(submitted=True, product=product_of(db, old))
    verify(moderator, new)
    db.session.refresh(old)
    assert (old.status, certificate_for(old.product_id).stars) == (CertificateStatus.REPLACED, 4)
    assert {each.id for each in history(old.product_id)} == {old.id, new.id}
    told = {"by": new.id, "what": "upgraded", "stars": [3, 4]}
    assert actions(db, old) == [("certificate.replaced", told)]


def product_of(db, certificate):
    from shop.catalogue.models import Product

    return db.session.get_one(Product, certificate.product_id)


def test_a_code_serves_one_product(moderator, waiting):
    CertificateFactory(product_code=waiting.product_code)
    with pytest.raises(WrongState) as refused:
        verify(moderator, waiting)
    assert "Sản phẩm khác đã có" in str(refused.value.message)


def test_a_row_of_a_list_serves_one_stall(moderator):
    entry = RecognitionEntryFactory()
    CertificateFactory(entry_id=entry.id)
    with pytest.raises(WrongState) as refused:
        verify(moderator, CertificateFactory(submitted=True, entry_id=entry.id))
    assert "Gian hàng khác đã có" in str(refused.value.message)


def test_returns_with_words_and_the_stall_sees_them(moderator, waiting, db):
    with pytest.raises(InvalidInput):
        return_certificate(moderator, waiting.id, words="")
    return_certificate(moderator, waiting.id, words="Bản quét mờ, thiếu trang 2.")
    db.session.refresh(waiting)
    assert (waiting.status, waiting.reason) == (
        CertificateStatus.RETURNED, "Bản quét mờ, thiếu trang 2.",
    )  # fmt: skip
    assert returned_products(waiting.stall_id) == [waiting.product_id]
    CertificateFactory(submitted=True, product=product_of(db, waiting))
    assert returned_products(waiting.stall_id) == []


def test_refuses_with_a_reason_of_the_list(moderator, waiting, db):
    with pytest.raises(InvalidInput):
        refuse_certificate(moderator, waiting.id, reason=RefusalReason.OTHER, words="")
    refuse_certificate(moderator, waiting.id, reason=RefusalReason.ALTERED, words="Số sao bị sửa")
    db.session.refresh(waiting)
    assert waiting.status is CertificateStatus.REFUSED
    assert waiting.reason == "Bản quét có dấu hiệu bị sửa. Số sao bị sửa"
    assert history(waiting.product_id) == []


@pytest.mark.parametrize("trait", ["returned", "refused", "revoked", "replaced", "withheld"])
def test_what_is_decided_is_not_decided_again(moderator, trait):
    certificate = CertificateFactory(**{trait: True})
    with pytest.raises(WrongState):
        verify(moderator, certificate)
    assert certificate_for(certificate.product_id) is None


def test_other_provinces_are_not_found(waiting):
    stranger = ModeratorFactory()
    ScopeFactory(user=stranger, province_code="01")
    with pytest.raises(NotFound):
        verify(stranger, waiting)


def test_a_buyer_with_a_scope_row_is_no_moderator(waiting):
    buyer = UserFactory()
    ScopeFactory(user=buyer)
    with pytest.raises(NotFound):
        verify(buyer, waiting)


def test_a_moderator_of_the_stall_may_not_decide(moderator, waiting, db):
    MemberFactory(stall=db.session.get_one(Stall, waiting.stall_id), user=moderator)
    for decide in (
        lambda: verify(moderator, waiting),
        lambda: refuse_certificate(moderator, waiting.id, reason=RefusalReason.ALTERED, words="x"),
    ):
        with pytest.raises(Forbidden):
            decide()


def test_nor_one_who_handed_it_in(moderator, db):
    certificate = CertificateFactory(submitted=True, submitter=moderator)
    with pytest.raises(Forbidden):
        verify(moderator, certificate)


def at_once(app, *jobs) -> list[str]:
    """Run jobs in threads of their own that start together; return what became of each."""
    ended, start = [], threading.Barrier(len(jobs))

    def run(job):
        with app.app_context():
            start.wait(10)
            try:
                job()
                ended.append("done")
            except ShopError as error:
                ended.append(error.code)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    [thread.start() for thread in threads]
    [thread.join(30) for thread in threads]
    return sorted(ended)


@pytest.mark.parametrize("attempt", range(3))
def test_two_moderators_never_both_decide(app, db, attempt):
    from shop.accounts.models import User

    first, second = floor_moderator().id, floor_moderator().id
    certificate = CertificateFactory(submitted=True)
    number, day = certificate.id, certificate.expires_on
    db.session.commit()

    def someone(user_id):
        return db.session.get_one(User, user_id)

    ended = at_once(
        app,
        lambda: verify_certificate(someone(first), number, stars=4, expires_on=day),
        lambda: refuse_certificate(
            someone(second), number, reason=RefusalReason.ALTERED, words="x"
        ),
    )
    assert ended == ["done", "wrong_state"]
    assert len(actions(db, certificate)) == 1


def test_one_code_on_two_products_is_verified_once_at_once(app, db):
    from shop.accounts.models import User

    moderator = floor_moderator().id
    claims = [CertificateFactory(submitted=True, product_code="08-00721-007-2026") for _ in "ab"]
    numbers, day = [each.id for each in claims], claims[0].expires_on
    db.session.commit()

    def job(number):
        someone = db.session.get_one(User, moderator)
        verify_certificate(someone, number, stars=4, expires_on=day)

    assert at_once(app, *(lambda n=n: job(n) for n in numbers)) == ["done", "wrong_state"]


def test_an_expired_certificate_shows_nothing(db):
    certificate = CertificateFactory()
    assert certificate_for(certificate.product_id) is not None
    db.session.execute(
        update(Certificate).values(
            decided_on=clock.today() - timedelta(days=900),
            expires_on=clock.today() - timedelta(days=1),
        )
    )
    assert certificate_for(certificate.product_id) is None
