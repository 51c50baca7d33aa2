"""An evidence pack as one ZIP: an index to print, and a workbook for each table."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from flask_babel import gettext

from shop.core import clock
from shop.core.pdf import FAMILY, new_document, text_of
from shop.core.sheets import workbook
from shop.dossiers.evidence import Document, Facts, documents, missing

if TYPE_CHECKING:
    from fpdf import FPDF

INDEX = "00-muc-luc.pdf"


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
        yield f"{table.name}.xlsx", workbook(table.title, table.head, table.rows)


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
