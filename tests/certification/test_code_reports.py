"""Reports of codes: from anybody, to the moderators of the place, closed once."""

import io

import pytest
from PIL import Image

from shop.certification.models import CodeReport
from shop.certification.operations.reporting import REPORTS, handle_report
from shop.core import files
from shop.core.audit import AuditEntry
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from shop.stalls.models import Stall
from shop.web import slots
from tests.accounts.factories import UserFactory, floor_moderator, sign_in
from tests.certification.factories import CertificateFactory, CodeReportFactory
from tests.queries import assert_queries_stay_flat
from tests.stalls.factories import HA_NOI, TUYEN_QUANG, MemberFactory, moderator_of

CODE = "08-00706-999-2026"
QUEUE = "/tham-dinh/chung-nhan/bao-ma"
SEEN = {"seen_at": "market", "words": "Hũ mật ong ở chợ phiên", "contact": "0912345678"}


def label_with_gps() -> bytes:
    picture, out = Image.new("RGB", (80, 60), "white"), io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def send(client, code=CODE, **more):
    return client.post(f"/chung-nhan/{code}/bao", data={**SEEN, **more})


def only(db) -> CodeReport:
    return db.session.scalars(db.select(CodeReport)).one()


def test_a_visitor_reports_a_code_with_a_photo(client, db):
    sent = send(client, photo=(io.BytesIO(label_with_gps()), "nhan.jpg"))
    assert (sent.status_code, sent.location) == (303, f"/chung-nhan/{CODE}")
    report = only(db)
    assert (report.province_code, report.commune_code) == ("08", "00706")
    assert (report.words, report.contact) == (SEEN["words"], SEEN["contact"])
    photo = db.session.get(files.StoredFile, report.photo_id)
    assert photo.is_private
    with Image.open(files.path_of(photo.name)) as kept:
        assert not kept.getexif()
    assert "Cảm ơn bạn" in client.get(sent.location).text
    assert client.get(f"/tep/{photo.name}").status_code == 404


@pytest.mark.parametrize("code", ["OCOP-GIA", "99-00706-001-2026"])
def test_a_code_that_names_no_place_comes_to_every_moderator(client, db, code):
    assert send(client, code).status_code == 303
    assert only(db).province_code is None
    assert code in sign_in(client, moderator_of(province_code=HA_NOI)).get(QUEUE).text


@pytest.mark.parametrize(
    "wrong", [{"seen_at": "moon"}, {"words": " "}, {"photo": (io.BytesIO(b"<svg/>"), "a.jpg")}]
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, db, wrong):
    answer = send(client, **wrong)
    assert answer.status_code == 422
    assert SEEN["contact"] in answer.text
    assert db.session.scalar(db.select(CodeReport)) is None


def test_one_address_cannot_flood_the_desk(client):
    for _ in range(REPORTS.most):
        assert send(client).status_code == 303
    assert send(client).status_code == 429


def test_the_form_says_whose_code_it_is(client):
    row = CertificateFactory()
    page = client.get(f"/chung-nhan/{row.product_code}/bao").text
    assert row.holder in page
    assert client.get("/chung-nhan/--/bao").status_code == 404


def test_moderators_see_the_reports_of_their_place_alone(client, new_client):
    report = CodeReportFactory(province_code="08")
    own, other = sign_in(client, moderator_of(province_code=TUYEN_QUANG)), new_client()
    sign_in(other, moderator_of(province_code=HA_NOI))
    assert report.product_code in own.get(QUEUE).text
    assert own.get(f"{QUEUE}/{report.id}").status_code == 200
    assert report.product_code not in other.get(QUEUE).text
    assert other.get(f"{QUEUE}/{report.id}").status_code == 404


def test_the_desk_says_how_many_wait(app):
    CodeReportFactory()
    with app.test_request_context():
        counts = [
            row[1]
            for row in slots.collect("moderation.queues", floor_moderator())
            if isinstance(row, tuple) and row[2] == QUEUE
        ]
    assert counts == [1]


def test_a_report_is_closed_with_a_note(client, db):
    report = CodeReportFactory()
    desk = sign_in(client, floor_moderator())
    assert desk.post(f"{QUEUE}/{report.id}", data={"note": ""}).status_code == 422
    sent = desk.post(f"{QUEUE}/{report.id}", data={"note": "Đã hỏi chủ thể, mã in sai"})
    assert (sent.status_code, sent.location) == (303, QUEUE)
    assert report.product_code not in desk.get(QUEUE).text
    assert report.product_code in desk.get(f"{QUEUE}?xong=1").text
    assert "mã in sai" in desk.get(f"{QUEUE}/{report.id}").text
    actions = db.session.scalars(db.select(AuditEntry.action)).all()
    assert "code.handled" in actions
    again = desk.post(f"{QUEUE}/{report.id}", data={"note": "Lần nữa"})
    assert again.status_code == 409


def test_nobody_closes_what_is_said_of_the_own_stall(db):
    row, moderator = CertificateFactory(), floor_moderator()
    MemberFactory(stall=db.session.get(Stall, row.stall_id), user=moderator)
    report = CodeReportFactory(product_code=row.product_code)
    with pytest.raises(Forbidden):
        handle_report(moderator, report.id, note="Không sao")


def test_closing_says_no_plainly(app):
    report, moderator = CodeReportFactory(), floor_moderator()
    with pytest.raises(InvalidInput):
        handle_report(moderator, report.id, note="")
    with pytest.raises(NotFound):
        handle_report(UserFactory(), report.id, note="Tôi")
    handle_report(moderator, report.id, note="Xong")
    with pytest.raises(WrongState):
        handle_report(moderator, report.id, note="Xong nữa")


def test_the_queue_asks_no_more_as_reports_grow(client, db):
    desk = sign_in(client, floor_moderator())
    CodeReportFactory()
    desk.get(QUEUE)
    assert_queries_stay_flat(desk, QUEUE, lambda: CodeReportFactory.create_batch(5), db.engine)
