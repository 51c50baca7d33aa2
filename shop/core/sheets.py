"""Tables as Excel workbooks: words are only words, whatever sign they begin with."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeAlias

Cell: TypeAlias = str | int | date | None
WIDEST = 60
LONGEST_TITLE = 31
_PIXELS = 7


def workbook(
    title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], *, to_be_mended: bool = False
) -> bytes:
    """Return a table as a workbook: numbers as numbers, dates as dates, no word as a formula.

    In one that is handed back `to_be_mended` Excel leaves as words what is typed over words.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415  rarely needed, and slow to load

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        page = book.add_worksheet(title[:LONGEST_TITLE])
        words = {"num_format": "@", "text_wrap": True, "valign": "top"} if to_be_mended else {}
        formats = {
            "words": book.add_format(words),
            "day": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
            "number": book.add_format({"num_format": "#,##0"}),
        }
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for column, name in enumerate(head):
            page.write_string(0, column, name, bold)
        page.freeze_panes(1, 0)
        for line, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(page, (line, column), cell=cell, formats=formats)
        page.autofit(WIDEST * _PIXELS)
    return out.getvalue()


def _write(page: Any, place: tuple[int, int], *, cell: Cell, formats: dict[str, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        page.write_string(*place, cell, formats["words"])
    elif isinstance(cell, int):
        page.write_number(*place, cell, formats["number"])
    else:
        page.write_datetime(*place, cell, formats["day"])
