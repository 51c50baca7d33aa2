"""Handing in: what it asks for, what is said to lack, and what the stall reads of it afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shop.core import clock
from shop.core.errors import InvalidInput
from shop.core.files import StoredFile
from shop.dossiers import operations
from shop.dossiers.kinds import fitting
from shop.dossiers.models import Assessment, Dossier, DossierKind
from shop.dossiers.operations import Saved
from shop.dossiers.reasons import ReturnReason
from shop.stalls.models import Stall
from tests.accounts.factories import sign_in
from tests.catalogue.cockpit import as_manager, photo
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory
from tests.dossiers.dossier_factories import (
    assessment_of,
    decision,
    handed_in,
    member_of,
    office,
    scored,
)
from tests.dossiers.test_desk import manager, stall_of

FIRST, AGAIN, UP = DossierKind.FIRST, DossierKind.RE_EVALUATION, DossierKind.UPGRADE


def kinds_of(product=None, days=500, **facts):
    today = clock.today()
    ends = {"decided_on": today - timedelta(days=400), "expires_on": today + timedelta(days=days)}
    made = CertificateFactory(product=product or ProductFactory(), **{**ends, **facts})
    return fitting([made], today)


@pytest.mark.parametrize(
    ("facts", "kinds"),
    [
        ({"stars": 3}, [UP, AGAIN]),
        ({"stars": 3, "days": 150}, [AGAIN, UP]),
        ({"stars": 5}, [AGAIN]),
        ({"withheld": True}, [AGAIN]),
        ({"days": -1}, [AGAIN]),
        ({"days": -180}, [AGAIN]),
        ({"days": -181}, [FIRST]),
        ({"revoked": True}, [FIRST]),
        ({"refused": True}, [FIRST]),
    ],
)
def test_what_fits_a_certificate_is_offered_the_likeliest_first(app, facts, kinds):
    assert kinds_of(**facts) == kinds


def test_nothing_but_the_first_fits_goods_without_a_certificate(app):
    assert fitting([], clock.today()) == [FIRST]


def test_what_does_not_stand_is_not_evaluated_again(app):
    product = ProductFactory()
    kinds_of(product, days=-181)
    for kind in (AGAIN, UP):
        with pytest.raises(InvalidInput):
            operations.hand_in(member_of(product.stall_id), assessment_of(product).id, kind)


@pytest.fixture
def at(client, db):
    """Give a way to the page that hands in, the manager being signed in."""

    def page(product, answers=None, **values) -> str:
        made = assessment_of(product, answers)
        for name, value in values.items():
            setattr(db.session.get(Assessment, made.id), name, value)
        db.session.commit()
        stall = db.session.get(Stall, product.stall_id)
        as_manager(client, stall)
        return f"/quan-ly/{stall.slug}/tu-danh-gia/{made.id}/nop-ho-so"

    return page


def test_the_page_says_what_lacks_and_asks_first(client, db, at):
    here = at(ProductFactory(), {"1.1": 0}, product_set=12)
    page = client.get(here).text
    assert "chưa có câu trả lời" in page
    assert "chưa đạt hạng sao nào" in page
    assert "phiếu của bộ 12" in page
    assert "mức tối thiểu" in page
    refused = client.post(here, data={"kind": "first"})
    assert refused.status_code == 422
    assert db.session.scalars(select(Dossier)).all() == []
    assert client.post(here, data={"kind": "first", "sure": "y"}).status_code == 303


def test_the_page_names_answers_without_a_paper(client, at):
    page = client.get(at(ProductFactory())).text
    assert "câu trả lời chưa có giấy tờ" in page
    assert "chưa có câu trả lời" not in page
    assert 'name="sure"' in page


def test_the_list_names_product_and_set(client, at):
    product = ProductFactory()
    here = at(product, {"1.1": 0}, product_set=12)
    page = client.get(f"{here.partition('/tu-danh-gia')[0]}/ho-so").text
    assert product.name in page
    assert "bộ 12" in page


def with_paper(db) -> Dossier:
    product = ProductFactory()
    assessment, member = assessment_of(product), member_of(product.stall_id)
    said = Saved(note="Ong của xã", files=[(photo(), "hop-dong.jpg")])
    operations.save_answer(member, assessment.id, "1.1", said=said)
    return operations.hand_in(member, assessment.id, FIRST)


def test_what_was_handed_in_is_read_by_its_stall_alone(client, db):
    dossier, other = with_paper(db), handed_in()
    stored = db.session.scalars(select(StoredFile.id).order_by(StoredFile.id.desc())).first()
    sign_in(client, manager(db, dossier.stall_id))
    here = f"/quan-ly/{stall_of(db, dossier).slug}/ho-so/{dossier.id}"
    page = client.get(here).text.partition('id="handed-in"')[2]
    assert "Ong của xã" in page
    assert "hop-dong.jpg" in page
    file = f"{here}/minh-chung/{stored}/0"
    assert file in page
    assert client.get(file).mimetype == "image/webp"
    sign_in(client, manager(db, other.stall_id))
    foreign = f"/quan-ly/{stall_of(db, other).slug}/ho-so"
    assert client.get(f"{foreign}/{dossier.id}/minh-chung/{stored}/0").status_code == 404
    assert client.get(f"{foreign}/{other.id}/minh-chung/{stored}/0").status_code == 404


def test_after_a_return_the_way_leads_to_the_sheet_and_back(client, db):
    dossier = handed_in()
    operations.give_back(office(), dossier.id, reason=ReturnReason.ORIGIN, words="Thiếu hợp đồng")
    sign_in(client, manager(db, dossier.stall_id))
    cockpit = f"/quan-ly/{stall_of(db, dossier).slug}"
    sheet = f"{cockpit}/tu-danh-gia/{dossier.assessment_id}"
    page = client.get(f"{cockpit}/ho-so/{dossier.id}").text
    assert page.index(f'href="{sheet}"') < page.index(f'href="{sheet}/nop-ho-so"')
    mended = client.get(sheet).text
    assert "Thiếu hợp đồng" in mended
    for shown in (mended, client.get(f"{sheet}/nop-ho-so").text):
        assert f'href="{cockpit}/ho-so/{dossier.id}"' in shown
    assert client.post(f"{sheet}/1", data={"note": "Đã bổ sung"}).status_code == 303


def test_after_the_recognition_the_page_tells_the_stars(client, db):
    dossier, moderator = scored()
    operations.send_up(moderator, dossier.id)
    operations.send_down(moderator, dossier.id, score=88_00)
    issued = operations.recognise(moderator, dossier.id, decision(dossier, 4))
    sign_in(client, manager(db, dossier.stall_id))
    page = client.get(f"/quan-ly/{stall_of(db, dossier).slug}/ho-so/{dossier.id}").text
    assert "4 sao" in page
    assert f"/hang/{dossier.product_id}/chung-nhan" in page
    assert f"/chung-nhan/{issued.product_code}" in page
