"""Stars and the goods they speak of never change at the same moment, nor past each other."""

import threading

import pytest
from sqlalchemy import select

from shop.accounts.models import User
from shop.catalogue.models import Product, StagedStatus
from shop.catalogue.operations import moderation
from shop.catalogue.operations.moderation import Case
from shop.certification.goods import goods_now
from shop.certification.models import Certificate, CertificateStatus
from shop.certification.operations import confirm_certificate, verify_certificate
from shop.certification.operations.grades import match_with_list
from shop.certification.queries import certificate_for
from shop.core.errors import WrongState
from tests.accounts.factories import floor_moderator, sign_in
from tests.catalogue.factories import PictureFactory, ProductFactory
from tests.certification.factories import CertificateFactory, RecognitionEntryFactory
from tests.certification.test_decide_certificate import at_once


def renamed(**state):
    """Return goods whose new name waits, with a certificate of the old one."""
    staged = {"staged": {"name": "Mứt dâu"}, "staged_status": StagedStatus.SUBMITTED}
    product = ProductFactory(name="Mật ong bạc hà", **staged)
    PictureFactory(product_id=product.id)
    return product, CertificateFactory(product=product, **state)


def right_after_judging(app, monkeypatch, deed) -> list[threading.Thread]:
    """Let somebody begin a deed once a change has been judged, before it is carried out."""
    judge, others = moderation._judge_certificate, []

    def judged(*args, **more):
        judge(*args, **more)
        others.append(threading.Thread(target=at_once, args=(app, deed)))
        others[0].start()
        others[0].join(1)

    monkeypatch.setattr(moderation, "_judge_certificate", judged)
    return others


@pytest.mark.parametrize("state", ["submitted", "withheld"])
def test_no_star_comes_between_the_judging_and_the_renaming(app, db, monkeypatch, state):
    first, second = floor_moderator().id, floor_moderator().id
    product, claim = renamed(**{state: True})
    goods, number, day = goods_now(product.id), claim.id, claim.expires_on
    product_id, version = product.id, product.version
    db.session.commit()

    def light():
        someone = db.session.get_one(User, second)
        if state == "submitted":
            verify_certificate(someone, number, stars=4, expires_on=day)
        else:
            confirm_certificate(someone, number, words="Vẫn đúng", seen=goods)

    other = right_after_judging(app, monkeypatch, light)
    at_once(
        app, lambda: moderation.accept(db.session.get_one(User, first), Case(product_id, version))
    )
    [each.join(30) for each in other]
    db.session.expire_all()
    live = certificate_for(product_id)
    assert live is None or live.product_name == db.session.get_one(Product, product_id).name


def test_who_read_other_goods_confirms_nothing(app, db):
    _product, withheld = renamed(withheld=True)
    moderator = floor_moderator()
    for seen in (None, goods_now(withheld.product_id)._replace(name="Mứt dâu")):
        with pytest.raises(WrongState):
            confirm_certificate(moderator, withheld.id, words="Vẫn đúng", seen=seen)
    assert certificate_for(withheld.product_id) is None


def test_a_stale_page_confirms_nothing(client, db):
    product, withheld = renamed(withheld=True)
    moderator = floor_moderator()
    here = f"/tham-dinh/chung-nhan/{withheld.id}"
    page = sign_in(client, moderator).get(here).text
    assert 'name="confirm-name"' in page
    seen = {"confirm-name": product.name, "confirm-product_set": product.product_set}
    moderation.accept(moderator, Case(product.id, product.version))
    sent = client.post(f"{here}/xac-nhan", data={"confirm-words": "Vẫn là mật ong", **seen})
    assert sent.status_code == 409
    assert certificate_for(withheld.product_id) is None


@pytest.mark.parametrize("attempt", range(3))
def test_one_row_proves_the_certificate_of_one_stall_at_once(app, db, attempt):
    entry = RecognitionEntryFactory(product_name="Mật ong bạc hà")
    products = [ProductFactory(name="Mật ong bạc hà") for _ in "ab"]
    numbers = [CertificateFactory(product=each).id for each in products]
    moderator, entry_id = floor_moderator().id, entry.id
    db.session.commit()

    def job(number):
        match_with_list(db.session.get_one(User, moderator), number, entry_id)

    assert at_once(app, *(lambda n=n: job(n) for n in numbers)) == ["done", "wrong_state"]
    bound = select(Certificate.id).where(
        Certificate.entry_id == entry_id, Certificate.status == CertificateStatus.VERIFIED
    )
    assert len(db.session.scalars(bound).all()) == 1
