"""Reading a CSV or Excel file into rows of text, within bounds and without guessing encodings."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from flask_babel import lazy_gettext
from python_calamine import CalamineError, CalamineWorkbook

from shop.certification.lists.headings import Headings, read_headings
from shop.core.errors import InvalidInput

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 50_000
HEADING_ROWS = 15
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class RawRow(NamedTuple):
    """A row as written: its line in the file, and its cells by the name of our column."""

    line: int
    cells: dict[str, str]


class Sheet(NamedTuple):
    """A list: its headings as the file writes them, and its rows."""

    headings: Headings
    rows: list[RawRow]


Line = tuple[int, list[str]]


def read_sheet(data: bytes) -> Sheet:
    """Return the list that a file holds; raise InvalidInput, in plain words, when it holds none."""
    if len(data) > MOST_BYTES:
        raise InvalidInput(lazy_gettext("The file is larger than 10 MB. Please split the list."))
    if data.startswith(_OLD_EXCEL):
        raise InvalidInput(
            lazy_gettext("This is an old or locked Excel file. Please save it as .xlsx or CSV.")
        )
    lines = _excel_lines(data) if data.startswith(_ZIP) else _csv_lines(_decode(data))
    return _take_apart(iter(lines))


def _take_apart(lines: Iterator[Line]) -> Sheet:
    """Find the headings among the first lines, then read what is under them."""
    for _, (_line, cells) in zip(range(HEADING_ROWS), lines, strict=False):
        if headings := read_headings(cells):
            return Sheet(headings, list(_rows(headings, lines)))
    raise InvalidInput(
        lazy_gettext(
            "The headings were not found. At least the columns of the product and of its province "
            "are needed, for instance “name” and “province_before_2025”, or “Tên sản phẩm” "
            "and “Tỉnh”."
        )
    )


def _rows(headings: Headings, lines: Iterable[Line]) -> Iterator[RawRow]:
    count = 0
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > MOST_ROWS:
            raise InvalidInput(lazy_gettext("The list has more than 50,000 rows. Please split it."))
        found = {
            name: cells[place] if place < len(cells) else ""
            for name, place in headings.places.items()
        }
        yield RawRow(line, found)


def _decode(data: bytes) -> str:
    if data.startswith(_UTF16) or b"\x00" in data[:1000]:
        raise InvalidInput(
            lazy_gettext("The file is written in UTF-16. Please save it as “CSV UTF-8”.")
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidInput(
            lazy_gettext(
                "Line %(line)s is not UTF-8; the file seems to use an old code page such as "
                "Windows-1258. Please save it as “CSV UTF-8”.",
                line=line,
            )
        ) from error


def _csv_lines(text: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InvalidInput(
                lazy_gettext(
                    "Line %(line)s is no valid CSV; look for a quotation mark without its pair.",
                    line=start,
                )
            ) from error
        yield start, cells


def _delimiter(text: str) -> str:
    """Return the sign between cells: the most frequent of the three in the first lines."""
    head = text[:4000]
    return max(",;\t", key=head.count)


def _excel_lines(data: bytes) -> Iterator[Line]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(info.file_size for info in packed.infolist()) > MOST_UNPACKED:
                raise InvalidInput(
                    lazy_gettext("The Excel file is too large inside. Please split the list.")
                )
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + HEADING_ROWS + 1)
    except (CalamineError, zipfile.BadZipFile, IndexError) as error:
        raise InvalidInput(
            lazy_gettext("This Excel file cannot be read. Please save it as .xlsx or CSV again.")
        ) from error
    for index, row in enumerate(rows, start=1):
        yield index, [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    """Write an Excel cell as text: whole numbers without a point, days as in ISO 8601."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
