"""The columns of a recognition list, by their English names and by what provinces call them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from shop.core.vietnamese import fold

_SYNONYMS = {
    "product_name": ("name", "product", "product name", "mat hang", "ten hang hoa"),
    "producer": ("producer", "holder", "ten co so", "to chuc ca nhan", "ten to chuc ca nhan"),
    "place": ("place", "noi san xuat", "xa", "phuong", "thon"),
    "old_province": ("province", "province before 2025"),
    "stars": ("stars", "sao", "hang", "hang ocop"),
    "decision_number": ("decision number", "decision no", "decision", "so qd", "qd so"),
    "decided_on": ("decided on", "decision date", "date"),
    "source": ("source", "nguon", "nguon tin", "co quan ban hanh"),
}
_EXACT = {synonym: column for column, words in _SYNONYMS.items() for synonym in words}
_OTHER = "dien thoai|sdt|email|loai hinh|dai dien|ghi chu|website|diem|tong so|so luong"
# The first that fits counts; each is looked for in the folded heading.
_PATTERNS = (
    (None, re.compile(rf"\b(?:{_OTHER})\b")),
    (None, re.compile(r"^(?:stt|tt|so tt|so thu tu|no)$")),
    *((f"stars_{stars}", re.compile(rf"(?:^|\b(?:hang|dat) ){stars} sao$")) for stars in (3, 4, 5)),
    ("decision", re.compile(r"^(?!ngay)(?=.*\b(?:qd|quyet dinh)\b).*\bngay\b")),
    ("decided_on", re.compile(r"^(?:ngay|thoi gian)\b.*\b(?:qd|quyet dinh|cong nhan|ban hanh)\b")),
    ("decided_on", re.compile(r"^ngay(?: thang nam)?(?: ky| cap| phe duyet)?$")),
    ("decision_number", re.compile(r"\b(?:quyet dinh|so qd)\b")),
    ("place", re.compile(r"^(?:dia chi|dia ban|dia diem|noi san xuat|xa (?:phuong|thi tran))\b")),
    ("old_province", re.compile(r"^(?:ten )?tinh\b")),
    ("product_name", re.compile(r"^(?:ten )?(?:cac )?(?:san pham|sp)\b(?! chu the)")),
    ("producer", re.compile(r"\b(?:chu the|co so|don vi|nha) (?:ocop|san xuat|sx|kinh doanh)\b")),
    ("producer", re.compile(r"^(?:ten )?(?:chu the|don vi san xuat)\b")),
    ("stars", re.compile(r"\b(?:phan hang|xep hang|hang sao|so sao|dat hang|hang san pham)\b")),
)
REQUIRED = ("product_name", "old_province")
STAR_COLUMNS = {"stars_3": 3, "stars_4": 4, "stars_5": 5}
SERIAL = _PATTERNS[1][1]


class Headings(NamedTuple):
    """Where each of our columns stands in the file, and what the file calls it."""

    places: dict[str, int]
    written: dict[str, str]

    def name_of(self, column: str) -> str:
        """Return the heading of a column as the file writes it."""
        return self.written.get(column, column)


def column_of(heading: str) -> str | None:
    """Return which of our columns a heading means, None for one that we have no use for."""
    signs = re.fullmatch(r"\s*[*★⭐]{3,5}\s*", heading)
    if signs:
        return f"stars_{len(heading.strip())}"
    words = plain(heading)
    if words in _EXACT:
        return _EXACT[words]
    return next((column for column, pattern in _PATTERNS if pattern.search(words)), None)


def read_headings(cells: Sequence[str]) -> Headings:
    """Take a line as headings; the first of two columns of one meaning counts."""
    headings = Headings({}, {})
    for place, cell in enumerate(cells):
        # of "parent / child" the child says more: "Kết quả phân hạng / 4 sao"
        column = column_of(cell.rpartition(" / ")[2]) or column_of(cell)
        if column is not None and column not in headings.places:
            headings.places[column] = place
            headings.written[column] = cell.strip().lstrip("\ufeff")
    return headings


def plain(heading: str) -> str:
    """Return a heading without accents, signs and case, with single spaces."""
    return re.sub(r"[^a-z0-9]+", " ", fold(heading)).strip()
