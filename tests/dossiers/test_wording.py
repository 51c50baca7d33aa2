"""Labels in capitals are read as sentences."""

import pytest

from shop.dossiers.wording import sentence_case


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("TỔ CHỨC SẢN XUẤT", "Tổ chức sản xuất"),
        ("KHẢ NĂNG TIẾP THỊ (25 Điểm)", "Khả năng tiếp thị (25 Điểm)"),
        ("TÍNH ĐỘC ĐÁO (Chất lượng: Có nét riêng)", "Tính độc đáo (Chất lượng: Có nét riêng)"),
        ("CÂU CHUYỆN SẢN PHẨM OCOP", "Câu chuyện sản phẩm OCOP"),
        ("Nguồn nguyên liệu", "Nguồn nguyên liệu"),
        ("OCOP của tỉnh", "OCOP của tỉnh"),
        ("", ""),
    ],
)
def test_capitals_become_a_sentence(label, shown):
    assert sentence_case(label) == shown
