"""The pages of the self-assessment, with JavaScript off, and the two official forms."""

import io

import pypdfium2 as pdfium
import pytest
from sqlalchemy import select, update

from shop.core import clock
from shop.core.db import change, transaction
from shop.dossiers.models import Assessment, AssessmentEvidence
from shop.dossiers.queries.assessments import answers_of
from tests.catalogue.cockpit import as_helper, as_manager, photo
from tests.catalogue.factories import ProductFactory
from tests.dossiers.sheets import begun, best, sheet_of_product
from tests.stalls.factories import StallFactory

NAME = "Chè Shan tuyết cổ thụ Mẫu"


@pytest.fixture
def stall(app):
    return StallFactory()


@pytest.fixture
def product(stall):
    return ProductFactory(stall=stall, name=NAME, product_set=11)


def opened(client, product, answers=None) -> str:
    """Sign the manager in and return the address of a begun sheet."""
    stall, made = product.stall, begun(product, answers)
    at = f"/quan-ly/{stall.slug}/tu-danh-gia/{made.id}"
    as_manager(client, stall)
    return at


def text_of_pdf(data: bytes) -> str:
    pages = pdfium.PdfDocument(data)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    return " ".join(text.split())


def test_a_manager_begins_from_the_certificate_page(client, stall, product):
    cockpit = f"/quan-ly/{stall.slug}"
    address = f"{cockpit}/tu-danh-gia"
    as_manager(client, stall)
    page = client.get(f"{cockpit}/hang/{product.id}/chung-nhan").text
    assert f"/tu-danh-gia?san_pham={product.id}" in page
    assert "/tu-danh-gia" in client.get(f"{cockpit}/them").text
    assert f'selected value="{product.id}"' in client.get(f"{address}?san_pham={product.id}").text
    sent = client.post(address, data={"product_id": product.id, "product_set": "0"})
    assert sent.status_code == 303
    assert "0/" in client.get(sent.location).text
    assert NAME in client.get(address).text
    refused = client.post(address, data={"product_id": "999999", "product_set": "0"})
    assert refused.status_code == 422


def test_the_choice_says_which_set_is_the_products_own(client, stall, product):
    as_manager(client, stall)
    page = client.get(f"/quan-ly/{stall.slug}/tu-danh-gia").text
    assert f"{NAME} (bộ 11)" in page
    assert "Bộ của chính sản phẩm: 11. " in page


def test_save_and_next_goes_through_the_sheet(client, product, db):
    number = len(list(sheet_of_product(product).criteria()))
    at = opened(client, product)
    sent = client.post(f"{at}/1", data={"option": "1", "note": "Vùng chè của xã"})
    assert (sent.status_code, sent.location) == (303, f"{at}/2")
    page = client.get(f"{at}/1").text
    assert "Vùng chè của xã" in page
    assert "2,00 điểm" in page
    assert client.post(f"{at}/{number}", data={}).location == at
    assert client.get(f"{at}/{number + 1}").status_code == 404
    assert client.post(f"{at}/{number + 1}", data={}).status_code == 404


def test_a_refused_page_keeps_what_was_typed(client, product, db):
    at = opened(client, product)
    sent = client.post(f"{at}/1", data={"option": "77", "note": "Lời đã gõ"})
    assert (sent.status_code, "Lời đã gõ" in sent.text) == (422, True)
    wrong = (io.BytesIO(b"no picture"), "x.jpg")
    sent = client.post(f"{at}/1", data={"option": "1", "note": "Lời đã gõ", "files": wrong})
    assert (sent.status_code, "Lời đã gõ" in sent.text) == (422, True)
    assert answers_of(int(at.rpartition("/")[2])) == {}


def test_evidence_is_shown_and_removed(client, product, db):
    at = opened(client, product)
    client.post(f"{at}/1", data={"files": (io.BytesIO(photo()), "hop-dong.jpg")})
    kept = db.session.scalars(select(AssessmentEvidence.id)).one()
    assert "hop-dong.jpg" in client.get(f"{at}/1").text
    shown = client.get(f"{at}/tep/{kept}/0")
    assert (shown.status_code, shown.mimetype) == (200, "image/webp")
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert client.post(f"{at}/tep/{kept}/bo").location == f"{at}/1"
    assert client.get(f"{at}/tep/{kept}/0").status_code == 404


def test_somebody_elses_is_not_found_and_helpers_may_not(client, stall, product, db):
    at = opened(client, product)
    client.post(f"{at}/1", data={"files": (io.BytesIO(photo()), "hop-dong.jpg")})
    kept = db.session.scalars(select(AssessmentEvidence.id)).one()
    number, rival = at.rpartition("/")[2], StallFactory()
    foreign = f"/quan-ly/{rival.slug}/tu-danh-gia/{number}"
    as_manager(client, rival)
    for path in (foreign, f"{foreign}/1", f"{foreign}/mau-01.pdf", f"{foreign}/tep/{kept}/0"):
        assert client.get(path).status_code == 404
    assert client.post(f"{foreign}/tep/{kept}/bo").status_code == 404
    as_helper(client, stall)
    assert client.get(at).status_code == 403


def test_a_sheet_that_was_handed_in_is_read_only(client, product):
    at = opened(client, product, {"1.1": 1})
    with transaction():
        change(update(Assessment).values(frozen_at=clock.now()))
    assert client.post(f"{at}/1", data={"option": "0"}).status_code == 409
    page = client.get(f"{at}/1").text
    assert 'type="submit"' not in page.partition("<main")[2]
    assert "Đã nộp" in client.get(at).text


def test_a_sheet_is_thrown_away_by_two_steps_without_a_script(client, stall, product):
    at = opened(client, product, {"1.1": 1})
    page = client.get(at).text
    assert f'action="{at}/bo"' in page.partition("<details")[2]
    sent = client.post(f"{at}/bo")
    assert (sent.status_code, sent.location) == (303, f"/quan-ly/{stall.slug}/tu-danh-gia")
    assert client.get(at).status_code == 404
    assert client.post(f"{at}/bo").status_code == 404


def test_a_sheet_in_a_dossier_cannot_be_thrown_away(client, product):
    at = opened(client, product, {"1.1": 1})
    client.post(f"{at}/nop-ho-so", data={"kind": "first", "sure": "y"})
    assert f"{at}/bo" not in client.get(at).text
    assert client.post(f"{at}/bo").status_code == 409


def test_the_overview_names_what_holds_the_next_star_back(client, product):
    page = client.get(opened(client, product, {"1.1": 0})).text
    assert "Để đạt 3 sao OCOP" in page
    assert "Mức tối thiểu còn thiếu" in page
    assert page.count("Chưa trả lời") > 20


def test_the_forms_carry_the_facts_and_the_total(client, stall, product):
    sheet = sheet_of_product(product)
    at = opened(client, product, best(sheet))
    first = text_of_pdf(client.get(f"{at}/mau-01.pdf").data)
    for words in ("Mẫu 01", NAME, stall.legal_name, stall.tax_code, "Quyết định 26/2026"):
        assert words in first
    assert "Hạng sao đăng ký: 5 sao" in first
    assert first.partition("IV. Cam kết")[2].count("." * 80) >= 3
    second = text_of_pdf(client.get(f"{at}/mau-02.pdf").data)
    total = sum(
        sheet.criterion(code).options[option].points_hundredths
        for code, option in best(sheet).items()
    )
    assert f"TỔNG ĐIỂM TỰ ĐÁNH GIÁ: {total // 100},{total % 100:02} / 100 điểm" in second
    assert all(f"{each.code}. " in second for each in sheet.criteria())


def test_the_stars_asked_for_stay_open_while_the_answers_bring_none(client, product):
    at = opened(client, product, {"1.1": 0})
    assert "Hạng sao đăng ký: ....." in text_of_pdf(client.get(f"{at}/mau-01.pdf").data)


@pytest.mark.parametrize("lines", range(0, 24, 4))
def test_the_signature_stands_with_the_total_and_notes_are_printed(client, product, lines):
    sheet = sheet_of_product(product)
    at = opened(client, product, best(sheet))
    words = "Ghi chú mẫu " + "rất dài " * 12 * lines
    client.post(f"{at}/1", data={"note": words[:500]})
    pages = pdfium.PdfDocument(client.get(f"{at}/mau-02.pdf").data)
    texts = [page.get_textpage().get_text_bounded() for page in pages]
    assert "ĐẠI DIỆN CHỦ THỂ" in texts[-1]
    assert "TỔNG ĐIỂM TỰ ĐÁNH GIÁ" in texts[-1]
    assert "Ghi chú của chủ thể: Ghi chú mẫu" in " ".join(" ".join(texts).split())


def test_questions_do_not_grow_with_answers(client, product, count_queries):
    sheet = sheet_of_product(product)
    full = begun(product, best(sheet)).id
    at = opened(client, product)
    client.get(at)
    with count_queries() as few:
        client.get(at)
    with count_queries() as many:
        client.get(f"{at.rpartition('/')[0]}/{full}")
    assert len(few) == len(many) <= 14
    with count_queries() as page:
        client.get(f"{at}/1")
    assert len(page) <= 14
