"""What every page must be: read from the HTML that a browser would be given."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from bs4 import BeautifulSoup, Tag

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
    | {"track", "wbr"}
)
NOT_TYPED = frozenset({"hidden", "submit", "button", "image", "reset"})
LOADED = (("script", "src"), ("img", "src"), ("link", "href"), ("iframe", "src"))
DATA_SCRIPTS = frozenset({"application/ld+json", "application/json"})
LEFTOVER = re.compile(r"\{\{|\}\}|\{%|%\(\w+\)s|^\s*(None|True|False|undefined)\s*$")


def assert_page_is_well_formed(html: str) -> None:
    """Assert that a whole page is titled, labelled, closed and free of inline code."""
    soup = BeautifulSoup(html, "html.parser")
    faults = [*_frame_faults(soup), *part_faults(html, soup)]
    assert not faults, "the page has faults:\n" + "\n".join(faults)


def assert_part_is_well_formed(html: str) -> None:
    """Assert the same of a part of a page, which has no title and no h1 of its own."""
    faults = list(part_faults(html, BeautifulSoup(html, "html.parser")))
    assert not faults, "the part has faults:\n" + "\n".join(faults)


def part_faults(html: str, soup: BeautifulSoup) -> Iterator[str]:
    """Yield what is wrong inside a page."""
    yield from _balance_faults(html)
    yield from _inline_faults(soup)
    yield from _stranger_faults(soup)
    yield from _form_faults(soup)
    yield from _label_faults(soup)
    yield from _id_faults(soup)
    yield from _picture_faults(soup)
    yield from _link_faults(soup)
    yield from _text_faults(soup)


def _frame_faults(soup: BeautifulSoup) -> Iterator[str]:
    if soup.html is None or not soup.html.get("lang"):
        yield "<html> says no lang"
    if soup.title is None or not soup.title.get_text(strip=True):
        yield "no <title>"
    titles = soup.find_all("h1")
    if len(titles) != 1 or not titles[0].get_text(strip=True):
        yield f"{len(titles)} <h1>, one with words is wanted"
    if len(soup.find_all("main")) != 1:
        yield "not exactly one <main>"
    if soup.find("meta", attrs={"name": "viewport"}) is None:
        yield "no viewport for phones"


class _Balance(HTMLParser):
    """Keeps the stack of open elements."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, int]] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append((tag, self.getpos()[0]))

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Take `<path />` as closed."""

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
        else:
            opened = "<{}> of line {}".format(*self.open[-1]) if self.open else "nothing"
            self.faults.append(f"line {self.getpos()[0]}: </{tag}> closes {opened}")


def _balance_faults(html: str) -> Iterator[str]:
    parser = _Balance()
    parser.feed(html)
    parser.close()
    yield from parser.faults[:3]
    if not parser.faults:
        yield from (f"line {line}: <{tag}> is never closed" for tag, line in parser.open)


def _inline_faults(soup: BeautifulSoup) -> Iterator[str]:
    if soup.find("style"):
        yield "an inline <style>"
    for script in soup.find_all("script", src=False):
        if script.get("type") not in DATA_SCRIPTS:
            yield "an inline <script>"
    for tag in soup.find_all(True):
        inline = (name for name in tag.attrs if name == "style" or name.startswith("on"))
        yield from (f"{name}= on {_name(tag)}" for name in inline)


def _stranger_faults(soup: BeautifulSoup) -> Iterator[str]:
    for kind, attribute in LOADED:
        for tag in soup.find_all(kind):
            address = str(tag.get(attribute) or "")
            if address.startswith(("http:", "https:", "//")) and tag.get("rel") != ["canonical"]:
                yield f"loads from another machine: {address}"


def _form_faults(soup: BeautifulSoup) -> Iterator[str]:
    for form in soup.find_all("form"):
        if not form.get("action"):
            yield f"{_name(form)} has no action"
        method = str(form.get("method") or "get").lower()
        if method not in {"get", "post"}:
            yield f"{_name(form)} has method {method}"
        token = form.find("input", attrs={"name": "csrf_token"})
        if method == "post" and (token is None or not token.get("value")):
            yield f"{_name(form)} posts without csrf_token"
        if method == "get" and token is not None:
            yield f"{_name(form)} puts csrf_token into the address"
        if form.find("input", type="file") and form.get("enctype") != "multipart/form-data":
            yield f"{_name(form)} sends files without enctype"
        if form.find("form"):
            yield f"{_name(form)} holds another form"


def _label_faults(soup: BeautifulSoup) -> Iterator[str]:
    labelled = {str(label.get("for")) for label in soup.find_all("label") if label.get("for")}
    ids = {str(tag["id"]) for tag in soup.find_all(id=True)}
    for field in soup.find_all(["input", "select", "textarea"]):
        if field.name == "input" and field.get("type", "text") in NOT_TYPED:
            continue
        spoken = field.get("aria-label") or set(str(field.get("aria-labelledby")).split()) & ids
        if not (field.get("id") in labelled or field.find_parent("label") or spoken):
            yield f"{_name(field)} has no label"
        if described := set(str(field.get("aria-describedby") or "").split()) - ids:
            yield f"{_name(field)} is described by what is not there: {described}"
    for target in labelled - ids:
        yield f"a label is for {target}, which is not there"
    for button in soup.find_all("button"):
        if not (button.get_text(strip=True) or button.get("aria-label")):
            yield f"{_name(button)} has no words"


def _id_faults(soup: BeautifulSoup) -> Iterator[str]:
    seen = Counter(str(tag["id"]) for tag in soup.find_all(id=True))
    yield from (
        f"the id {name} is there {count} times" for name, count in seen.items() if count > 1
    )


def _picture_faults(soup: BeautifulSoup) -> Iterator[str]:
    for picture in soup.find_all("img"):
        if not picture.has_attr("alt"):
            yield f"{_name(picture)} has no alt"
        if not (picture.get("width") and picture.get("height")):
            yield f"{_name(picture)} has no width and height"


def _link_faults(soup: BeautifulSoup) -> Iterator[str]:
    for link in soup.find_all("a"):
        address = str(link.get("href") or "")
        if address in {"", "#"} or address.lower().startswith("javascript:"):
            yield f"a link leads nowhere: {link.get_text(strip=True)!r}"
        if not (link.get_text(strip=True) or link.get("aria-label") or link.find("img", alt=True)):
            yield f"the link to {address} has no words"


def _text_faults(soup: BeautifulSoup) -> Iterator[str]:
    for text in soup.find_all(string=LEFTOVER):
        if text.parent is not None and text.parent.name not in {"script", "code", "pre"}:
            yield f"left over in the text: {str(text).strip()[:60]!r}"
    words = soup.get_text()
    if not unicodedata.is_normalized("NFC", words):
        yield "the text is not in NFC"


def _name(tag: Tag) -> str:
    known = next(
        (f" {key}={tag[key]!r}" for key in ("id", "name", "action", "src") if tag.get(key)), ""
    )
    return f"<{tag.name}{known}>"
