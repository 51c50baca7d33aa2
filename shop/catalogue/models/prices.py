"""Tables of prices: the breaks for larger quantities, and the record of every list price."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Base, BigId, Id, Vnd


class PriceTier(Base):
    """From how many pieces of a pack on each of them costs less than its list price."""

    __tablename__ = "price_tiers"
    __table_args__ = (
        UniqueConstraint("sku_id", "from_quantity"),
        CheckConstraint("from_quantity > 1", name="from_quantity"),
        CheckConstraint("price_vnd > 0", name="price"),
    )

    id: Mapped[Id]
    sku_id: Mapped[int] = mapped_column(BigId, ForeignKey("skus.id"))
    from_quantity: Mapped[int]
    price_vnd: Mapped[Vnd]


class PriceChange(Base):
    """The list price of a pack from a moment on; the first row is the price it began with.

    The database itself refuses to change or delete a row.
    """

    __tablename__ = "price_changes"
    __table_args__ = (Index(None, "sku_id", "id"), CheckConstraint("price_vnd > 0", name="price"))

    id: Mapped[Id]
    sku_id: Mapped[int] = mapped_column(BigId, ForeignKey("skus.id"))
    price_vnd: Mapped[Vnd]
    at: Mapped[datetime]
