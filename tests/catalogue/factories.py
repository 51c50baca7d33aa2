"""Goods for tests: minimal, valid, and with sums that hold."""

import secrets

from factory.alchemy import SQLAlchemyModelFactory
from factory.declarations import (
    LazyAttribute,
    LazyAttributeSequence,
    LazyFunction,
    SelfAttribute,
    Sequence,
    SubFactory,
)
from factory.helpers import post_generation

from shop.catalogue.models import (
    MovementKind,
    Product,
    ProductPicture,
    ProductStatus,
    Sku,
    StockMovement,
    Unit,
)
from shop.catalogue.operations.prices import note_price
from shop.catalogue.operations.summary import refresh_summaries
from shop.core import clock
from shop.core.db import db
from shop.core.files import StoredFile
from shop.core.vietnamese import fold, slugify


class ProductFactory(SQLAlchemyModelFactory):
    """A published listing of an active stall: one pack, 20 on the shelf, no picture.

    `ProductFactory(packs=0)` has none; `packs__price_vnd=…`, `packs__stock=…` shape them.
    """

    class Meta:
        model = Product
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"

    stall = SubFactory("tests.stalls.factories.StallFactory")
    stall_id = SelfAttribute("stall.id")
    name = Sequence(lambda n: f"Mật ong bạc hà số {n + 1}")
    slug = LazyAttributeSequence(lambda product, n: f"{slugify(product.name)}-{n + 1}")
    search_key = LazyAttribute(lambda product: fold(product.name))
    product_set = 4
    province_code = SelfAttribute("stall.province_code")
    commune_code = SelfAttribute("stall.commune_code")
    summary = "Mật đặc, thơm mùi hoa bạc hà."
    description = "Ong lấy mật trên đá, mỗi năm một mùa."
    ingredients = "100 % mật ong bạc hà"
    storage = "Nơi khô mát, tránh nắng"
    shelf_life = "24 tháng kể từ ngày đóng chai"
    status = ProductStatus.PUBLISHED
    created_at = LazyFunction(clock.now)
    submitted_at = LazyFunction(clock.now)
    published_at = LazyFunction(clock.now)

    @post_generation
    def packs(self, create, extracted, **kwargs):
        if create:
            for _ in range(1 if extracted is None else extracted):
                SkuFactory(product=self, **kwargs)


class SkuFactory(SQLAlchemyModelFactory):
    """A pack of 500 g at 150.000 ₫, `stock` pieces counted in by an opening movement."""

    class Meta:
        model = Sku
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"

    product = SubFactory(ProductFactory, packs=0)
    product_id = SelfAttribute("product.id")
    stall_id = SelfAttribute("product.stall_id")
    code = Sequence(lambda n: f"SP-{n + 1}")
    label = "Hũ 500 g"
    position = Sequence(lambda n: n)
    net_quantity = 500
    unit = Unit.GRAM
    weight_g = 700
    price_vnd = 150_000

    @post_generation
    def price_change(self, create, _extracted, **_kwargs):
        if create:
            note_price(self)

    @post_generation
    def stock(self, create, extracted, **_kwargs):
        if create:
            count_in(self, 20 if extracted is None else extracted)


def count_in(sku, pieces):
    """Put opening stock on the shelf, with the movement that its sum needs."""
    if pieces:
        sku.on_hand = pieces
        db.session.add(
            StockMovement(
                sku_id=sku.id,
                kind=MovementKind.OPENING,
                on_hand_delta=pieces,
                on_hand_after=pieces,
                held_after=0,
                committed_after=0,
                at=clock.now(),
            )
        )
    refresh_summaries([sku.product_id])


def stored_picture():
    """Return the row of a picture of 800 × 600 that a stall has handed in."""
    stored = StoredFile(
        name=f"{secrets.token_hex(16)}.webp",
        content_type="image/webp",
        size_bytes=1,
        sha256="0" * 64,
        width=800,
        height=600,
        created_at=clock.now(),
    )
    db.session.add(stored)
    db.session.flush()
    return stored


class PictureFactory(SQLAlchemyModelFactory):
    """The first picture of a listing as the database knows it; no bytes lie behind it."""

    class Meta:
        model = ProductPicture
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"

    product_id = None
    file = LazyFunction(stored_picture)
    file_id = SelfAttribute("file.id")
    alt = "Hũ mật ong bạc hà trên bàn gỗ"
    position = 0
