"""Recognition lists as files: what is understood, and how a fault is told."""

import io
import unicodedata
from datetime import date, timedelta

import pytest
import xlsxwriter

from shop.certification.lists import bounds
from shop.certification.lists.layout import read_sheet
from shop.certification.lists.rows import judge
from shop.core import clock
from shop.core.errors import InvalidInput

HEAD = "name,producer,place,province_before_2025,stars,decision_number,decided_on\n"


def judged(text: str | bytes):
    data = text.encode() if isinstance(text, str) else text
    return judge(read_sheet(data))


def refusal(data: bytes) -> str:
    with pytest.raises(InvalidInput) as refused:
        read_sheet(data)
    return str(refused.value.message)


def reasons(text: str) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.heading, str(fault.reason)) for fault in judged(text).faults]


def workbook(rows) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(line, column, value, day)
            else:
                sheet.write(line, column, value)
    book.close()
    return out.getvalue()


def test_reads_english_headings(app):
    row = judged(HEAD + "Mật ong,HTX A,xã B,Hà Giang,4,12/QĐ,2025-03-14\n").rows[0]
    assert (row.product_name, row.producer, row.place, row.old_province) == (
        "Mật ong", "HTX A", "xã B", "Hà Giang",
    )  # fmt: skip
    assert (row.stars, row.decision_number, row.decided_on) == (4, "12/QĐ", date(2025, 3, 14))


def test_reads_vietnamese_headings_under_a_title_with_semicolons(app):
    text = (
        "\ufeffDANH SÁCH SẢN PHẨM;;;;\n;;;;\n"
        "STT;Tên sản phẩm;Chủ thể;Tỉnh;Số sao;Ngày quyết định\n"
        "1;Chè;HTX B;Cao Bằng;3 sao;1/2/2024\n"
    )
    row = judged(text).rows[0]
    assert (row.line, row.product_name, row.producer, row.stars) == (4, "Chè", "HTX B", 3)
    assert row.decided_on == date(2024, 2, 1)


def test_reads_excel_with_numbers_and_days_as_excel_keeps_them(app):
    rows = [("Sản phẩm", "Tỉnh", "Sao", "Ngày ký"), ("Cam", "Hà Giang", 4.0, date(2024, 5, 6))]
    row = judged(workbook(rows)).rows[0]
    assert (row.line, row.product_name, row.stars, row.decided_on) == (
        2,
        "Cam",
        4,
        date(2024, 5, 6),
    )


def test_keeps_missing_stars_and_makers_as_missing(app):
    row = judged(HEAD + "Mật ong,-,,Hà Giang,,,\n").rows[0]
    assert (row.producer, row.stars, row.decided_on) == ("", None, None)


def test_takes_decomposed_accents_as_the_same_letters(app):
    decomposed = unicodedata.normalize("NFD", HEAD + "Mật ong,HTX Ở,xã Ấ,Hà Giang,4,,\n")
    row = judged(decomposed).rows[0]
    composed = judged(unicodedata.normalize("NFC", decomposed)).rows[0]
    assert (row.product_name, row) == ("Mật ong", composed)
    assert row.source_key == composed.source_key


def test_other_accents_are_another_product_but_not_other_places_of_a_tone(app):
    rows = "".join(f"{name},A,B,Hà Giang,3,,\n" for name in ("Dứa sấy", "Dưa sấy"))
    assert len(judged(HEAD + rows).rows) == 2
    rows = "".join(f"{name},A,B,Hà Giang,3,,\n" for name in ("Trà Hòa", "Trà Hoà"))
    assert len(judged(HEAD + rows).rows) == 1


@pytest.mark.parametrize(
    ("cells", "heading", "reason"),
    [
        (",A,B,Hà Giang,4,,", "name", "không được để trống"),
        ("Cam,A,B,,4,,", "province_before_2025", "không được để trống"),
        ("Cam,A,B,Hà Giang,2,,", "stars", "hạng 1 và 2 sao không được công nhận là OCOP"),
        ("Cam,A,B,Hà Giang,6,,", "stars", "số sao là 3, 4 hoặc 5, không phải “6”"),
        ("Cam,A,B,Hà Giang,0,,", "stars", "số sao là 3, 4 hoặc 5, không phải “0”"),
        ("=2+3,A,B,Hà Giang,4,,", "name", "trông như công thức; hãy ghi giá trị"),
        ("Cam,@A,B,Hà Giang,4,,", "producer", "trông như công thức; hãy ghi giá trị"),
        ("Cam,A,B,Hà Giang,4,,31/02/2024", "decided_on", "không phải “31/02/2024”"),
        ("Cam,A,B,Hà Giang,4,,01/01/2001", "decided_on", "trước năm 2013"),
        ("Cam\u202e,A,B,Hà Giang,4,,", "name", "ký tự không đọc được"),
        (f"{'a' * 201},A,B,Hà Giang,4,,", "name", "dài hơn 200 ký tự"),
    ],
)
def test_names_line_column_and_reason_of_a_bad_cell(app, cells, heading, reason):
    (found,) = reasons(HEAD + "Tốt,A,B,Hà Giang,3,,\n" + cells + "\n")
    assert found[:2] == (3, heading)
    assert reason in found[2]


def test_a_decision_of_tomorrow_is_a_fault(app):
    tomorrow = clock.today() + timedelta(days=1)
    (found,) = reasons(HEAD + f"Cam,A,B,Hà Giang,4,,{tomorrow}\n")
    assert found[1:] == ("decided_on", "ngày này còn ở phía trước")


def test_counts_lines_over_cells_of_several_lines(app):
    (found,) = reasons(HEAD + '"Mật\nong",A,B,Hà Giang,3,,\nCam,A,B,Hà Giang,9,,\n')
    assert found[0] == 4


def test_a_repeated_row_counts_once_and_a_contradicting_one_is_a_fault(app):
    row = "Cam,A,B,Hà Giang,3,,\n"
    found = judged(HEAD + row + row + "Cam,a,b,Hà Giang,5,,\n")
    assert len(found.rows) == 1
    assert [fault.line for fault in found.faults] == [4]
    assert "dòng 2" in str(found.faults[0].reason)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Tên sản phẩm,Tỉnh\nCam,Hà Giang\n".encode("utf-16"), "UTF-16"),
        (HEAD.encode() + "Mật ong Tỉnh Đồng\n".encode("cp1258", "replace") + b"\xd0\xec,\xf2\n",
         "Windows-1258"),
        (b"a,b\n1,2\n", "dòng tiêu đề"),
        (b"", "dòng tiêu đề"),
        (HEAD.encode() + b'"Cam,A,B\n', "dấu ngoặc kép"),
        (b"PK\x03\x04 this is no workbook", "Excel"),
        (b"\xd0\xcf\x11\xe0old", "Excel kiểu cũ"),
    ],
)  # fmt: skip
def test_says_in_a_sentence_why_a_file_cannot_be_read(app, data, words):
    assert words in refusal(data)


def test_says_which_line_has_another_encoding(app):
    assert "Dòng 3" in refusal(HEAD.encode() + b"Cam,A,B,C,4,,\nM\xe2\xf2t,A,B,C,4,,\n")


def test_refuses_files_beyond_its_bounds(app, monkeypatch):
    assert "10 MB" in refusal(b"x" * (bounds.MOST_BYTES + 1))
    monkeypatch.setattr(bounds, "MOST_ROWS", 3)
    assert "50.000" in refusal((HEAD + "Cam,A,B,Hà Giang,4,,\n" * 4).encode())
    monkeypatch.setattr(bounds, "MOST_UNPACKED", 1000)
    assert "giải nén" in refusal(workbook([("Sản phẩm", "Tỉnh"), ("Cam", "Hà Giang")]))
