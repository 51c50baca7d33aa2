"""Pictures of the demo floor: composed, small, and the same for the same recipe."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageStat

from shop.demo.content.catalogue import kinds
from shop.demo.content.floor import DemoFloor
from shop.demo.content.records import PictureRecipe
from shop.demo.pictures.compose import LARGEST, SHAPES, render
from shop.demo.pictures.fruit import COLOURS
from shop.demo.pictures.glyphs import glyph
from shop.demo.pictures.paper import SIDE, TONES
from shop.demo.pictures.scan import ScanFields, render_scan

HONEY = PictureRecipe("jar", "honey", "gold", "Mật ong bạc hà")
FIELDS = ScanFields(
    decision_number="0123/QĐ-MẪU",
    decision_date="Ngày 12/03/2025",
    issuer="Cơ quan cấp tỉnh (mẫu)",
    product="Mật ong bạc hà Suối Đá Trắng",
    product_code="08-00901-12-2025",
    product_set="4 · Mật ong, mật khác, nông sản thực phẩm khác",
    holder="Hợp tác xã mẫu Sản vật bản Suối Đá Trắng",
    place="Suối Đá Trắng (mẫu)",
    stars=4,
    score="81,25/100",
    expires_on="12/03/2028",
)
ONE_OF_EACH_SHAPE = {
    kind.shape: PictureRecipe(kind.shape, kind.subject, kind.tones[0], kind.label)
    for kind in kinds()
}


@pytest.mark.parametrize("recipe", ONE_OF_EACH_SHAPE.values(), ids=ONE_OF_EACH_SHAPE.keys())
def test_every_shape_gives_a_small_square_webp(recipe):
    data = render(recipe)
    with Image.open(BytesIO(data)) as picture:
        assert picture.format == "WEBP"
        assert picture.size == (SIDE, SIDE)
    assert len(data) <= LARGEST


def test_the_same_recipe_gives_the_same_bytes():
    assert render(HONEY) == render(HONEY)


@pytest.mark.parametrize(
    "other", [{"tone": "leaf"}, {"label": "Mật ong"}, {"subject": "bee"}, {"shape": "tin"}]
)
def test_another_recipe_gives_another_picture(other):
    changed = replace(HONEY, **other)
    assert changed.key != HONEY.key
    assert render(changed) != render(HONEY)


def test_every_kind_can_be_drawn():
    for kind in kinds():
        assert kind.shape in SHAPES
        assert set(kind.tones) <= set(TONES)
    assert {kind.shape for kind in kinds()} == set(SHAPES)


def test_every_drawing_that_packs_and_heaps_name_exists():
    own = {"vase", "nonla", "brocade", "roll", "mat", "blossom", "print"}
    for kind in kinds():
        if kind.shape not in own:
            assert glyph(kind.subject, 64).size == (64, 64), kind.name
        if kind.shape == "crate":
            assert kind.subject in COLOURS


def test_a_big_floor_shares_a_small_pool_of_pictures():
    floor = DemoFloor(seed=1, stalls=200, products=2000)
    assert len({product.picture for product in floor.each_product()}) < 300


def test_the_scan_is_an_upright_sheet_and_repeats():
    data = render_scan(FIELDS)
    with Image.open(BytesIO(data)) as sheet:
        assert sheet.format == "JPEG"
        assert 1.4 < sheet.height / sheet.width < 1.42
    assert data == render_scan(FIELDS)
    assert data != render_scan(replace(FIELDS, stars=5))


def test_the_scan_is_stamped_in_red_from_side_to_side():
    with Image.open(BytesIO(render_scan(FIELDS))) as sheet:
        foot = sheet.convert("RGB").crop(
            (100, sheet.height - 88, sheet.width - 100, sheet.height - 64)
        )
    red, green, blue = ImageStat.Stat(foot).median
    assert red > 140
    assert max(green, blue) < 80
