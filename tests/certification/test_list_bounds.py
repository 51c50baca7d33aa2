"""Files that would cost more than a list is worth: each is refused in a sentence, at once."""

import io
import re
import zipfile

import pytest
import xlsxwriter

from shop.certification.lists import bounds
from shop.certification.lists.layout import read_sheet
from shop.certification.lists.rows import judge
from shop.certification.lists.sheets import read_grid
from tests.certification.test_read_list import HEAD, refusal, workbook

ROW = "Cam,A,B,Hà Giang,4,,\n"
LIST = [("Tên sản phẩm", "Tỉnh"), ("Cam mẫu", "Hà Giang")]
SHEET = "xl/worksheets/sheet1.xml"
LAST = "XFD1048576"


def changed(data: bytes, name: str, change, *, new_name: str = "") -> bytes:
    """Return a workbook one part of which was changed by hand."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for info in old.infolist():
            content = old.read(info)
            is_it = info.filename == name
            new.writestr(
                new_name if is_it and new_name else info.filename,
                change(content.decode()) if is_it else content,
            )
    return out.getvalue()


def with_cell(place: str, inside: str = "<v>1</v>") -> bytes:
    """Return a list with one more cell somewhere."""
    row = re.sub(r"[A-Z]+", "", place)
    cell = f'<row r="{row}"><c r="{place}" s="0">{inside}</c></row></sheetData>'
    return changed(workbook(LIST), SHEET, lambda text: text.replace("</sheetData>", cell))


def book(fill) -> bytes:
    """Return a workbook that a function fills."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        fill(made)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (HEAD + "," * 100_000 + "\n", "100.000 ký tự"),
        (HEAD + "x" * 10_000_000 + "\n", "100.000 ký tự"),
        (HEAD + '"\n",' * 1_000_000 + "\n", "Dòng 2"),
        (HEAD + "," * 100 + "\n", "100 cột"),
        ("\n" * 5_000_000, "dòng trống"),
        (HEAD + ROW + "\n" * 100_000 + ROW, "dòng trống"),
        (HEAD + ("," * 90 + "x\n") * 30_000, "2.000.000 ô"),
        (HEAD + ROW * 60_000, "50.000"),
    ],
    ids=["wide", "line", "cells", "columns", "empty", "gap", "area", "rows"],
)  # fmt: skip
def test_refuses_text_that_is_no_list(app, data, words):
    assert words in refusal(data.encode())


def _sheets(made):
    for _ in range(51):
        made.add_worksheet()


def merged(text: str, times: int) -> bytes:
    """Return a list whose second line is merged with all below, down to a last one."""
    ranges = '<mergeCell ref="A2:B90000"/>' * times
    last = '<row r="90001"><c r="A90001"><v>1</v></c></row></sheetData>'
    end = f"{last}<mergeCells>{ranges}</mergeCells>"
    data = workbook([LIST[0], (text, "x")])
    return changed(data, SHEET, lambda sheet: sheet.replace("</sheetData>", end))


def _repeated(made):
    page = made.add_worksheet()
    page.write_row(0, 0, LIST[0])
    for line in range(2000):
        page.write(line + 1, 0, "x" * 32_000)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (with_cell(LAST), "100 cột"),
        (with_cell("A1048576"), "dòng trống"),
        (with_cell("CW2"), "100 cột"),
        (with_cell("CV90000"), "2.000.000 ô"),
        (book(_sheets), "50 trang tính"),
        (merged("x" * 2000, 1), "giải nén"),
        (merged("x", 30), "giải nén"),
        (book(_repeated), "giải nén"),
    ],
    ids=["corner", "row", "column", "area", "sheets", "merged", "ranges", "text"],
)  # fmt: skip
def test_refuses_workbooks_that_would_fill_the_memory(app, data, words):
    assert len(data) < bounds.MOST_BYTES
    assert words in refusal(data)


def test_refuses_a_workbook_that_swells(app):
    huge = changed(workbook(LIST), SHEET, lambda text: text + " " * 110_000_000)
    assert len(huge) < 1_000_000
    assert "giải nén" in refusal(huge)


def test_does_not_believe_the_sizes_that_a_workbook_tells(app):
    huge = changed(workbook(LIST), SHEET, lambda text: text + " " * 110_000_000)
    with zipfile.ZipFile(io.BytesIO(huge)) as packed:
        told = packed.getinfo(SHEET).file_size
    lying = huge.replace(told.to_bytes(4, "little"), (2000).to_bytes(4, "little"))
    assert lying != huge
    assert "Excel" in refusal(lying)


@pytest.mark.parametrize(
    "data",
    [
        changed(workbook(LIST), SHEET, lambda text: text[:-20]),
        changed(
            workbook(LIST),
            SHEET,
            lambda text: text.replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1),
        ),
        changed(workbook(LIST), SHEET, lambda text: text.replace('r="A2"', 'r="ZZZZ2"')),
        changed(workbook(LIST), "xl/workbook.xml", str, new_name="content.xml"),
        changed(workbook(LIST), SHEET, str, new_name="xl/worksheets/sheet1.bin"),
    ],
    ids=["torn", "doctype", "place", "other-format", "part"],
)
def test_refuses_parts_that_say_one_thing_to_one_reader_and_another_to_the_next(app, data):
    assert "Excel" in refusal(data)


def test_takes_what_excel_leaves_behind_an_honest_list(app):
    """Formats down to the last line, a wrong dimension and other kinds of parts do no harm."""
    told = f'<dimension ref="A1:{LAST}"/>'
    styled = with_cell(LAST, "")
    honest = changed(styled, SHEET, lambda text: re.sub(r"<dimension[^>]*/>", told, text))
    rows = judge(read_sheet(honest)).rows
    assert [(row.product_name, row.old_province) for row in rows] == [("Cam mẫu", "Hà Giang")]


def test_a_list_of_the_largest_size_is_read(app):
    lines = read_grid((HEAD + ROW * 50_000).encode()).lines
    assert len(lines) == 50_001
    columns = workbook([[f"c{number}" for number in range(100)]] * 1000)
    assert len(read_grid(columns).lines) == 1000


def test_a_word_as_long_as_a_book_is_a_fault_of_its_cell(app):
    row = f"Cam,{'a' * 30_000},B,Hà Giang,4,1{'(' * 60_000}x,\n"
    found = judge(read_sheet((HEAD + row).encode())).faults
    assert [fault.heading for fault in found] == ["producer", "decision_number"]
