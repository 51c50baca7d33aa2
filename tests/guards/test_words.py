"""No template says a word that is not in the catalogues: each goes through gettext."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.guards.source import ROOT, templates, write

SPOKEN = ("title", "placeholder", "aria-label", "aria-description", "alt", "content")
SPOKEN_META = {"description", "og:title", "og:description", "og:site_name"}
SAMPLES = ("web/style_guide", "web/_guide")  # sample goods and people of the style guide
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Names and marks that are the same in every language.
NAMES = re.compile(r"Chợ Phiên|OCOP|Tiếng Việt|English|VietQR|Stripe|CSV|XLSX|PDF|JPEG|PNG|VND")
JINJA = re.compile(
    r"\{#.*?#\}|\{% block (?:section|tab) %\}.*?\{% endblock %\}|"  # keys, not words
    r"\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL,
)


def loose_words(root: Path = ROOT) -> Iterator[str]:
    """Yield the words of templates that stand outside gettext."""
    for name, text in templates(root):
        if name.endswith(".html") and not name.startswith(SAMPLES):
            named = re.sub(r"(</?)\{\{.*?\}\}", r"\1x", text)  # the element's name is computed
            soup = BeautifulSoup(JINJA.sub(" ", named), "html.parser")
            yield from (f"templates/{name}: {words!r}" for words in _said(soup))


def _said(soup: BeautifulSoup) -> Iterator[str]:
    for quiet in soup.find_all(["script", "style", "code"]):
        quiet.decompose()
    said = [str(text).strip() for text in soup.find_all(string=True)]
    for tag in soup.find_all(True):
        if tag.name == "meta" and not {tag.get("name"), tag.get("property")} & SPOKEN_META:
            continue
        said += [str(tag.get(attribute) or "").strip() for attribute in SPOKEN]
    for words in said:
        if LETTERS.search(NAMES.sub("", words)) and words != "html":
            yield words


def test_every_word_of_the_templates_goes_through_gettext():
    assert not list(loose_words())


@pytest.mark.parametrize(
    "text",
    [
        "<p>Add to cart</p>",
        "<p>Thêm {{ n }} vào giỏ</p>",
        '<input placeholder="Tìm mật ong">',
        '<nav aria-label="Main">{{ _("x") }}</nav>',
        "{% if x %}Hello{% endif %}",
        '<meta name="description" content="A market">',
    ],
)
def test_the_guard_sees_a_word_outside_gettext(tmp_path, text):
    good = (
        '<!doctype html><meta name="viewport" content="width=device-width"><p>{{ _("Add") }} · OCOP'
        "{% trans %}Two words{% endtrans %} {# a note #}</p><script>go()</script>"
    )
    write(tmp_path, {"templates/good.html": good, "templates/orders/bad.html": text})
    assert [fault.split(":")[0] for fault in loose_words(tmp_path)] == ["templates/orders/bad.html"]
