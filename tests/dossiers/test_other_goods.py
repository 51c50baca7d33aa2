"""Goods that were renamed on the way: the certificate is issued, but no star shows for them."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from shop.accounts.models import User
from shop.catalogue.models import Product
from shop.catalogue.operations import products
from shop.catalogue.staging import words_of
from shop.certification.models import Certificate, CertificateStatus
from shop.certification.queries import certificate_for
from shop.core.db import change, transaction
from shop.core.errors import InvalidInput, ShopError
from shop.core.invariants import invariants
from shop.dossiers import operations
from shop.notifications.models import Notification
from tests.accounts.factories import sign_in
from tests.certification.factories import confirm
from tests.dossiers.dossier_factories import best, decision, member_of, scored
from tests.guards.forms import SIGNED

OTHER = "Mật ong rừng khác"


@pytest.fixture(autouse=True)
def _on_a_floor(app):
    yield
    lines = [line for each in invariants() for line in each.check()]
    assert [line for line in lines if line.startswith(("dossier", "certificate"))] == []


def ready():
    """Return a dossier that waits for the decision of 4 stars, and the office's moderator."""
    dossier, moderator = scored(best)
    operations.send_up(moderator, dossier.id)
    operations.send_down(moderator, dossier.id, score=88_00)
    return dossier, moderator


def make(dossier, **values):
    with transaction():
        change(update(Product).where(Product.id == dossier.product_id).values(**values))


def test_other_goods_get_no_star_until_somebody_confirms(db):
    dossier, moderator = ready()
    make(dossier, name=OTHER)
    issued = operations.recognise(moderator, dossier.id, decision(dossier, 4))
    assert issued.status is CertificateStatus.WITHHELD
    assert issued.reason.endswith(OTHER)
    assert certificate_for(dossier.product_id) is None
    letters = db.session.execute(select(Notification.template, Notification.user_id))
    told = {tuple(letter) for letter in letters}
    assert ("dossiers/other_goods", moderator.id) in told
    assert ("certification/withheld", member_of(dossier.stall_id).user_id) in told
    confirm(moderator, issued.id, words="Chỉ đổi cách viết")
    assert certificate_for(dossier.product_id).id == issued.id


def test_no_certificate_of_another_set_than_the_products_is_issued(client, db):
    dossier, moderator = ready()
    make(dossier, product_set=12)
    with pytest.raises(InvalidInput) as refused:
        operations.recognise(moderator, dossier.id, decision(dossier, 4))
    assert all(number in str(refused.value.message) for number in ("4", "12"))
    assert db.session.scalars(select(Certificate)).all() == []
    sign_in(client, moderator)
    here = f"/tham-dinh/ho-so/{dossier.id}"
    shown = client.get(here).text
    assert "Hồ sơ chấm theo bộ 4" in shown
    assert "sản phẩm thuộc bộ 12" in shown
    code = f"{dossier.province_code}-{dossier.commune_code}-124-2026"
    sent = client.post(f"{here}/cong-nhan", data={**SIGNED, "product_code": code})
    assert sent.status_code == 422
    assert "bộ 12" in sent.text


def test_the_same_set_draws_no_warning(client):
    dossier, moderator = ready()
    sign_in(client, moderator)
    assert "Hồ sơ chấm theo bộ" not in client.get(f"/tham-dinh/ho-so/{dossier.id}").text


def test_the_same_goods_get_their_star():
    dossier, moderator = ready()
    issued = operations.recognise(moderator, dossier.id, decision(dossier, 4))
    assert certificate_for(dossier.product_id).id == issued.id


def test_five_stars_are_withheld_as_well_and_the_desk_is_told(client):
    dossier, moderator = scored()
    operations.send_up(moderator, dossier.id)
    make(dossier, name=OTHER)
    sign_in(client, moderator)
    here = f"/tham-dinh/ho-so/{dossier.id}"
    code = f"{dossier.province_code}-{dossier.commune_code}-124-2026"
    said = {**SIGNED, "stars": "5", "score": "95", "product_code": code}
    assert client.post(f"{here}/nam-sao", data=said).status_code == 303
    assert "tạm giữ" in client.get(here).text
    assert certificate_for(dossier.product_id) is None


def at_once(app, jobs) -> list[str]:
    """Do things in the same moment; return the codes of those that were refused."""
    start, faults = threading.Barrier(len(jobs)), []

    def run(job):
        with app.app_context():
            start.wait(10)
            try:
                job()
            except ShopError as error:
                faults.append(error.code)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    [each.start() for each in threads]
    [each.join(30) for each in threads]
    return faults


@pytest.mark.parametrize("attempt", range(4))
def test_renaming_at_the_moment_of_the_decision_brings_no_star_to_other_goods(app, db, attempt):
    made, boss = ready()
    dossier, moderator, product_id = made.id, boss.id, made.product_id
    stall_id, signed = made.stall_id, decision(made, 4)
    make(made, status="draft")
    words = replace(words_of(db.session.get_one(Product, product_id)), name=OTHER)
    db.session.commit()
    jobs = (
        lambda: operations.recognise(db.session.get_one(User, moderator), dossier, signed),
        lambda: products.edit_product(stall_id, product_id, words),
    )
    faults = at_once(app, jobs)
    db.session.expire_all()
    issued = db.session.scalars(select(Certificate)).one()
    is_renamed = db.session.get_one(Product, product_id).name == OTHER
    assert faults == ([] if is_renamed else ["invalid"])
    assert (issued.status is CertificateStatus.WITHHELD) == is_renamed
