"""The goods behind a certificate as they are today, told by the room that holds them."""

from typing import NamedTuple

from shop.certification.models import Certificate
from shop.web import slots


class Goods(NamedTuple):
    """What goods are called today, and the set in which they are."""

    name: str
    product_set: int


def goods_now(product_id: int) -> Goods | None:
    """Return the goods as they are today, None when nobody knows them."""
    return next(iter(slots.collect("certification.goods", product_id)), None)


def speaks_of(certificate: Certificate, goods: Goods | None) -> bool:
    """Tell whether a certificate names the goods as they are."""
    return goods == (certificate.product_name, certificate.product_set)
