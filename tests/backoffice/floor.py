"""A small floor on which everything that must hold does: a stall, goods, an order, a review."""

from shop.catalogue.models import Product
from shop.certification.models import Certificate
from shop.core import audit, files, outbox
from shop.core.db import db, transaction
from shop.orders.models import StallOrderStatus
from shop.stalls.models import Stall
from tests.catalogue.factories import ProductFactory
from tests.certification.factories import CertificateFactory
from tests.core.test_images import picture
from tests.orders.factories import PlacedOrderFactory, first_sku
from tests.reviews.factories import ReviewFactory

DEEDS = {
    Stall: "stall.accepted",
    Product: "product.published",
    Certificate: "certificate.verified",
}


def sound_floor():
    """Build the floor, its record included, and let the worker do what it promised."""
    product = ProductFactory(packs__stock=50)
    CertificateFactory(product=product)
    sku = first_sku(product)
    for status in (StallOrderStatus.PLACED, StallOrderStatus.CONFIRMED):
        PlacedOrderFactory(skus=[(sku, 2)], status=status)
    ReviewFactory()
    with transaction():
        files.store_picture(picture())
    write_record()
    outbox.run_until_empty()
    return product


def write_record():
    """Write down the decisions that factories skip."""
    with transaction():
        for model, action in DEEDS.items():
            for row in db.session.scalars(db.select(model)):
                audit.record(action, row, public=True)
