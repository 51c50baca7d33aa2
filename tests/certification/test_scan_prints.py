"""One scan used twice is seen, even when it was saved anew in another size and quality."""

import io
from dataclasses import replace

import pytest
from PIL import Image
from sqlalchemy import func, select

from shop.certification.models import ScanTwin
from shop.certification.operations.prints import compare_scan
from shop.certification.prints import alike
from shop.certification.queries.moderation import evidence
from shop.core import files, images
from shop.core.db import db, transaction
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
        scan = files.store_document(data)
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


def test_the_page_asks_no_more_for_more_twins(first, count_queries):
    copy = claim(saved_anew(render_scan(FIELDS)))
    certificate = _loaded(copy.id)
    with count_queries() as few:
        assert len(evidence(certificate).like_scan) == 1
    claim(saved_anew(render_scan(FIELDS)))
    certificate = _loaded(copy.id)
    with count_queries() as more:
        assert len(evidence(certificate).like_scan) == 2
    assert len(more.statements) == len(few.statements)


def _loaded(certificate_id):
    from shop.certification.queries.moderation import case

    db.session.expire_all()
    return case(floor_moderator(), certificate_id)


def test_blank_sheets_are_no_twins():
    blank = io.BytesIO()
    Image.new("RGB", (900, 1200), "white").save(blank, "PNG")
    look = images._look(Image.open(blank))
    assert not alike(look, look)
