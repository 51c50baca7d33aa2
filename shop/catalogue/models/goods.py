"""Tables of goods: products, SKUs, pictures, holds, and the journal of stock."""

import enum
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import Base, BigId, Id, Vnd, enum_column, partial_index
from shop.core.files import StoredFile
from shop.core.money import unit_price_vnd
from shop.stalls.models import Stall


class ProductStatus(enum.StrEnum):
    """Where a listing stands; only a published one of an active stall is sold."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    HIDDEN = "hidden"

    @property
    def label(self) -> LazyString:
        """Return the status in words."""
        return _STATUSES[self]


_STATUSES = {
    ProductStatus.DRAFT: lazy_gettext("Draft"),
    ProductStatus.SUBMITTED: lazy_gettext("Waiting for review"),
    ProductStatus.RETURNED: lazy_gettext("Returned for changes"),
    ProductStatus.PUBLISHED: lazy_gettext("On sale"),
    ProductStatus.HIDDEN: lazy_gettext("Hidden by the stall"),
}


class StagedStatus(enum.StrEnum):
    """Where a change of a published listing stands; the old listing is shown meanwhile."""

    SUBMITTED = "submitted"
    RETURNED = "returned"

    @property
    def label(self) -> LazyString:
        """Return the status in words."""
        return _STAGED[self]


_STAGED = {
    StagedStatus.SUBMITTED: lazy_gettext("A change waits for review"),
    StagedStatus.RETURNED: lazy_gettext("A change was returned"),
}


class Unit(enum.StrEnum):
    """The base unit of a net quantity; unit prices are per kilogram, litre or piece."""

    GRAM = "g"
    MILLILITRE = "ml"
    PIECE = "piece"

    @property
    def per(self) -> int:
        """Return how many base units a unit price stands for."""
        return 1 if self is Unit.PIECE else 1000

    @property
    def per_label(self) -> LazyString:
        """Return the unit that a unit price is told in."""
        return _PER[self]


_PER = {
    Unit.GRAM: lazy_gettext("kg"),
    Unit.MILLILITRE: lazy_gettext("litre"),
    Unit.PIECE: lazy_gettext("piece"),
}


class MovementKind(enum.StrEnum):
    """Why stock moved."""

    OPENING = "opening"
    RECEIVED = "received"
    COUNTED = "counted"
    HELD = "held"
    RELEASED = "released"
    COMMITTED = "committed"
    SHIPPED = "shipped"
    RETURNED = "returned"

    @property
    def label(self) -> LazyString:
        """Return the reason in words."""
        return _MOVEMENTS[self]


_MOVEMENTS = {
    MovementKind.OPENING: lazy_gettext("Opening stock"),
    MovementKind.RECEIVED: lazy_gettext("Goods received"),
    MovementKind.COUNTED: lazy_gettext("Count corrected"),
    MovementKind.HELD: lazy_gettext("Held for an order"),
    MovementKind.RELEASED: lazy_gettext("Hold released"),
    MovementKind.COMMITTED: lazy_gettext("Set aside for an order"),
    MovementKind.SHIPPED: lazy_gettext("Shipped"),
    MovementKind.RETURNED: lazy_gettext("Put back"),
}


class HoldStatus(enum.StrEnum):
    """What became of a hold."""

    ACTIVE = "active"
    COMMITTED = "committed"
    SHIPPED = "shipped"
    RELEASED = "released"


def _listed(*columns: str) -> Index:
    keys = ("status", *columns, "id", "stall_id")  # led by the status, or SQLite would sort
    return partial_index(f"ix_products_listed_{columns[0]}", *keys, where="status = 'published'")


class Product(Base):
    """A listing. `price_from_vnd`, `unit_price_vnd` and `is_in_stock` follow its SKUs.

    The star is not here: it is read from the certificate each time it is shown. `staged` holds
    what a published listing is to become, by field, until a moderator has accepted it;
    `version` counts what a moderator has to judge, so that a decision names what was read.
    """

    __tablename__ = "products"
    __table_args__ = (
        *map(_listed, ("published_at", "price_from_vnd", "unit_price_vnd")),
        _listed("product_set", "published_at"),
        _listed("province_code", "published_at"),
        Index(None, "stall_id", "status", "published_at"),
        Index(None, "status", "submitted_at"),
        Index(None, "staged_status", "submitted_at"),
    )

    id: Mapped[Id]
    stall_id: Mapped[int] = mapped_column(BigId, ForeignKey("stalls.id"))
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    search_key: Mapped[str] = mapped_column(String(250), default="")
    product_set: Mapped[int]
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"))
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"), index=True)
    summary: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    ingredients: Mapped[str] = mapped_column(Text, default="")
    storage: Mapped[str] = mapped_column(Text, default="")
    shelf_life: Mapped[str] = mapped_column(String(120), default="")
    season_months: Mapped[str] = mapped_column(String(40), default="")
    status: Mapped[ProductStatus] = mapped_column(
        enum_column(ProductStatus), default=ProductStatus.DRAFT
    )
    status_reason: Mapped[str] = mapped_column(Text, default="")
    staged: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    staged_status: Mapped[StagedStatus | None] = mapped_column(enum_column(StagedStatus))
    staged_reason: Mapped[str] = mapped_column(Text, default="")
    price_from_vnd: Mapped[Vnd | None] = mapped_column(BigInteger)
    unit_price_vnd: Mapped[Vnd | None] = mapped_column(BigInteger)
    is_in_stock: Mapped[bool] = mapped_column(default=False)
    rating_sum: Mapped[int] = mapped_column(default=0)
    rating_count: Mapped[int] = mapped_column(default=0)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)

    stall: Mapped[Stall] = relationship(lazy="raise")
    skus: Mapped[list["Sku"]] = relationship(
        lazy="raise", back_populates="product", order_by="Sku.position"
    )
    pictures: Mapped[list["ProductPicture"]] = relationship(
        lazy="raise", order_by="ProductPicture.position"
    )


class Sku(Base):
    """A pack of a product that can be bought: its size, price and stock.

    `on_hand` is on the shelf, `held` of it is promised to orders not yet confirmed; what a stall
    has confirmed is `committed` and no longer on the shelf. Available = on_hand - held.
    """

    __tablename__ = "skus"
    __table_args__ = (
        UniqueConstraint("stall_id", "code"),
        CheckConstraint("on_hand >= 0", name="on_hand"),
        CheckConstraint("held >= 0 AND held <= on_hand", name="held"),
        CheckConstraint("committed >= 0", name="committed"),
        CheckConstraint("price_vnd > 0", name="price"),
        CheckConstraint("net_quantity > 0", name="net_quantity"),
        Index(None, "product_id", "position"),
    )

    id: Mapped[Id]
    stall_id: Mapped[int] = mapped_column(BigId, ForeignKey("stalls.id"))
    product_id: Mapped[int] = mapped_column(BigId, ForeignKey("products.id"))
    code: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(default=0)
    net_quantity: Mapped[int]
    unit: Mapped[Unit] = mapped_column(enum_column(Unit))
    weight_g: Mapped[int]
    price_vnd: Mapped[Vnd]
    on_hand: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)
    committed: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)

    product: Mapped[Product] = relationship(lazy="raise", back_populates="skus")

    @property
    def available(self) -> int:
        """Return how many can still be ordered."""
        return self.on_hand - self.held

    @property
    def unit_price_vnd(self) -> int:
        """Return the price of a kilogram, a litre or a piece."""
        return unit_price_vnd(self.price_vnd, self.net_quantity, self.unit.per)


class ProductPicture(Base):
    """A picture of a product and the words for those who do not see it."""

    __tablename__ = "product_pictures"
    __table_args__ = (Index(None, "product_id", "position"),)

    id: Mapped[Id]
    product_id: Mapped[int] = mapped_column(BigId, ForeignKey("products.id"))
    file_id: Mapped[int] = mapped_column(BigId, ForeignKey("stored_files.id"))
    alt: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int] = mapped_column(default=0)

    file: Mapped[StoredFile] = relationship(lazy="raise")


class StockMovement(Base):
    """One change of a SKU's stock: what changed, what it was after, why and by whom."""

    __tablename__ = "stock_movements"
    __table_args__ = (Index(None, "sku_id", "id"),)

    id: Mapped[Id]
    sku_id: Mapped[int] = mapped_column(BigId, ForeignKey("skus.id"))
    kind: Mapped[MovementKind] = mapped_column(enum_column(MovementKind))
    on_hand_delta: Mapped[int] = mapped_column(default=0)
    held_delta: Mapped[int] = mapped_column(default=0)
    committed_delta: Mapped[int] = mapped_column(default=0)
    on_hand_after: Mapped[int]
    held_after: Mapped[int]
    committed_after: Mapped[int]
    reference: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[str] = mapped_column(String(200), default="")
    actor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"))
    at: Mapped[datetime]

    @property
    def on_hand_before(self) -> int:
        """Return what was on the shelf before."""
        return self.on_hand_after - self.on_hand_delta


class StockHold(Base):
    """A promise of pieces of a SKU to one owner, such as `order-line:17`; may expire."""

    __tablename__ = "stock_holds"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        Index(None, "sku_id", "status"),
        Index(None, "status", "expires_at"),
    )

    id: Mapped[Id]
    sku_id: Mapped[int] = mapped_column(BigId, ForeignKey("skus.id"))
    owner: Mapped[str] = mapped_column(String(60), unique=True)
    quantity: Mapped[int]
    status: Mapped[HoldStatus] = mapped_column(enum_column(HoldStatus), default=HoldStatus.ACTIVE)
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
