"""Codes as people type them, codes that nobody holds, the QR code and the card for the shelf."""

import re
from datetime import timedelta

import pytest
import segno
import time_machine

from shop.certification.product_code import canonical
from shop.core import clock
from tests.accounts.factories import floor_moderator, sign_in
from tests.catalogue.factories import ProductFactory
from tests.catalogue.shelves import in_english, soup, stars, words
from tests.certification.factories import CertificateFactory, CodeReportFactory

CODE = "08-00706-012-2026"
BROWSER = {"Accept-Encoding": "br, gzip"}


def certificate(**more):
    return CertificateFactory(product_code=CODE, **more)


@pytest.mark.parametrize(
    "typed",
    [
        "(08)-(00706)-(012)-2026",
        " 08 - 00706 - 012 - 2026 ",
        "08–00706–012–2026",
        "08 00706 012 2026",
        "08.00706.012.2026",
        "08/00706/012/2026",
    ],
)
def test_a_code_is_read_however_it_is_typed(client, typed):
    certificate()
    assert canonical(typed) == CODE
    found = client.get("/chung-nhan", query_string={"ma": typed})
    assert (found.status_code, found.location) == (303, f"/chung-nhan/{CODE}")
    if "/" not in typed:
        moved = client.get(f"/chung-nhan/{typed}")
        assert (moved.status_code, moved.location) == (301, f"/chung-nhan/{CODE}")


@pytest.mark.parametrize("typed", ["", "  ", "--", "/", "…"])
def test_nothing_typed_asks_again(client, typed):
    assert soup(client.get("/chung-nhan", query_string={"ma": typed})).select_one("input[name=ma]")


def test_a_code_that_nobody_holds_says_so_and_offers_to_report_it(client):
    page = client.get("/chung-nhan/08-00706-999-2026")
    assert page.status_code == 404
    for told in ("Chưa có chứng nhận nào mang mã này", "Tỉnh Tuyên Quang", "2026"):
        assert told in page.text
    assert "/chung-nhan/08-00706-999-2026/bao" in page.text
    assert 'class="seal' not in page.text


@pytest.mark.parametrize("number", ["021-2026", "013-2026", "102-2026", "012-2025"])
def test_codes_that_look_alike_are_named(client, number):
    alike = certificate()
    page = client.get(f"/chung-nhan/08-00706-{number}").text
    assert alike.product_name in page
    assert f'href="/chung-nhan/{CODE}"' in page


@pytest.mark.parametrize("typed", ["12-2026", "0012-2026", "𝟎𝟏𝟐-2026"])  # noqa: RUF001
def test_one_code_has_one_page_however_its_number_is_written(client, typed):
    shown = certificate()
    page = client.get(f"/chung-nhan/08-00706-{typed}", follow_redirects=True)
    assert page.status_code == 200
    assert page.request.path == f"/chung-nhan/{CODE}"
    assert shown.product_name in page.text


def test_codes_that_look_different_are_not(client):
    alike = certificate()
    for code in ("08-00706-777-2026", "08-00721-012-2026", "08-00706-012-2020"):
        assert alike.product_name not in client.get(f"/chung-nhan/{code}").text


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("08-706-12", "sai cách viết"),
        ("99-00706-012-2026", "Không có tỉnh nào hiện nay mang số này."),
        ("01-00706-012-2026", "Không có xã, phường nào của tỉnh mang số này."),
        ("<script>", "sai cách viết"),
    ],
)
def test_it_says_what_is_wrong_with_a_code(client, code, told):
    page = client.get(f"/chung-nhan/{code}")
    assert page.status_code == 404
    assert told in page.text


def test_an_endless_code_is_cut(client):
    moved = client.get("/chung-nhan/" + "9" * 3000)
    assert (moved.status_code, moved.location) == (301, "/chung-nhan/" + "9" * 40)


def test_the_page_says_in_a_sentence_until_when(client):
    row = certificate()
    assert f"Còn hiệu lực đến {row.expires_on:%d/%m/%Y}." in words(
        client.get(f"/chung-nhan/{CODE}")
    )


def test_a_browser_asks_each_time_and_is_sent_only_what_has_changed(client):
    certificate(expires_on=clock.today())
    first = client.get(f"/chung-nhan/{CODE}", headers=BROWSER, judge=False)
    assert first.headers["Cache-Control"] == "private, no-cache"
    known = {**BROWSER, "If-None-Match": first.headers["ETag"]}
    again = client.get(f"/chung-nhan/{CODE}", headers=known)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "private, no-cache"
    with time_machine.travel(clock.now() + timedelta(days=1)):
        after = client.get(f"/chung-nhan/{CODE}", headers={"If-None-Match": known["If-None-Match"]})
        assert after.status_code == 200
        assert stars(after) == []


def test_who_is_signed_in_keeps_nothing(client):
    certificate()
    page = sign_in(client, floor_moderator()).get(f"/chung-nhan/{CODE}")
    assert page.headers["Cache-Control"] == "no-store"
    assert "ETag" not in page.headers


def matrix(svg: str) -> set[tuple[int, int]]:
    """Return the dark modules of a drawing, read from its one path of strokes."""
    path = re.search(r'stroke="#000" d="([^"]+)"', svg).group(1)
    dark, x, y = set(), 0, 0.0
    for verb, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        values = [float(each) for each in re.findall(r"-?\d*\.?\d+", numbers)]
        if verb == "h":
            dark |= {(x + step, int(y)) for step in range(int(values[0]))}
            x += int(values[0])
        else:
            x, y = x + int(values[0]), y + values[1]
    return dark


@pytest.mark.parametrize("host", ["localhost", "gia-mao.example"])
def test_the_qr_code_leads_to_our_own_address_whatever_host_is_asked(app, client, host):
    certificate()
    app.config["PUBLIC_URL"] = "https://cho-phien.example"
    try:
        answer = client.get(f"/chung-nhan/{CODE}/qr.svg", headers={"Host": host})
    finally:
        app.config["PUBLIC_URL"] = ""
    made = segno.make_qr(f"https://cho-phien.example/chung-nhan/{CODE}", error="m")
    expected = {
        (x + 4, y + 4) for y, row in enumerate(made.matrix) for x, bit in enumerate(row) if bit
    }
    assert answer.mimetype == "image/svg+xml"
    assert matrix(answer.text) == expected
    assert int(made.version) <= 4
    assert len(answer.data) < 4000


def test_a_code_that_nobody_holds_has_no_qr_code_and_no_card(client):
    for path in ("qr.svg", "the-ke"):
        assert client.get(f"/chung-nhan/{CODE}/{path}").status_code == 404


def test_the_card_shows_what_a_shelf_needs(client):
    row = certificate(stars=5, score_hundredths=9300)
    page = client.get(f"/chung-nhan/{CODE}/the-ke")
    assert page.headers["Cache-Control"] == "no-store"
    for told in (CODE, row.product_name, row.holder, f"{row.expires_on:%d/%m/%Y}", "OCOP 5 sao"):
        assert told in words(page)
    assert soup(page).select_one(f'img[src="/chung-nhan/{CODE}/qr.svg"]')


@pytest.mark.parametrize("trait", ["expired", "revoked", "replaced"])
def test_no_card_for_what_is_not_in_force(client, trait):
    certificate(**{trait: True})
    page = client.get(f"/chung-nhan/{CODE}/the-ke")
    assert page.status_code == 409
    assert "không in được thẻ kệ" in page.text


def test_english_speaks_english(client):
    english = in_english(client)
    assert "Check an OCOP certificate" in words(english.get("/chung-nhan"))
    assert "No certificate of this code" in english.get(f"/chung-nhan/{CODE}").text


@pytest.mark.parametrize("path", ["/chung-nhan/08-00706-{}-2026", "/api/v1/certificates/{}"])
def test_an_unknown_code_asks_no_more_as_certificates_grow(client, count_queries, path):
    def asked():
        with count_queries() as counted:
            assert client.get(path.format("999")).status_code == 404
        return len(counted)

    certificate()
    before = asked()
    for number in range(7):
        CertificateFactory(product_code=f"08-00706-99{number}-2026", product=ProductFactory())
        CodeReportFactory()
    assert asked() <= before
