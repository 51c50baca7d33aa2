"""The pages of the route, as stall, commune, office and council walk through them."""

import pytest

from shop.dossiers import operations
from shop.dossiers.models import Dossier, DossierKind
from shop.dossiers.transitions import DossierStatus
from shop.stalls.models import Stall, StallMember
from tests.accounts.factories import sign_in
from tests.catalogue.factories import ProductFactory
from tests.dossiers.dossier_factories import (
    assessment_of,
    best,
    convened,
    handed_in,
    in_province,
    member_of,
    office,
    scored,
)
from tests.guards.forms import SCREENED, SIGNED

S = DossierStatus


def status_of(db, dossier) -> DossierStatus:
    db.session.expire_all()
    return db.session.get(Dossier, dossier.id).status


def stall_of(db, dossier) -> Stall:
    return db.session.get(Stall, dossier.stall_id)


def manager(db, stall_id):
    from shop.accounts.models import User

    return db.session.get(User, member_of(stall_id).user_id)


def test_a_stall_hands_in_and_takes_back(client, db):
    product = ProductFactory()
    assessment = assessment_of(product)
    slug = db.session.get(Stall, product.stall_id).slug
    number = assessment.id
    sign_in(client, manager(db, product.stall_id))
    assert product.name in client.get(f"/quan-ly/{slug}/ho-so").text
    page = f"/quan-ly/{slug}/tu-danh-gia/{number}/nop-ho-so"
    assert f"/quan-ly/{slug}/ho-so" in client.get(f"/quan-ly/{slug}/them").text
    assert page in client.get(f"/quan-ly/{slug}/tu-danh-gia/{number}").text
    assert client.get(page).status_code == 200
    assert client.post(page, data={"kind": "upgrade"}).status_code == 422
    made = client.post(page, data={"kind": "first", "sure": "y"})
    assert made.status_code == 303
    shown = client.get(made.location).text
    assert "Xã sơ loại" in shown
    assert "Rút hồ sơ" in shown
    assert "đang được xét" in client.get(page).text
    assert client.post(page, data={"kind": "first"}).status_code == 409
    assert client.post(made.location + "/rut").status_code == 303
    assert "Gian hàng đã rút" in client.get(made.location).text


def test_the_desk_screens_notes_and_convenes(client, db):
    dossier, people = handed_in(), [office() for _ in range(3)]
    sign_in(client, people[0])
    here = f"/tham-dinh/ho-so/{dossier.id}"
    assert dossier.product_name in client.get("/tham-dinh/ho-so").text
    assert client.post(f"{here}/chuyen", data={"parts": "confirmed"}).status_code == 422
    assert client.post(f"{here}/chuyen", data=SCREENED).status_code == 303
    note = {"kind": "desk_check", "day": "2026-11-02", "words": "Đủ giấy tờ"}
    assert client.post(f"{here}/ghi-chu", data=note).status_code == 303
    assert "Đủ giấy tờ" in client.get(here).text
    visit = {"kind": "site_visit", "day": "2026-11-02", "words": "Đã xem xưởng"}
    assert client.post(f"{here}/ghi-chu", data=visit).status_code == 303
    few = {"members": [each.id for each in people[:2]]}
    assert client.post(f"{here}/hoi-dong", data=few).status_code == 422
    all_three = {"members": [each.id for each in people]}
    assert client.post(f"{here}/hoi-dong", data=all_three).status_code == 303
    assert "Phiếu chấm của bạn" in client.get(here).text
    assert status_of(db, dossier) is S.COUNCIL


def test_a_dossier_goes_back_with_a_reason_that_the_stall_reads(client, db):
    dossier, moderator = in_province()
    sign_in(client, moderator)
    here = f"/tham-dinh/ho-so/{dossier.id}"
    answer = client.post(f"{here}/tra-lai", data={"return-reason": "origin"})
    assert answer.status_code == 422
    said = {"return-reason": "origin", "return-words": "Thiếu hợp đồng mua mật"}
    assert client.post(f"{here}/tra-lai", data=said).status_code == 303
    client.post("/dang-xuat")
    sign_in(client, manager(db, dossier.stall_id))
    own = f"/quan-ly/{stall_of(db, dossier).slug}/ho-so/{dossier.id}"
    shown = client.get(own).text
    assert "Thiếu hợp đồng mua mật" in shown
    assert "Nộp lại" in shown


def sheet_data(db, dossier) -> dict[str, str]:
    from shop.catalogue.models import Product

    product = db.session.get(Product, dossier.product_id)
    return {f"c-{code}": str(index) for code, index in best(product).items()}


def test_a_member_fills_the_sheet_in_keeps_it_and_hands_it_in(client, db):
    dossier, _, members = convened()
    sign_in(client, members[0])
    page = f"/tham-dinh/ho-so/{dossier.id}/phieu"
    data = sheet_data(db, dossier)
    part = dict(list(data.items())[:3])
    assert client.post(page, data=part).status_code == 303
    assert client.get(page).text.count(" checked") == 3
    whole = client.post(page, data={**part, "nop": "1"})
    assert whole.status_code == 422
    assert whole.text.count(" checked") == 3
    assert client.post(page, data={**data, "nop": "1"}).status_code == 303
    assert "không sửa được nữa" in client.get(page).text
    assert client.post(page, data={**data, "nop": "1"}).status_code == 409


def test_nobody_sees_a_score_before_the_council_is_closed(client, db):
    dossier, moderator, members = convened()
    from shop.catalogue.models import Product

    answers = best(db.session.get(Product, dossier.product_id))
    operations.hand_in_sheet(members[0], dossier.id, answers)
    here = f"/tham-dinh/ho-so/{dossier.id}"
    for person in (moderator, members[1]):
        sign_in(client, person)
        shown = client.get(here).text
        council = shown.split('id="council"')[1].split("</section>")[0]
        assert "đã nộp phiếu" in council
        assert "98,00" not in council
        assert client.get(f"{here}/phieu").text.count(" checked") == 0 or person is moderator
        client.post("/dang-xuat")
    for each in members[1:]:
        operations.hand_in_sheet(each, dossier.id, answers)
    sign_in(client, moderator)
    assert client.get(here).text.count("98,00") >= 4


def test_the_desk_records_the_ministrys_decision(client, db):
    dossier, moderator = scored()
    sign_in(client, moderator)
    here = f"/tham-dinh/ho-so/{dossier.id}"
    assert "bộ quyết định" in client.get(here).text
    assert client.post(f"{here}/cong-nhan", data=SIGNED).status_code == 409
    assert client.post(f"{here}/trinh-bo").status_code == 303
    assert "Ghi nhận 5 sao" in client.get(here).text
    low = {**SIGNED, "stars": "5", "score": "89"}
    kept = client.post(f"{here}/nam-sao", data=low)
    assert kept.status_code == 422
    assert "13/QĐ-UBND" in kept.text
    assert client.post(f"{here}/nam-sao", data={**low, "score": "91,5"}).status_code == 303
    assert status_of(db, dossier) is S.RECOGNISED
    assert client.get(f"/chung-nhan/{SIGNED['product_code']}").status_code == 200


def test_the_queue_shows_late_first_and_in_its_tone(client, db):
    from datetime import timedelta

    from sqlalchemy import update

    from shop.core import clock

    fresh, late = handed_in(), handed_in()
    past = clock.today() - timedelta(days=10)
    db.session.execute(update(Dossier).where(Dossier.id == late.id).values(due_on=past))
    db.session.commit()
    sign_in(client, office())
    shown = client.get("/tham-dinh/ho-so").text
    assert shown.index(late.product_name) < shown.index(fresh.product_name)
    assert "quá hạn" in shown
    assert client.get("/tham-dinh/ho-so?tinh_trang=council").status_code == 200
    assert client.get("/tham-dinh/ho-so?tinh_trang=x").status_code == 404


@pytest.mark.parametrize("kind", ["operator"])
def test_the_daily_work_account_may_not_hand_in(client, db, kind):
    from tests.stalls.factories import MemberFactory

    dossier = handed_in()
    helper = MemberFactory(stall=stall_of(db, dossier), kind=kind)
    assert isinstance(helper, StallMember)
    sign_in(client, helper.user)
    slug = stall_of(db, dossier).slug
    assert client.get(f"/quan-ly/{slug}/ho-so").status_code == 403


def test_the_stalls_note_goes_with_the_dossier_to_the_desk(client, db):
    product = ProductFactory()
    assessment = assessment_of(product)
    member = member_of(product.stall_id)
    said = operations.Saved(note="Ong nuôi ở rừng của xã")
    operations.save_answer(member, assessment.id, "1.1", said=said)
    dossier = operations.hand_in(member, assessment.id, DossierKind.FIRST)
    assert [line["note"] for line in dossier.evidence] == [said.note]
    sign_in(client, office())
    shown = client.get(f"/tham-dinh/ho-so/{dossier.id}").text
    assert said.note in shown.partition('id="answers"')[2]
