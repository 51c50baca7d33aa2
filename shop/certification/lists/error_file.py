"""The rows that stay out, handed back as a workbook to be mended: their cells, and why."""

import io
from collections.abc import Iterable, Sequence

WIDEST = 60


def error_file(
    head: Sequence[str], rows: Iterable[tuple[int, Sequence[str], Sequence[str]]]
) -> bytes:
    """Return a workbook of rows (line, cells, reasons); every cell is text, none a formula."""
    from xlsxwriter import Workbook  # noqa: PLC0415  rarely needed, and slow to load

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        page = book.add_worksheet("Dòng lỗi")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for column, name in enumerate([*head, "Dòng", "Lý do"]):
            page.write_string(0, column, name, bold)
        for place, (line, cells, reasons) in enumerate(rows, start=1):
            padded = [*cells[: len(head)], *[""] * (len(head) - len(cells))]
            for column, cell in enumerate([*padded, str(line), "\n".join(reasons)]):
                page.write_string(place, column, cell, text)
        page.freeze_panes(1, 0)
        page.set_column(0, len(head), 22)
        page.set_column(len(head) + 1, len(head) + 1, WIDEST)
    return out.getvalue()
