"""Components: one macro per file, named as the file, explained on top, shown in the style guide."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
MACRO = re.compile(r"{%-? macro (\w+)\(")
USED = re.compile(r'"((?:components|web|layouts|errors)/[\w]+\.html)"')


def reachable(page):
    """Return the templates that a page extends, includes or imports, through all of them."""
    seen, waiting = set(), [page]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += USED.findall((TEMPLATES / name).read_text("utf-8"))
    return seen


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_file_holds_the_one_macro_of_its_name(path):
    assert MACRO.findall(path.read_text("utf-8")) == [path.stem]


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_opens_with_its_arguments(path):
    assert path.read_text("utf-8").startswith(f"{{# {path.stem}(")


def test_the_style_guide_shows_every_component():
    shown = reachable("web/style_guide.html") | reachable("layouts/cockpit.html")
    assert {f"components/{path.name}" for path in COMPONENTS} - shown == set()


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_no_template_of_a_page_has_inline_code(path):
    if "emails" not in path.parts:
        text = path.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|\son(?:click|change|submit|load|input)=", text)
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)", text)
