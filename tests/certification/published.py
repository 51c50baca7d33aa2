"""Files as provinces publish them, with invented names marked “mẫu”."""

import io

import xlsxwriter

HEAD = ("TT", "Tên sản phẩm OCOP", "Chủ thể sản xuất", "Địa chỉ (xã, phường)")
DECISION = "Số QĐ, ngày tháng năm"


def decision_file() -> bytes:
    """Return a workbook: a title, headings on two lines, groups, merged holders, marks."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("Bìa").write(0, 0, "Danh mục mẫu")
        page = book.add_worksheet("Phụ lục")
        page.merge_range("A1:H1", "ỦY BAN NHÂN DÂN TỈNH MẪU", None)
        page.merge_range("A2:H2", "DANH SÁCH SẢN PHẨM OCOP NĂM MẪU", None)
        for column, name in enumerate(HEAD):
            page.merge_range(3, column, 4, column, name, None)
        page.merge_range("E4:G4", "Kết quả phân hạng", None)
        page.write_row("E5", ("3 sao", "4 sao", "5 sao"))
        page.merge_range("H4:H5", DECISION, None)
        page.write_row("A6", ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"))
        _rows(page)
    return out.getvalue()


def _rows(page) -> None:
    page.merge_range("A7:H7", "I. Thực phẩm", None)
    page.write_row("A8", (1, "Mật ong mẫu"))
    page.write_row("A9", (2, "Sáp ong mẫu"))
    page.merge_range("C8:C9", "HTX mẫu Ong Rừng", None)
    page.merge_range("D8:D9", "xã Mẫu Một", None)
    page.write_row("E8", ("", "x", "", "Số 12/QĐ-UBND ngày 05/3/2025"))
    page.write_row("E9", ("x", "", "", "12/QĐ-UBND, 5/3/2025"))
    page.write_row("A10", ("II", "Đồ uống"))
    page.write_row("A11", (3, "Chè mẫu", "Hộ mẫu Lò Văn A", "xã Mẫu Hai", "x", "x", ""))
    page.write_row("A12", (4, "Rượu mẫu", "Hộ mẫu B", "xã Mẫu Ba", "", "", "X", "ngày mai"))


def listing(rows: int, *, province: str = "Tuyên Quang") -> bytes:
    """Return a CSV of many rows under the usual headings."""
    head = "STT;Tên sản phẩm;Chủ thể;Xã;Tỉnh;Hạng sao;Số quyết định;Ngày quyết định\n"
    lines = (
        f"{n};Sản phẩm mẫu {n};HTX mẫu {n % 900};xã Mẫu {n % 60};{province};{3 + n % 3} sao;"
        f"{n % 40}/QĐ-UBND;05/03/2025\n"
        for n in range(1, rows + 1)
    )
    return (head + "".join(lines)).encode()
