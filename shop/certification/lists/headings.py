"""The columns of a recognition list, by their English names and by what provinces call them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from shop.core.vietnamese import fold

_SYNONYMS = {
    "product_name": ("name", "product", "product name", "ten san pham", "san pham"),
    "producer": (
        "producer",
        "holder",
        "chu the",
        "ten chu the",
        "chu the ocop",
        "chu the san xuat",
        "co so san xuat",
        "don vi san xuat",
        "ten co so",
    ),
    "place": (
        "place",
        "dia chi",
        "dia ban",
        "dia diem",
        "noi san xuat",
        "xa",
        "xa phuong",
        "xa phuong thi tran",
    ),
    "old_province": (
        "province before 2025",
        "province",
        "tinh",
        "tinh cu",
        "tinh truoc 2025",
        "tinh truoc 7 2025",
        "tinh thanh",
        "tinh thanh pho",
    ),
    "stars": ("stars", "so sao", "sao", "hang sao", "hang", "xep hang", "phan hang"),
    "decision_number": (
        "decision number",
        "decision no",
        "decision",
        "so quyet dinh",
        "quyet dinh so",
        "quyet dinh",
        "so qd",
    ),
    "decided_on": (
        "decided on",
        "decision date",
        "date",
        "ngay quyet dinh",
        "ngay ban hanh",
        "ngay cong nhan",
        "ngay ky",
        "ngay qd",
    ),
    "source": ("source", "nguon", "nguon tin"),
}
_COLUMNS = {synonym: column for column, words in _SYNONYMS.items() for synonym in words}
REQUIRED = ("product_name", "old_province")


class Headings(NamedTuple):
    """Where each of our columns stands in the file, and what the file calls it."""

    places: dict[str, int]
    written: dict[str, str]

    def name_of(self, column: str) -> str:
        """Return the heading of a column as the file writes it."""
        return self.written.get(column, column)


def read_headings(cells: Sequence[str]) -> Headings | None:
    """Take a line as headings; None when it does not name a product and a province.

    The first of two columns of one meaning counts.
    """
    headings = Headings({}, {})
    for place, cell in enumerate(cells):
        column = _COLUMNS.get(_plain(cell))
        if column is not None and column not in headings.places:
            headings.places[column] = place
            headings.written[column] = cell.strip().lstrip("\ufeff")
    return headings if all(column in headings.places for column in REQUIRED) else None


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", fold(heading)).strip()
