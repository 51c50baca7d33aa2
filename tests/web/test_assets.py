"""Static files: hashed addresses, one style sheet in layer order, one script."""

from pathlib import Path

import pytest
from flask import Flask

from shop.web import assets

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "css/components").mkdir(parents=True)
    (tmp_path / "js").mkdir()
    (tmp_path / "css/tokens.css").write_text('@layer tokens { :root { --a: url("../img/x.svg") } }')
    (tmp_path / "css/reset.css").write_text("/* gone */ @layer reset { * { margin: 0 } }")
    (tmp_path / "css/components/b.css").write_text("@layer components { .b { top: 0 } }")
    (tmp_path / "js/one.js").write_text("const name = 1;\n")
    (tmp_path / "js/two.js").write_text("const name = 2;\n")
    return tmp_path


@pytest.fixture
def browser():
    floor = Flask("shop.app", root_path=str(ROOT), static_folder=None)
    assets.init_app(floor)
    with floor.test_request_context():
        yield floor.test_client()


def test_sheets_come_in_the_order_of_their_layers(folder):
    sheet = assets.Assets(folder).content("css/site.css").decode()
    assert sheet.startswith("@layer reset, tokens, base, layout, components, utilities;")
    assert sheet.index("margin") < sheet.index("--a") < sheet.index(".b {")
    assert "gone" not in sheet


def test_a_picture_in_the_sheet_is_asked_for_with_its_hash(folder):
    (folder / "img").mkdir()
    (folder / "img/x.svg").write_text("<svg/>")
    files = assets.Assets(folder)
    assert (
        f"/static/img/x.svg?v={files.digest('img/x.svg')}" in files.content("css/site.css").decode()
    )


def test_names_of_two_modules_do_not_meet(folder):
    script = assets.Assets(folder).content("js/site.js").decode()
    assert script == "{\nconst name = 1;\n}\n{\nconst name = 2;\n}"


def test_a_changed_file_gets_another_address(folder):
    files = assets.Assets(folder)
    before = files.url("css/site.css")
    (folder / "css/reset.css").write_text("@layer reset { * { margin: 1px } }")
    files.forget()
    assert files.url("css/site.css") != before


def test_the_hashed_address_is_kept_for_a_year_and_others_are_asked_again(browser):
    hashed = browser.get(assets.static_url("css/site.css"))
    bare = browser.get("/static/css/site.css")
    assert "immutable" in hashed.headers["Cache-Control"]
    assert hashed.mimetype == "text/css"
    assert "no-cache" in bare.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/static/../config.py", "/static/%2e%2e/config.py", "/static/css/nothing.css"]
)
def test_nothing_outside_the_folder_is_served(browser, path):
    assert browser.get(path).status_code == 404


def test_a_font_has_its_kind(browser):
    answer = browser.get("/static/vendor/lora/latin-600.woff2")
    assert answer.mimetype == "font/woff2"
    assert answer.data[:4] == b"wOF2"
