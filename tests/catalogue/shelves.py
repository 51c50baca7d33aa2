"""What the tests of the public pages share: goods with a star, and what a page shows of them."""

from datetime import timedelta
from typing import Any

from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from shop.catalogue.models import Product
from shop.core import clock
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory
from tests.client import ShopClient
from tests.stalls.factories import StallFactory


def certified(name: str, stars: int = 4, **more: Any) -> Product:
    """Return goods on sale with a live certificate; `days` says for how many days still."""
    ends = clock.today() + timedelta(days=more.pop("days", 995))
    product: Any = ProductFactory(name=name, **more)
    CertificateFactory(product=product, stars=stars, expires_on=ends)
    return product


def stall_in(commune_code: str, **more: Any) -> Any:
    """Return an active stall in this commune."""
    return StallFactory(commune_code=commune_code, **more)


def soup(response: TestResponse) -> BeautifulSoup:
    """Return the page as a tree; it must have been found."""
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def names(response: TestResponse) -> list[str]:
    """Return the goods that a page shows on cards, in its order."""
    return [tag.get_text(strip=True) for tag in soup(response).select(".product-card__name")]


def stars(response: TestResponse) -> list[str]:
    """Return every seal of a page in words, with the number that is written in it."""
    seals = soup(response).select("svg.seal")
    return [str(seal.select_one(".seal__number").get_text()) for seal in seals]


def words(response: TestResponse) -> str:
    """Return what a page says, each gap one space."""
    return " ".join(soup(response).get_text(" ").split())


def in_english(client: ShopClient) -> ShopClient:
    """Let a visitor choose English."""
    client.set_cookie("ngon-ngu", "en")
    return client
