"""Reading a CSV or Excel file into rows of text, within bounds and without guessing encodings."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from flask_babel import lazy_gettext

from shop.certification.lists import bounds
from shop.certification.lists.headings import Headings
from shop.certification.lists.workbook import open_sheet
from shop.core.errors import InvalidInput

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
    if len(data) > bounds.MOST_BYTES:
        raise InvalidInput(bounds.LARGE_FILE)
    if data.startswith(_OLD_EXCEL):
        raise InvalidInput(
            lazy_gettext("This is an old or locked Excel file. Please save it as .xlsx or CSV.")
        )
    if not data.startswith(_ZIP):
        return Grid([], "", _bounded(_csv_lines(_decode(data))))
    names, name, lines = _excel(data, sheet)
    return Grid(names, name, _bounded(lines))


def _bounded(lines: Iterable[Line]) -> list[Line]:
    """Return the lines that say something; raise InvalidInput as soon as they are too many."""
    found: list[Line] = []
    cells_seen = 0
    for line, cells in lines:
        cells_seen += len(cells)
        if len(cells) > bounds.MOST_COLUMNS:
            raise InvalidInput(bounds.MANY_COLUMNS)
        if cells_seen > bounds.MOST_CELLS:
            raise InvalidInput(bounds.MANY_CELLS)
        if any(cell.strip() for cell in cells):
            found.append((line, cells))
        if len(found) > bounds.MOST_ROWS + bounds.HEADING_ROWS:
            raise InvalidInput(bounds.MANY_ROWS)
        if line > bounds.MOST_LINES:
            raise InvalidInput(bounds.MANY_LINES)
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


class _Fed:
    """Gives the lines of a text to the CSV reader, as long as a row of it does not grow endless."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.began, self._read, self._letters = 1, 0, 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self._read += 1
            self._letters += len(line)
            if self._letters > bounds.LONGEST_LINE:
                raise InvalidInput(
                    lazy_gettext(
                        "Line %(line)s is longer than 100,000 characters; this is no list.",
                        line=self.began,
                    )
                )
            yield line

    def begin_row(self) -> None:
        """Count the next row anew."""
        self.began, self._letters = self._read + 1, 0


def _csv_lines(text: str) -> Iterator[Line]:
    fed = _Fed(text)
    reader = csv.reader(fed, delimiter=_delimiter(text), strict=True)
    while True:
        fed.begin_row()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InvalidInput(
                lazy_gettext(
                    "Line %(line)s is no valid CSV; look for a quotation mark without its pair.",
                    line=fed.began,
                )
            ) from error
        yield fed.began, cells


def _delimiter(text: str) -> str:
    """Return the sign between cells: the most frequent of the three in the first lines."""
    head = text[:4000]
    return max(",;\t", key=head.count)


def _excel(data: bytes, wanted: str | None) -> tuple[list[str], str, Iterator[Line]]:
    names, sheet = open_sheet(data, wanted)
    texts = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    _fill_merged(texts, sheet.merged_cell_ranges or [])
    return names, sheet.name, enumerate(texts, start=1)


def _fill_merged(rows: list[list[str]], ranges: Iterable[tuple[tuple[int, int], ...]]) -> None:
    """Write what a merged cell says into each of its cells, as far as the sheet reaches."""
    cells, letters = bounds.MOST_CELLS, bounds.MOST_LETTERS
    for (top, start), (bottom, end) in ranges:
        if top >= len(rows) or start >= len(rows[top]):
            continue
        text, covered = rows[top][start], rows[top : bottom + 1]
        size = len(covered) * (min(end + 1, len(rows[top])) - start)
        cells, letters = cells - size, letters - size * len(text)
        if cells < 0 or letters < 0:
            raise InvalidInput(bounds.LARGE_INSIDE)
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
