"""The style sheet keeps its word: each rule in its layer, no token missing, few bytes."""

import gzip
import re
from pathlib import Path

import pytest

from shop.web.assets import LAYERS, Assets, style_files

STATIC = Path(__file__).resolve().parents[2] / "static"
SHEETS = style_files(STATIC / "css")
NAME = re.compile(r"--([\w-]+):")
KIB = 1024


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_a_sheet_writes_into_the_layer_of_its_folder(sheet):
    layer = sheet.stem if sheet.parent.name == "css" else sheet.parent.name
    assert layer in LAYERS
    assert set(re.findall(r"@layer (\w+)", sheet.read_text("utf-8"))) == {layer}


def test_every_token_that_a_sheet_uses_exists():
    text = Assets(STATIC).content("css/site.css").decode()
    used = set(re.findall(r"var\(--([\w-]+)", text))
    assert used - set(NAME.findall(text)) == set()


def test_the_night_changes_only_what_the_day_has():
    day, night = (STATIC / "css/tokens.css").read_text("utf-8").split("@media")
    changed = set(NAME.findall(night.split("/* Measures")[0]))
    assert changed
    assert changed - set(NAME.findall(day)) == set()


@pytest.mark.parametrize(
    ("names", "limit"),
    [(["css/site.css"], 30 * KIB), (["js/site.js", "vendor/htmx/htmx.min.js"], 40 * KIB)],
)
def test_styles_and_scripts_stay_light(names, limit):
    assets = Assets(STATIC)
    sizes = [len(gzip.compress(assets.content(name) or b"")) for name in names]
    assert 0 < sum(sizes) < limit
