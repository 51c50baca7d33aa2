"""Scans with something else inside: refused or cleaned, and what was typed stays."""

import io

import pytest
from PIL import Image

from shop.certification.models import Certificate
from shop.core import files, outbox
from shop.core.files import StoredFile
from tests.accounts.factories import floor_moderator, sign_in
from tests.catalogue.cockpit import open_goods
from tests.catalogue.factories import ProductFactory
from tests.catalogue.test_product_certificate import claim
from tests.core.test_images import PHONE, claiming, pdf, picture, taken_by_a_phone

SCRIPT = b"<script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
RUNS = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>"
    b"endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>endobj\n"
    b"trailer<</Root 1 0 R/Size 4>>\n%%EOF\n"
)
MEGABYTE = 1024 * 1024


@pytest.fixture
def at(client):
    return f"{open_goods(client, ProductFactory())}/chung-nhan"


def hand_in(client, at, data, name="giay.jpg"):
    return client.post(at, data=claim(scan=(io.BytesIO(data), name)))


def kept(db) -> tuple[Certificate, StoredFile]:
    certificate = db.session.scalars(db.select(Certificate)).one()
    return certificate, db.session.get_one(StoredFile, certificate.scan_id)


@pytest.mark.parametrize(
    "data",
    [SVG, b"<!doctype html>" + SCRIPT, b"GIF89a/*" + SCRIPT, b"MZ" + bytes(500), b"%PDF-1.7" + SVG,
     claiming(30_000, 30_000), pdf(pages=21)],
    ids=["svg", "html", "gif and script", "program", "pdf and svg", "bomb", "endless pdf"],
)  # fmt: skip
def test_what_is_no_scan_is_refused_and_the_words_stay(client, at, db, data):
    answer = hand_in(client, at, data)
    assert answer.status_code == 422
    assert 'value="12/QĐ-UBND"' in answer.text
    assert db.session.scalar(db.select(Certificate)) is None


def test_a_scan_of_16_mb_is_refused_and_the_words_stay(client, at, db):
    answer = hand_in(client, at, picture() + bytes(16 * MEGABYTE))
    answer.request.environ["wsgi.input"].close()  # the test's own file of what was sent
    assert answer.status_code == 422
    assert "15 MB" in answer.text
    assert 'value="12/QĐ-UBND"' in answer.text
    assert db.session.scalar(db.select(Certificate)) is None


def test_a_photo_of_40_mb_is_refused_in_words(client, at, db):
    kind = "multipart/form-data; boundary=x"
    says = {"CONTENT_LENGTH": str(41 * MEGABYTE)}  # refused by its length, before it is read
    answer = client.post(at, data=b"--x--", content_type=kind, environ_overrides=says)
    assert answer.status_code == 413
    assert "15 MB" in answer.text
    assert db.session.scalar(db.select(Certificate)) is None


@pytest.mark.parametrize("data", [taken_by_a_phone(), picture() + SVG], ids=["place", "polyglot"])
def test_of_a_photo_the_pixels_alone_are_kept(client, at, db, data):
    assert hand_in(client, at, data).status_code == 303
    raw = files.path_of(kept(db)[1].name).read_bytes()
    with Image.open(io.BytesIO(raw)) as opened:
        assert (opened.format, dict(opened.getexif())) == ("WEBP", {})
    assert PHONE.encode() not in raw
    assert b"script" not in raw


@pytest.mark.parametrize("data", [RUNS, pdf(1, (14_000, 14_000))], ids=["javascript", "huge"])
def test_a_pdf_is_shown_as_bounded_pictures_alone(client, at, db, data):
    assert hand_in(client, at, data, "giay.pdf").status_code == 303
    outbox.run_until_empty()
    certificate, _ = kept(db)
    desk = sign_in(client, floor_moderator())
    case = f"/tham-dinh/chung-nhan/{certificate.id}/ban-quet"
    page = desk.get(f"{case}/1")
    assert page.mimetype == "image/webp"
    with Image.open(io.BytesIO(page.data)) as opened:
        assert max(opened.size) <= 4097
    assert desk.get(f"{case}/0").status_code == 404
