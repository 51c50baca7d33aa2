"""One scan used twice is seen, even when it was saved anew in another size and quality."""

import io
from dataclasses import replace

import pytest
from PIL import Image
from sqlalchemy import func, select

from shop.certification.models import ScanTwin
from shop.certification.operations.prints import compare_scan
from shop.certification.prints import may_be_one
from shop.certification.queries.moderation import case, evidence
from shop.core import files, looks
from shop.core.db import db as database
from shop.core.db import transaction
from shop.demo.pictures.scan import ScanFields, render_scan
from tests.accounts.factories import floor_moderator, sign_in
from tests.certification.factories import CertificateFactory

FIELDS = ScanFields(
    decision_number="120/QĐ-MẪU",
    decision_date="01/02/2026",
    issuer="Cơ quan cấp (mẫu)",
    product="Mật ong bạc hà mẫu",
    product_code="08-00706-012-2026",
    product_set="Mật ong",
    holder="HTX mẫu A",
    place="xã Mẫu, Tuyên Quang",
    stars=4,
    score="81,50",
    expires_on="01/02/2029",
)
OTHER = replace(FIELDS, product="Chè Shan tuyết mẫu", holder="HTX mẫu Bản Nậm", stars=3)


def saved_anew(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as opened:
        small = opened.convert("RGB").resize((opened.width * 2 // 3, opened.height * 2 // 3))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=60)
    return out.getvalue()


def claim(data: bytes):
    with transaction():
        scan = files.keep_document(files.read_document(data))
    certificate = CertificateFactory(submitted=True, scan_id=scan.id)
    compare_scan({"certificate_id": certificate.id})
    return certificate


@pytest.fixture
def first(app):
    return claim(render_scan(FIELDS))


def twins(db, certificate) -> list[int]:
    wanted = select(ScanTwin.twin_id).where(ScanTwin.certificate_id == certificate.id)
    return list(db.session.scalars(wanted))


def test_a_copy_in_another_size_and_quality_is_seen_from_both_sides(first, db):
    copy = claim(saved_anew(render_scan(FIELDS)))
    assert twins(db, copy) == [first.id]
    assert twins(db, first) == [copy.id]
    compare_scan({"certificate_id": copy.id})
    assert db.session.scalar(select(func.count()).select_from(ScanTwin)) == 2


def test_another_certificate_of_the_same_office_is_not(first, db):
    assert twins(db, claim(render_scan(OTHER))) == []


def test_the_moderator_is_warned(first, client):
    copy = claim(saved_anew(render_scan(FIELDS)))
    page = sign_in(client, floor_moderator()).get(f"/tham-dinh/chung-nhan/{copy.id}").text
    assert "Bản quét trông giống hệt đã được nộp cho sản phẩm khác" in page


def asked_of(certificate_id, count_queries) -> tuple[int, int]:
    """Return how many twins the desk finds, and in how many questions."""
    database.session.expunge_all()
    loaded = case(floor_moderator(), certificate_id)
    with count_queries() as counted:
        found = evidence(loaded).like_scan
    return len(found), len(counted.statements)


def test_the_page_asks_no_more_for_more_twins(first, count_queries):
    copy_id = claim(saved_anew(render_scan(FIELDS))).id
    twins_before, few = asked_of(copy_id, count_queries)
    claim(saved_anew(render_scan(FIELDS)))
    twins_now, many = asked_of(copy_id, count_queries)
    assert (twins_before, twins_now) == (1, 2)
    assert many == few


def changed(**how) -> bytes:
    """Return the first scan after somebody cropped or darkened it and saved it anew."""
    with Image.open(io.BytesIO(render_scan(FIELDS))) as opened:
        picture = opened.convert("RGB")
    width, height = picture.size
    off = how.get("crop", 0)
    box = (width * off, height * off, width * (1 - off), height * (1 - off))
    out = io.BytesIO()
    light = how.get("light", 1)
    cropped = picture.crop(tuple(map(int, box)))
    cropped.point(lambda level: int(level * light)).save(out, "JPEG", quality=how["quality"])
    return out.getvalue()


@pytest.mark.parametrize(
    "how",
    [
        {"quality": 30},
        {"quality": 70, "crop": 0.01},
        {"quality": 70, "crop": 0.03},
        {"quality": 60, "light": 0.85},
    ],
    ids=["poor", "cropped a little", "cropped more", "darker"],
)
def test_a_changed_copy_is_seen(first, db, how):
    assert twins(db, claim(changed(**how))) == [first.id]


def test_goods_of_the_same_holder_on_the_same_paper_are_told_apart(first, db):
    sister = replace(FIELDS, product="Mật ong hoa nhãn mẫu", product_code="08-00706-013-2026")
    assert twins(db, claim(render_scan(sister))) == []


def test_a_scan_that_is_gone_proves_nothing(first, db):
    wanted = select(files.StoredFile).where(files.StoredFile.id == first.scan_id)
    files.path_of(db.session.scalars(wanted).one().name).unlink()
    assert twins(db, claim(saved_anew(render_scan(FIELDS)))) == []


def test_blank_sheets_are_no_twins():
    look = looks.print_of(Image.new("RGB", (900, 1200), "white"))
    assert look == ""
    assert not may_be_one(look, look)
