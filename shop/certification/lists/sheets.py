"""Reading a CSV or Excel file into rows of text, within bounds and without guessing encodings."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from flask_babel import lazy_gettext
from python_calamine import CalamineError, CalamineWorkbook

from shop.certification.lists.headings import Headings
from shop.core.errors import InvalidInput

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 50_000
HEADING_ROWS = 15
MOST_COLUMNS = 100
MOST_MERGED = 2_000_000
TOO_MANY = lazy_gettext("The list has more than 50,000 rows. Please split it.")
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


class Grid(NamedTuple):
    """A sheet as written: the names of the file's sheets, which one it is, its lines."""

    sheets: list[str]
    sheet: str
    lines: list[Line]


def read_grid(data: bytes, sheet: str | None = None) -> Grid:
    """Return the cells of a file's sheet; raise InvalidInput, in plain words, when it has none.

    A merged cell of Excel says the same in each of its cells. Without a name the first sheet
    counts.
    """
    if len(data) > MOST_BYTES:
        raise InvalidInput(lazy_gettext("The file is larger than 10 MB. Please split the list."))
    if data.startswith(_OLD_EXCEL):
        raise InvalidInput(
            lazy_gettext("This is an old or locked Excel file. Please save it as .xlsx or CSV.")
        )
    if not data.startswith(_ZIP):
        return Grid([], "", _bounded(_csv_lines(_decode(data))))
    names, name, lines = _excel(data, sheet)
    return Grid(names, name, _bounded(lines))


def _bounded(lines: Iterable[Line]) -> list[Line]:
    found = [(line, cells) for line, cells in lines if any(cell.strip() for cell in cells)]
    if len(found) > MOST_ROWS + HEADING_ROWS:
        raise InvalidInput(TOO_MANY)
    return found


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


def _excel(data: bytes, wanted: str | None) -> tuple[list[str], str, Iterator[Line]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(info.file_size for info in packed.infolist()) > MOST_UNPACKED:
                raise InvalidInput(
                    lazy_gettext("The Excel file is too large inside. Please split the list.")
                )
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        name = wanted if wanted in book.sheet_names else book.sheet_names[0]
        sheet = book.get_sheet_by_name(name)
        if sheet.total_width > MOST_COLUMNS:
            raise InvalidInput(lazy_gettext("The sheet has more than 100 columns."))
        if sheet.total_height > 2 * MOST_ROWS:
            raise InvalidInput(TOO_MANY)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, IndexError) as error:
        raise InvalidInput(
            lazy_gettext("This Excel file cannot be read. Please save it as .xlsx or CSV again.")
        ) from error
    texts = [[_text(cell) for cell in row] for row in rows]
    _fill_merged(texts, sheet.merged_cell_ranges or [])
    return book.sheet_names, name, enumerate(texts, start=1)


def _fill_merged(rows: list[list[str]], ranges: Iterable[tuple[tuple[int, int], ...]]) -> None:
    """Write what a merged cell says into each of its cells, as far as the sheet reaches."""
    left = MOST_MERGED
    for (top, start), (bottom, end) in ranges:
        if top >= len(rows) or start >= len(rows[top]):
            continue
        text, covered = rows[top][start], rows[top : bottom + 1]
        left -= len(covered) * (min(end, MOST_COLUMNS) - start + 1)
        if left < 0:
            raise InvalidInput(
                lazy_gettext("The Excel file is too large inside. Please split the list.")
            )
        for row in covered:
            for place in range(start, min(end + 1, len(row))):
                row[place] = text


def _text(cell: Any) -> str:
    """Write an Excel cell as text: whole numbers without a point, days as in ISO 8601."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
