"""An evidence pack as one ZIP: an index to print, and a workbook for each table."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from shop.core import clock
from shop.core.pdf import FAMILY, new_document, text_of
from shop.dossiers.evidence import Cell, Document, Facts, documents, missing

if TYPE_CHECKING:
    from fpdf import FPDF

INDEX = "00-muc-luc.pdf"
WIDEST = 60


def make_pack(facts: Facts, made_at: datetime) -> bytes:
    """Return the ZIP of all that the floor can prove, as of this moment."""
    out = io.BytesIO()
    tables = documents(facts)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(facts, tables, made_at):
            entry = zipfile.ZipInfo(name, clock.local(made_at).timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def _files(
    facts: Facts, tables: Sequence[Document], made_at: datetime
) -> Iterator[tuple[str, bytes]]:
    yield INDEX, index(facts, tables, made_at)
    for table in tables:
        yield f"{table.name}.xlsx", workbook(table)


def workbook(table: Document) -> bytes:
    """Return a table as a workbook: numbers as numbers, dates as dates, words only as words."""
    from xlsxwriter import Workbook  # noqa: PLC0415  rarely needed, and slow to load

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        page = book.add_worksheet(table.title[:31])
        bold = book.add_format({"bold": True, "text_wrap": True})
        formats = {
            "day": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
            "number": book.add_format({"num_format": "#,##0"}),
        }
        page.write_row(0, 0, table.head, bold)
        page.freeze_panes(1, 0)
        for line, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row):
                _write(page, (line, column), cell=cell, formats=formats)
        page.autofit(WIDEST * 7)
    return out.getvalue()


def _write(page: Any, place: tuple[int, int], *, cell: Cell, formats: dict[str, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        page.write_string(*place, cell)
    elif isinstance(cell, int):
        page.write_number(*place, cell, formats["number"])
    else:
        page.write_datetime(*place, cell, formats["day"])


def index(facts: Facts, tables: Sequence[Document], made_at: datetime) -> bytes:
    """Return the index as a PDF: each file, what it shows, which criteria it serves, when made."""
    paper = new_document(gettext("Evidence pack: %(name)s", name=facts.product_name))
    paper.add_page()
    _heading(paper, facts.product_name, 16)
    made = f"{clock.local(made_at):%H:%M %d/%m/%Y}"
    _line(paper, gettext("Evidence pack of %(stall)s", stall=facts.stall_name))
    _line(paper, gettext("Made from the floor's own records at %(moment)s", moment=made))
    if facts.is_demo:
        _line(paper, gettext("This is demonstration data: nothing here was sold or decided."))
    _heading(paper, gettext("What is in it"), 13)
    head = (gettext("File"), gettext("What it shows"), gettext("Criteria it serves"))
    _table(paper, head, [_entry(table) for table in tables])
    _heading(paper, gettext("What the floor keeps nothing of"), 13)
    lacks = [(what, _codes(criteria)) for what, criteria in missing(facts.sheet)]
    _table(paper, (gettext("What"), gettext("Criteria that ask for it")), lacks)
    note = gettext(
        "Amounts are goods in whole đồng of delivered orders, without delivery fees. Buyers appear "
        "by their province alone. Months are those of the day of delivery, in Vietnam."
    )
    paper.ln(4)
    _line(paper, note)
    return text_of(paper)


def _entry(table: Document) -> tuple[str, str, str]:
    return f"{table.name}.xlsx", f"{table.title}. {table.shows}.", _codes(table.criteria)


def _codes(criteria: Sequence[str]) -> str:
    return "; ".join(criteria) or "–"


def _heading(paper: "FPDF", text: str, size: int) -> None:
    paper.ln(4)
    paper.set_font(FAMILY, "B", size)
    _line(paper, text)
    paper.ln(1)
    paper.set_font(FAMILY, "", 11)


def _line(paper: "FPDF", text: str) -> None:
    paper.multi_cell(0, h=paper.font_size * 1.4, text=text, new_x="LMARGIN", new_y="NEXT")


def _table(paper: "FPDF", head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widths = (36, 34, 30) if len(head) == 3 else (50, 50)
    paper.set_font(FAMILY, "", 9)
    with paper.table(col_widths=widths, text_align="LEFT", line_height=5) as table:
        for cells in (head, *rows):
            row = table.row()
            for cell in cells:
                row.cell(cell)
    paper.set_font(FAMILY, "", 11)
