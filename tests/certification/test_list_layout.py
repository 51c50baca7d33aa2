"""Published files as provinces make them: merged cells, two lines of headings, groups, marks."""

from datetime import date

import pytest

from shop.certification.lists.cells import split_decision, stars_text
from shop.certification.lists.headings import column_of
from shop.certification.lists.layout import Layout, guess, of_json, read_rows, to_json
from shop.certification.lists.rows import judge
from shop.certification.lists.sheets import read_grid
from tests.certification.published import decision_file


def read(data: bytes, sheet=None, **more):
    lines = read_grid(data, sheet).lines
    layout = guess(lines)
    given = {**to_json(layout), "defaults": {"old_province": "Tuyên Quang"}, **more}
    return judge(read_rows(lines, of_json(given)))


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Tên SP", "product_name"),
        ("TÊN SẢN PHẨM OCOP", "product_name"),
        ("Sản phẩm", "product_name"),
        ("Nhóm sản phẩm", None),
        ("Chủ thể sản xuất", "producer"),
        ("Tên chủ thể OCOP", "producer"),
        ("Cơ sở  sản xuất", "producer"),
        ("Số điện thoại chủ thể", None),
        ("Địa chỉ (xã, phường)", "place"),
        ("Địa chỉ chủ thể", "place"),
        ("Xã/Phường", "place"),
        ("Tỉnh/TP", "old_province"),
        ("Hạng sao", "stars"),
        ("Kết quả phân hạng", "stars"),
        ("3 sao", "stars_3"),
        ("Hạng 4 sao", "stars_4"),
        ("****", "stars_4"),
        ("Số QĐ, ngày tháng năm", "decision"),
        ("Quyết định công nhận (số, ngày)", "decision"),
        ("Số quyết định", "decision_number"),
        ("Ngày quyết định", "decided_on"),
        ("Ngày cấp", "decided_on"),
        ("Điểm", None),
        ("STT", None),
        ("Ghi chú", None),
    ],
)
def test_knows_headings_in_their_varying_words(heading, column):
    assert column_of(heading) == column


@pytest.mark.parametrize(
    ("text", "number", "day"),
    [
        ("Số 12/QĐ-UBND ngày 05/3/2025", "12/QĐ-UBND", "05/03/2025"),
        ("12/QĐ-UBND, 5/3/2025", "12/QĐ-UBND", "05/03/2025"),
        ("Quyết định số 12/QĐ-UBND ngày 5 tháng 3 năm 2025", "12/QĐ-UBND", "05/03/2025"),
        ("12/QĐ-UBND\n(05-03-2025)", "12/QĐ-UBND", "05/03/2025"),
        ("12/QĐ-UBND", "12/QĐ-UBND", ""),
        ("2025-03-05", "", "05/03/2025"),
    ],
)
def test_takes_number_and_day_apart(text, number, day):
    assert split_decision(text) == (number, day)


@pytest.mark.parametrize(
    ("text", "read"), [("****", "4"), ("★★★", "3"), ("Hạng 4 sao", "4 sao"), ("4 sao", "4 sao")]
)
def test_reads_stars_that_are_drawn(text, read):
    assert stars_text(text) == read


def test_reads_a_decision_file_with_merged_cells_and_groups(app):
    judged = read(decision_file(), "Phụ lục")
    rows = judged.rows[:2]
    assert [(row.line, row.product_name, row.producer, row.place, row.stars) for row in rows] == [
        (8, "Mật ong mẫu", "HTX mẫu Ong Rừng", "xã Mẫu Một", 4),
        (9, "Sáp ong mẫu", "HTX mẫu Ong Rừng", "xã Mẫu Một", 3),
    ]
    for row in rows:
        assert (row.decision_number, row.decided_on) == ("12/QĐ-UBND", date(2025, 3, 5))
    assert [fault.line for fault in judged.faults] == [11, 12]
    assert "ngày mai" in str(judged.faults[1].reason)


def test_the_first_sheet_counts_and_others_can_be_chosen(app):
    grid = read_grid(decision_file())
    assert (grid.sheets, grid.sheet) == (["Bìa", "Phụ lục"], "Bìa")
    assert guess(grid.lines) is None


def test_a_commune_alone_in_a_row_is_the_place_of_the_rows_below(app):
    text = (
        "TT,Tên sản phẩm,Chủ thể,Hạng sao\nI,Xã Mẫu Một,,\n1,Cam mẫu,HTX mẫu,4\n"
        ",Phường Mẫu Hai,,\n2,Chè mẫu,HTX mẫu,3\nTổng cộng,,,\n"
    )
    places = [(row.product_name, row.place) for row in read(text.encode()).rows]
    assert places == [("Cam mẫu", "Xã Mẫu Một"), ("Chè mẫu", "Phường Mẫu Hai")]


def test_goods_alone_in_a_numbered_row_are_no_group(app):
    judged = read("TT,Tên sản phẩm,Chủ thể\n1,Cam mẫu,\n".encode())
    assert [row.product_name for row in judged.rows] == ["Cam mẫu"]


def test_empty_cells_mean_the_same_as_above_only_when_asked(app):
    text = "TT,Tên sản phẩm,Chủ thể\n1,Cam mẫu,HTX mẫu\n2,Chè mẫu,\n".encode()
    assert [row.producer for row in read(text).rows] == ["HTX mẫu", ""]
    assert [row.producer for row in read(text, fill_down=True).rows] == ["HTX mẫu", "HTX mẫu"]


def test_what_is_given_for_the_file_yields_to_its_columns(app):
    text = "Tên sản phẩm,Chủ thể,Tỉnh\nCam mẫu,A,Cao Bằng\nChè mẫu,B,\n".encode()
    assert [row.old_province for row in read(text).rows] == ["Cao Bằng", "Tuyên Quang"]


def test_a_layout_is_whole_with_product_and_province():
    bare = Layout(("Tên sản phẩm",), {"product_name": 0}, 2)
    assert not bare.is_whole
    assert Layout(bare.headings, bare.columns, 2, {"old_province": "Cao Bằng"}).is_whole
