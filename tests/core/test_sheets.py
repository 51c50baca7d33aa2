"""Workbooks: what is a word stays one, whatever sign it begins with."""

import io
from datetime import date

from python_calamine import CalamineWorkbook

from shop.core.sheets import workbook


def read(data: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def test_words_numbers_and_days_are_what_they_are():
    rows = [("=1+1", 3, date(2025, 3, 5)), ("https://x.vn", None, ""), ("007", 0, None)]
    for to_be_mended in (False, True):
        found = read(
            workbook("Tên rất dài " * 9, ["=A", "B", "C"], rows, to_be_mended=to_be_mended)
        )
        assert found == [
            ["=A", "B", "C"],
            ["=1+1", 3.0, date(2025, 3, 5)],
            ["https://x.vn", "", ""],
            ["007", 0.0, ""],
        ]
