"""The invented floor: whole, marked as a sample, and the same for the same seed."""

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import asdict
from itertools import islice
from json import loads

import pytest
from stdnum.vn import mst

from shop.demo.content.catalogue import DATA, kinds, provinces
from shop.demo.content.floor import DemoFloor

SEEDS = (1, 7, 2026)
BANDS = {3: (50, 70), 4: (70, 90), 5: (90, 100.01)}


@pytest.fixture(scope="module", params=SEEDS)
def floor(request):
    return DemoFloor(seed=request.param, stalls=40, products=400)


@pytest.fixture(scope="module")
def stalls(floor):
    return list(floor.each_stall())


@pytest.fixture(scope="module")
def products(floor):
    return list(floor.each_product())


def _texts(value):
    if isinstance(value, dict):
        value = list(value.values()) + list(value)
    if isinstance(value, list | tuple):
        return [text for part in value for text in _texts(part)]
    return [value] if isinstance(value, str) else []


def test_the_same_seed_gives_the_same_floor():
    first, second = (DemoFloor(5, 12, 90) for _ in range(2))
    assert list(first.each_stall()) == list(second.each_stall())
    assert list(first.each_product()) == list(second.each_product())
    assert list(first.each_buyer(20)) == list(second.each_buyer(20))


def test_another_seed_gives_another_floor():
    one, other = (DemoFloor(seed, 12, 90) for seed in (5, 6))
    assert list(one.each_stall()) != list(other.each_stall())


def test_a_stall_can_be_walked_alone():
    floor = DemoFloor(5, 12, 90)
    third = next(islice(floor.each_stall(), 2, None))
    alone = list(floor.goods_of(third))
    assert alone == [p for p in floor.each_product() if p.stall_number == 3]


def test_the_floor_has_exactly_the_stalls_and_products_asked_for():
    for asked_stalls, asked_products in ((40, 400), (7, 61), (1, 3), (5, 2), (30, 1000)):
        floor = DemoFloor(3, asked_stalls, asked_products)
        assert [s.number for s in floor.each_stall()] == list(range(1, asked_stalls + 1))
        assert [p.number for p in floor.each_product()] == list(range(1, asked_products + 1))


def test_every_province_and_every_set_but_tourism_is_there(stalls, products):
    assert {stall.province_code for stall in stalls} == set(provinces())
    assert len(provinces()) == 34
    assert {product.product_set for product in products} == set(range(1, 26))


def test_every_stall_says_that_it_is_a_sample(stalls):
    for stall in stalls:
        assert "mẫu" in stall.display_name
        assert "mẫu" in stall.legal_name
        assert "(mẫu)" in stall.address_line


def test_stalls_have_names_and_codes_of_their_own(stalls):
    for field in ("display_name", "tax_code", "phone"):
        assert len({getattr(stall, field) for stall in stalls}) == len(stalls)


def test_codes_pass_the_check_and_lie_in_an_invented_range(stalls):
    for stall in stalls:
        if stall.entity_kind in {"htx", "company"}:
            assert mst.is_valid(stall.tax_code)
            assert stall.tax_code.startswith("0099")
        else:
            assert re.fullmatch(r"000\d{9}", stall.tax_code)
        assert re.fullmatch(r"09000\d{5}", stall.phone)


def test_codes_stay_valid_and_unique_over_many_stalls():
    codes = [s.tax_code for s in DemoFloor(1, 1500, 1).each_stall()]
    assert len(set(codes)) == len(codes)
    assert all(mst.is_valid(code) for code in codes if len(code) == 10)


def test_a_story_has_two_to_four_sentences(stalls):
    for stall in stalls:
        assert 2 <= len(re.findall(r"[.!?](?:\s|$)", stall.story)) <= 4, stall.story


def test_no_stall_sells_two_products_of_one_name(products):
    names: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for product in products:
        names[product.stall_number][product.name] += 1
    assert [n for counts in names.values() for n, count in counts.items() if count > 1] == []


def test_names_differ_even_when_a_stall_sells_more_than_it_has_kinds():
    names = [product.name for product in DemoFloor(1, 1, 300).each_product()]
    assert len(set(names)) == 300


def test_every_text_is_composed(floor, stalls, products):
    things = [asdict(thing) for thing in (*stalls, *products, *floor.each_buyer(30))]
    for text in _texts(things):
        assert unicodedata.is_normalized("NFC", text)
        assert "{" not in text
        assert text == text.strip()


def test_the_data_files_are_composed():
    for file in DATA.rglob("*.json"):
        assert unicodedata.is_normalized("NFC", file.read_text("utf-8")), file
        assert _texts(loads(file.read_text("utf-8")))


def test_descriptions_have_three_paragraphs_of_fit_length(products):
    for product in products:
        assert product.description.count("\n\n") == 2
        assert 80 <= len(product.description.split()) <= 150, product.name


def test_food_says_what_is_in_it_and_how_long_it_keeps(products):
    for product in products:
        if product.group in {"food", "drink", "fresh"}:
            assert product.ingredients
            assert product.shelf_life
            assert product.storage


def test_packs_have_round_prices_and_real_weights(products):
    for product in products:
        assert 1 <= len(product.skus) <= 4
        assert len({sku.label for sku in product.skus}) == len(product.skus)
        for sku in product.skus:
            assert sku.price_vnd >= 5000
            assert sku.price_vnd % 1000 == 0
            assert sku.net_quantity > 0
            assert sku.stock >= 0
            assert sku.unit == "piece" or sku.weight_g >= sku.net_quantity


def test_scores_lie_within_the_band_of_their_stars(products):
    for product in products:
        if product.certificate:
            low, high = BANDS[product.certificate.stars]
            assert low <= product.certificate.score < high
            assert product.certificate.score.as_tuple().exponent == -2


def test_certificates_are_in_all_states_and_mostly_valid(products):
    states = Counter(p.certificate.state if p.certificate else "none" for p in products)
    assert set(states) == {"valid", "expiring", "expired", "awaiting", "refused", "none"}
    assert states["valid"] > 200
    stars = Counter(p.certificate.stars for p in products if p.certificate)
    assert stars[3] > stars[4] > stars[5] >= 5


def test_the_end_of_a_certificate_fits_its_state(products):
    for product in products:
        if certificate := product.certificate:
            days = certificate.expires_in_days
            assert (days < 0) == (certificate.state == "expired")
            assert (0 <= days <= 90) == (certificate.state == "expiring")
            assert bool(certificate.refusal_reason) == (certificate.state == "refused")


def test_reviews_suit_the_goods_and_repeat_for_the_same_seed(floor, products):
    reviews = [floor.review(product, n) for product in products for n in (1, 2)]
    assert reviews == [floor.review(product, n) for product in products for n in (1, 2)]
    assert {review.rating for review in reviews} == {1, 2, 3, 4, 5}
    assert any(review.answer for review in reviews)
    assert len({review.text for review in reviews}) > 100


def test_the_classics_of_the_search_box_are_among_the_kinds():
    names = " · ".join(kind.name for kind in kinds())
    for classic in (
        "Mật ong bạc hà", "Nước mắm", "Gạo ST", "Chè Shan tuyết", "Miến dong", "Cà phê",
        "Hạt điều", "Dừa", "Dứa (thơm)", "Bưởi", "Cam", "Xoài", "Chả mực", "Bánh đa",
        "Lạp xưởng", "Thịt trâu gác bếp", "Tinh dầu sả", "thổ cẩm", "gốm", "Nón lá",
        "Mai vàng", "Chim", "Cá cảnh", "Rượu ngô",
    ):  # fmt: skip
        assert classic in names
    assert len(kinds()) >= 150


def test_a_reason_is_a_whole_sentence(floor):
    for book in ("buyer_cancel", "stall_cancel", "return_listing", "return_stall"):
        assert floor.reason(book, 4).endswith(".")
