"""What a first visit has to load: little enough for a phone in the hills."""

import re
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

from shop.core import clock
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory

FIRST_LOAD = 150_000  # bytes on the wire, pictures of goods apart
STYLE, SCRIPTS, LISTING = 30_000, 40_000, 25_000
BROWSER = {"Accept-Encoding": "br, gzip"}
IN_STYLE = re.compile(r"url\(\"?(/static/[^)\"]+)\"?\)")


@pytest.fixture
def floor(client):
    """Fill every row of the front page and of the list, each product with a star and a season."""
    month = str(clock.today().month)
    for number in range(24):
        name = f"Ngũ cốc dinh dưỡng xay không đường số {number}"
        CertificateFactory(product=ProductFactory(name=name, season_months=month))
    return client


def sent(client, address):
    """Return the bytes on the wire of an address, as a browser asks for it."""
    response = client.get(address, headers=BROWSER, judge=False)
    assert response.status_code == 200
    return len(response.data)


def parts_of(client, path):
    """Return what a page needs besides itself: styles with their fonts and drawings, scripts."""
    page = BeautifulSoup(client.get(path).text, "html.parser")
    named = [tag.get("href") or tag.get("src") for tag in page.select("link, script, img, use")]
    own = {str(each).partition("#")[0] for each in named if str(each).startswith("/static/")}
    styles = [each for each in own if urlsplit(each).path.endswith(".css")]
    return own | {url for sheet in styles for url in IN_STYLE.findall(client.get(sheet).text)}


def of_kind(client, path, *endings):
    wanted = [each for each in parts_of(client, path) if urlsplit(each).path.endswith(endings)]
    assert wanted
    return sum(sent(client, each) for each in wanted)


def test_the_first_load_of_the_front_page_is_light(floor):
    parts = parts_of(floor, "/")
    kinds = {urlsplit(each).path.rpartition(".")[2] for each in parts}
    assert {"css", "js", "svg", "woff2"} <= kinds
    assert sent(floor, "/") + sum(sent(floor, each) for each in parts) <= FIRST_LOAD


def test_styles_and_scripts_are_light(floor):
    assert of_kind(floor, "/", ".css") <= STYLE
    assert of_kind(floor, "/", ".js") <= SCRIPTS


def test_a_full_list_of_goods_is_light(floor):
    page = floor.get("/san-pham")
    assert page.text.count("product-card__name") == 24
    assert sent(floor, "/san-pham") <= LISTING
