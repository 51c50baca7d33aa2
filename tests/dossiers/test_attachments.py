"""Which papers a criterion asks for: every criterion of the 26 sheets has its row, none is idle."""

import io
import json

import pytest

from shop.criteria.queries import current_version, sheet_of
from shop.dossiers.attachments import (
    DATA,
    Paper,
    beginning_of,
    papers_for,
    plain,
    table,
    without_paper,
)
from shop.dossiers.standing import standing
from shop.stalls.models import DocumentKind
from tests.catalogue.cockpit import as_manager, photo
from tests.catalogue.factories import ProductFactory
from tests.dossiers.sheets import begun, best, sheet_of_product
from tests.stalls.factories import DocumentFactory


@pytest.fixture
def sheets(app):
    version = current_version().id
    return [sheet_of(version, number) for number in range(1, 27)]


def test_every_criterion_has_a_row_and_every_row_a_criterion(sheets):
    beginnings = {beginning_of(each) for sheet in sheets for each in sheet.criteria()}
    assert beginnings == set(table())
    rows = json.loads(DATA.read_text("utf-8"))
    assert len(rows) == len(table())
    assert {paper for papers in table().values() for paper in papers} == set(Paper)


def test_the_longest_beginning_counts(sheets):
    tourism = {each.code: papers_for(each) for each in sheets[25].criteria()}
    assert tourism["4.1"] == (Paper.LINKAGE,)
    assert papers_for(sheets[0].criterion("6.2")) == ()
    assert plain(". Chỉ tiêu chín  h") == "chỉtiêuchính"


def test_only_claimed_points_ask_for_a_paper(sheets):
    sheet = sheets[0]
    nothing = [option.points_hundredths for option in sheet.criterion("1.2").options].index(0)
    given = {"1.1": 1, "1.2": nothing, "6.2": 4, "2.3": 1}
    assert [each.code for each in without_paper(sheet, given, {"2.3"})] == ["1.1"]


def test_the_pages_tell_what_is_asked_and_what_is_missing(client, db):
    product = ProductFactory()
    sheet = sheet_of_product(product)
    code, number = "1.1", 1
    DocumentFactory(stall=product.stall, kind=DocumentKind.BUSINESS_REGISTRATION)
    slug, made = product.stall.slug, begun(product, best(sheet)).id
    at = f"/quan-ly/{slug}/tu-danh-gia/{made}"
    claims = len(without_paper(sheet, best(sheet), ()))
    as_manager(client, product.stall)
    assert f"{claims} câu trả lời chưa có giấy tờ" in client.get(at).text
    page = client.get(f"{at}/{number}").text
    assert "Chưa kèm tệp nào" in page
    assert str(papers_for(sheet.criterion(code))[0].label) in page
    client.post(f"{at}/{number}", data={"files": (io.BytesIO(photo()), "hop-dong.jpg")})
    assert "Đã kèm 1 tệp" in client.get(f"{at}/{number}").text
    assert f"{claims - 1} câu trả lời chưa có giấy tờ" in client.get(at).text
    kind = 1 + [each.code for each in sheet.criteria()].index("3.1")
    assert "Gian hàng đã nộp cho sàn" in client.get(f"{at}/{kind}").text


def test_the_standing_counts_what_lacks_and_what_is_open(sheets):
    sheet = sheets[0]
    first = standing(sheet, {"1.1": 0})
    assert len(first.open_criteria) == first.score.count - 1
    assert first.open_hundredths == 100_00 - sheet.criterion("1.1").most_hundredths
    assert first.lacking_hundredths == 50_00 - first.score.total_hundredths
    whole = standing(sheet, best(sheet))
    assert (whole.open_criteria, whole.lacking_hundredths) == ([], 0)
