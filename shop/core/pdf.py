"""PDF documents in the floor's own letters, so that every Vietnamese mark stands in its place."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

FONTS = Path(__file__).resolve().parent / "fonts"
FAMILY = "BeVietnamPro"


def new_document(title: str, footer: str = "") -> "FPDF":
    """Return an A4 document with margins of 20 mm and the letters chosen at 11 points.

    A footer stands small at the end of every page. The library takes a second and 50 MB to load,
    so it is loaded by the first document.
    """
    from fpdf import FPDF  # noqa: PLC0415

    class Document(FPDF):
        def footer(self) -> None:
            if footer:
                self.set_y(-15)
                self.set_font(FAMILY, size=7)
                number = f"{self.page_no()}/{{nb}}"
                self.multi_cell(0, 4, f"{footer} · {number}", align="C")

    document = Document(format="A4")
    document.set_title(title)
    document.set_margins(20, 20)
    document.set_auto_page_break(auto=True, margin=20)
    document.add_font(FAMILY, "", FONTS / "BeVietnamPro-Regular.ttf")
    document.add_font(FAMILY, "B", FONTS / "BeVietnamPro-SemiBold.ttf")
    document.set_font(FAMILY, size=11)
    return document


def text_of(document: "FPDF") -> bytes:
    """Return the finished document as bytes."""
    return bytes(document.output())
