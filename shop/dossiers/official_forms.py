"""The two forms of a dossier on paper: Mẫu 01 (registration) and Mẫu 02 (self-assessment).

They are Vietnamese whatever the reader's language, because an authority reads them. What is not
known is a line of dots to be filled in by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shop.certification.scores import LEAST_STARS, score_text
from shop.core import pdf
from shop.criteria.scoring import Answers, Score
from shop.criteria.sheet import Criterion, Sheet, points_text

if TYPE_CHECKING:
    from fpdf import FPDF

DOTS = "." * 60
PLEDGE_LINES = 4
PLEDGE_AND_SIGNATURE, TOTAL_AND_SIGNATURE = 105, 85  # millimetres that stay on one page
BOX, BOX_SPACE = 3.0, 7.0  # millimetres
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TO_COMPARE = (
    "In từ Chợ Phiên. Bố cục cần đối chiếu với phụ lục của Quyết định 26/2026/QĐ-TTg trước khi nộp."
)
ATTACHED = (
    "Phiếu tự đánh giá (Mẫu 02)",
    "Giấy đăng ký kinh doanh hoặc giấy tờ tương đương",
    "Minh chứng kèm theo từng tiêu chí",
)


@dataclass(frozen=True)
class Facts:
    """What the forms say of the producer and the product, an empty text for what is unknown."""

    legal_name: str
    address: str
    tax_code: str
    representative: str
    phone: str
    province: str
    product_name: str
    product_set: int
    set_name: str
    summary: str = ""
    stars: int = 0


@dataclass(frozen=True)
class Attached:
    """What stands behind the answers, by the code of the criterion: files, and the own words."""

    files: Mapping[str, Sequence[str]]
    notes: Mapping[str, str]


def registration(facts: Facts) -> bytes:
    """Return Mẫu 01: the request to have a product evaluated."""
    document = _begin("Mẫu 01", "PHIẾU ĐĂNG KÝ ĐÁNH GIÁ, PHÂN HẠNG SẢN PHẨM OCOP", facts)
    _line(document, f"Kính gửi: {DOTS}")
    _heading(document, "I. Thông tin về chủ thể")
    _facts(document, facts)
    _heading(document, "II. Sản phẩm đăng ký")
    _fact(document, "Tên sản phẩm", facts.product_name)
    _fact(document, "Bộ sản phẩm", f"{facts.product_set}. {facts.set_name}")
    _fact(document, "Mô tả sản phẩm", facts.summary)
    _fact(document, "Hạng sao đăng ký", f"{facts.stars} sao" if facts.stars else "")
    _heading(document, "III. Hồ sơ kèm theo")
    for number, words in enumerate(ATTACHED, start=1):
        _line(document, f"{number}. {words}")
    _line(document, f"{len(ATTACHED) + 1}. {DOTS}")
    _together(document, PLEDGE_AND_SIGNATURE)
    _heading(document, "IV. Cam kết")
    _line(document, "Nội dung cam kết ghi theo mẫu kèm Quyết định 26/2026/QĐ-TTg:")
    _dotted(document, PLEDGE_LINES)
    _signature(document, facts)
    return pdf.text_of(document)


def self_assessment(
    facts: Facts,
    sheet: Sheet,
    answers: Answers,
    *,
    score: Score,
    attached: Attached,
) -> bytes:
    """Return Mẫu 02: each criterion with answer, points, note and files, and the total.

    The signature never stands alone on a page: the total comes with it.
    """
    document = _begin("Mẫu 02", "PHIẾU TỰ ĐÁNH GIÁ SẢN PHẨM OCOP", facts)
    _fact(document, "Tên sản phẩm", facts.product_name)
    _fact(document, "Bộ sản phẩm", f"{facts.product_set}. {facts.set_name}")
    _facts(document, facts)
    for part in sheet.parts:
        _heading(document, f"PHẦN {part.code}. {part.label}")
        for block in part.blocks:
            if not block.stands_alone:
                _line(document, f"{block.code}. {block.label}", bold=True)
            for criterion in block.criteria:
                _criterion(document, criterion, answers, attached=attached)
        points = score_text(score.by_part[part.code])
        _line(document, f"Cộng phần {part.code}: {points} / {part.most} điểm", bold=True)
    _together(document, TOTAL_AND_SIGNATURE)
    _total(document, score)
    _signature(document, facts)
    return pdf.text_of(document)


def _begin(code: str, title: str, facts: Facts) -> "FPDF":
    document = pdf.new_document(f"{code} - {facts.product_name}", footer=TO_COMPARE)
    document.add_page()
    _line(document, code, size=9, align="R")
    _line(document, NATION, bold=True, align="C")
    _line(document, MOTTO, bold=True, align="C")
    document.ln(4)
    _line(document, title, bold=True, size=14, align="C")
    document.ln(2)
    return document


def _line(
    document: "FPDF", text: str, *, bold: bool = False, size: int = 11, align: str = "L"
) -> None:
    document.set_font(pdf.FAMILY, "B" if bold else "", size)
    document.multi_cell(0, size * 0.55, text, align=align, new_x="LMARGIN", new_y="NEXT")


def _heading(document: "FPDF", text: str) -> None:
    document.ln(3)
    if document.will_page_break(24):
        document.add_page()
    _line(document, text, bold=True, size=12)
    document.ln(1)


def _together(document: "FPDF", height: float) -> None:
    """Begin a page where so much no longer fits on this one."""
    if document.will_page_break(height):
        document.add_page()


def _dotted(document: "FPDF", count: int) -> None:
    """Leave lines of dots over the whole width, to be written on by hand."""
    document.set_font(pdf.FAMILY, "", 11)
    dots = "." * int(document.epw / document.get_string_width(".") - 2)
    for _ in range(count):
        _line(document, dots)


def _fact(document: "FPDF", label: str, value: str) -> None:
    _line(document, f"{label}: {value or DOTS}")


def _facts(document: "FPDF", facts: Facts) -> None:
    _fact(document, "Tên chủ thể", facts.legal_name)
    _fact(document, "Địa chỉ", facts.address)
    _fact(document, "Mã số thuế hoặc số định danh", facts.tax_code)
    _fact(document, "Người đại diện", facts.representative)
    _fact(document, "Chức vụ", "")
    _fact(document, "Điện thoại", facts.phone)


def _criterion(
    document: "FPDF", criterion: Criterion, answers: Answers, *, attached: Attached
) -> None:
    """Write the question, all its options with the chosen one crossed, the note and the files."""
    document.ln(1.5)
    if document.will_page_break(18):
        document.add_page()
    _line(
        document,
        f"{criterion.code}. {criterion.label} (tối đa {criterion.most} điểm)",
        bold=True,
        size=10,
    )
    chosen = answers.get(criterion.code)
    for place, option in enumerate(criterion.options):
        text = f"{option.label}: {points_text(option.points_hundredths)} điểm"
        _box(document, text, is_crossed=place == chosen)
    points = DOTS[:12] if chosen is None else criterion.options[chosen].points
    _line(document, f"Điểm tự đánh giá: {points}", size=10)
    if note := attached.notes.get(criterion.code):
        _line(document, f"Ghi chú của chủ thể: {note}", size=9)
    if files := attached.files.get(criterion.code):
        _line(document, f"Minh chứng kèm theo: {'; '.join(files)}", size=9)


def _box(document: "FPDF", text: str, *, is_crossed: bool) -> None:
    document.set_font(pdf.FAMILY, "B" if is_crossed else "", 10)
    width = document.epw - BOX_SPACE
    height = document.multi_cell(width, 5.5, text, align="L", dry_run=True, output="HEIGHT")
    if document.will_page_break(float(height)):  # type: ignore[arg-type]
        document.add_page()
    x, y = document.l_margin + 1, document.get_y() + 1.2
    document.rect(x, y, BOX, BOX)
    if is_crossed:
        document.line(x, y, x + BOX, y + BOX)
        document.line(x, y + BOX, x + BOX, y)
    document.set_x(document.l_margin + BOX_SPACE)
    document.multi_cell(width, 5.5, text, align="L", new_x="LMARGIN", new_y="NEXT")


def _total(document: "FPDF", score: Score) -> None:
    _heading(document, f"TỔNG ĐIỂM TỰ ĐÁNH GIÁ: {score_text(score.total_hundredths)} / 100 điểm")
    earned = f"{score.stars} sao" if score.stars >= LEAST_STARS else "chưa đạt hạng sao OCOP"
    _line(document, f"Hạng sao theo điểm và các mức tối thiểu: {earned}")
    _line(document, f"Số tiêu chí đã trả lời: {score.answered} / {score.count}")


def _signature(document: "FPDF", facts: Facts) -> None:
    document.ln(6)
    document.set_x(document.l_margin)
    place = facts.province or DOTS[:20]
    _line(document, f"{place}, ngày ...... tháng ...... năm ..........", align="R")
    _line(document, "ĐẠI DIỆN CHỦ THỂ", bold=True, align="R")
    _line(document, "(Ký, ghi rõ họ tên, đóng dấu nếu có)", size=9, align="R")
    document.ln(20)
    _line(document, facts.representative or DOTS[:30], bold=True, align="R")
