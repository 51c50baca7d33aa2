"""Templates carry no code, no style and no colour of their own; a component is one macro."""

import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

from tests.guards.source import ROOT, templates, write

CODE = {
    "an inline style": re.compile(r"<[^>{]*\sstyle\s*="),
    "a <style>": re.compile(r"<style\b"),
    "an event handler": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[:-][\w:-]*)\s*=\s*[\"']"),
    "an inline <script>": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)"),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "the filter `safe`": re.compile(r"\|\s*safe\b"),
    "escaping switched off": re.compile(r"autoescape\s+false"),
}
MAIL = {"an inline style"}  # mail readers know nothing else
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(|"
    r"(?<![-\w])(?:white|black|red|green|blue|yellow|orange|brown|gr[ae]y|silver|gold|beige|ivory|"
    r"pink|purple|navy|maroon|teal|olive|crimson|tomato)(?![-\w(])",
    re.IGNORECASE,
)
NO_CSS = re.compile(r"/\*.*?\*/|url\([^)]*\)", re.DOTALL)
DECLARATION = re.compile(r"[\w-]+\s*:\s*([^;{}]+)(?=[;}])")


def templates_with_code(root: Path = ROOT) -> Iterator[str]:
    """Yield the templates that carry script or style, or let text through unescaped."""
    for name, text in templates(root):
        bare = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
        for what, pattern in CODE.items():
            is_mail = name.startswith("emails/") and what in MAIL
            if pattern.search(bare) and not is_mail:
                yield f"templates/{name}: {what}"


def odd_components(root: Path = ROOT) -> Iterator[str]:
    """Yield the component files that are not exactly the macro they are named for."""
    parser = jinja2.Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
    for path in sorted((root / "templates" / "components").glob("*")):
        tree = parser.parse(path.read_text(encoding="utf-8"))
        macros = [node.name for node in tree.body if isinstance(node, nodes.Macro)]
        if macros != [path.stem]:
            yield f"components/{path.name}: defines {', '.join(macros) or 'no macro'}"
        rest = (nodes.Macro, nodes.Import, nodes.FromImport)
        loose = [node for node in tree.body if not isinstance(node, rest) and not _is_blank(node)]
        if loose:
            yield f"components/{path.name}: more than a macro, line {loose[0].lineno}"


def _is_blank(node: nodes.Node) -> bool:
    pieces = node.nodes if isinstance(node, nodes.Output) else [node]
    return all(isinstance(one, nodes.TemplateData) and not one.data.strip() for one in pieces)


def raw_colours(root: Path = ROOT) -> Iterator[str]:
    """Yield the colours that are written anywhere but in tokens.css."""
    for path in sorted((root / "static" / "css").rglob("*.css")):
        if path.name == "tokens.css":
            continue
        text = NO_CSS.sub("", path.read_text(encoding="utf-8"))
        for declaration in DECLARATION.finditer(text):
            if colour := COLOUR.search(declaration.group(1)):
                yield f"{path.relative_to(root)}: {colour.group()} in {declaration.group().strip()}"
    for name, text in templates(root):
        if not name.startswith("emails/"):
            for colour in re.findall(r"(?:fill|stroke|color)=\"(#[0-9a-fA-F]{3,8})\"", text):
                yield f"templates/{name}: {colour}"


def test_templates_carry_no_code():
    assert not list(templates_with_code())


def test_a_component_is_one_macro_of_its_name():
    assert not list(odd_components())


def test_colours_are_tokens():
    assert not list(raw_colours())


@pytest.mark.parametrize(
    "text",
    [
        '<p style="margin: 0">',
        "<style>p {}</style>",
        '<button onclick="go()">',
        '<div hx-on:click="go()">',
        "<script>go()</script>",
        '<a href="javascript:go()">',
        "{{ story|safe }}",
        "{% autoescape false %}",
    ],
)
def test_the_guard_sees_code_in_a_template(tmp_path, text):
    good = '<script src="/a.js"></script><p class="on">{{ x }}</p>{# style="" #}'
    write(tmp_path, {"templates/a.html": good, "templates/b.html": text})
    assert [fault.split(":")[0] for fault in templates_with_code(tmp_path)] == ["templates/b.html"]


def test_the_guard_sees_components_that_are_not_one_macro(tmp_path):
    files = {
        "price": '{% from "components/a.html" import a %}{% macro price() %}x{% endmacro %}',
        "seal": "{% macro seals(n) %}x{% endmacro %}",
        "badge": "{% macro badge() %}x{% endmacro %}{% macro other() %}y{% endmacro %}",
        "notice": "{% macro notice() %}x{% endmacro %}<p>loose</p>",
        "empty": "",
    }
    write(tmp_path, {f"templates/components/{name}.html": text for name, text in files.items()})
    seen = [fault.split(":")[0] for fault in odd_components(tmp_path)]
    assert seen == [f"components/{name}.html" for name in ("badge", "empty", "notice", "seal")]


def test_the_guard_sees_raw_colours(tmp_path):
    good = "#add { color: var(--ink); white-space: nowrap; background: transparent }"
    files = {
        "tokens": ":root { --ink: #211d16; }",
        "good": good,
        "hex": "p { color: #fff; }",
        "name": "p { border: 1px solid white }",
        "call": "p { color: rgb(0 0 0 / 50%); }",
    }
    write(tmp_path, {f"static/css/{name}.css": text for name, text in files.items()})
    write(tmp_path, {"templates/a.html": '<path fill="#a92b1d"/>'})
    seen = [fault.split(":")[0] for fault in raw_colours(tmp_path)]
    assert seen == [f"static/css/{name}.css" for name in ("call", "hex", "name")] + [
        "templates/a.html"
    ]
