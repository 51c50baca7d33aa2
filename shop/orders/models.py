"""Tables of orders: the order, each stall's part, its lines as sold, its shipments."""

import enum
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models import User
from shop.catalogue.models import Unit
from shop.core.db import Base, BigId, Id, Vnd, enum_column
from shop.stalls.models import Stall


class StallOrderStatus(enum.StrEnum):
    """Where a stall's part stands; the allowed moves are in `transitions.py`."""

    UNPAID = "unpaid"
    PLACED = "placed"
    CONFIRMED = "confirmed"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    CANCELLED = "cancelled"

    @property
    def label(self) -> LazyString:
        """Return the status in words."""
        return _STATUSES[self]


_STATUSES = {
    StallOrderStatus.UNPAID: lazy_gettext("Waiting for payment"),
    StallOrderStatus.PLACED: lazy_gettext("Waiting for the stall"),
    StallOrderStatus.CONFIRMED: lazy_gettext("Confirmed"),
    StallOrderStatus.PACKED: lazy_gettext("Packed"),
    StallOrderStatus.SHIPPED: lazy_gettext("On its way"),
    StallOrderStatus.DELIVERED: lazy_gettext("Delivered"),
    StallOrderStatus.COMPLETED: lazy_gettext("Received"),
    StallOrderStatus.CANCELLED: lazy_gettext("Cancelled"),
}


class CancelledBy(enum.StrEnum):
    """Who ended a stall's part."""

    BUYER = "buyer"
    STALL = "stall"
    FLOOR = "floor"


class Order(Base):
    """What a buyer did at one checkout; `checkout_key` makes a second click the same order.

    Its status is derived from its stall orders and never written.
    """

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint("total_vnd >= 0", name="total"),
        Index(None, "buyer_id", "id"),
    )

    id: Mapped[Id]
    code: Mapped[str | None] = mapped_column(String(20), unique=True)
    buyer_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    checkout_key: Mapped[str] = mapped_column(String(64), unique=True)
    address: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(Text, default="")
    payment_method: Mapped[str] = mapped_column(String(20))
    goods_vnd: Mapped[Vnd]
    delivery_vnd: Mapped[Vnd]
    discount_vnd: Mapped[Vnd] = mapped_column(default=0)
    total_vnd: Mapped[Vnd]
    is_demo: Mapped[bool] = mapped_column(default=False)
    placed_at: Mapped[datetime]

    buyer: Mapped[User] = relationship(lazy="raise")
    stall_orders: Mapped[list["StallOrder"]] = relationship(
        lazy="raise", back_populates="order", order_by="StallOrder.id"
    )


class StallOrder(Base):
    """The part of an order that one stall fulfils and is paid for, such as `R1001-2`."""

    __tablename__ = "stall_orders"
    __table_args__ = (
        UniqueConstraint("order_id", "stall_id"),
        CheckConstraint("goods_vnd + delivery_vnd - discount_vnd = total_vnd", name="total"),
        CheckConstraint(
            "floor_discount_vnd >= 0 AND floor_discount_vnd <= discount_vnd", name="floor_discount"
        ),
        Index(None, "stall_id", "status", "id"),
    )

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(BigId, ForeignKey("orders.id"))
    stall_id: Mapped[int] = mapped_column(BigId, ForeignKey("stalls.id"))
    code: Mapped[str | None] = mapped_column(String(24), unique=True)
    stall_name: Mapped[str] = mapped_column(String(120))
    status: Mapped[StallOrderStatus] = mapped_column(
        enum_column(StallOrderStatus), default=StallOrderStatus.PLACED
    )
    goods_vnd: Mapped[Vnd]
    delivery_vnd: Mapped[Vnd]
    discount_vnd: Mapped[Vnd] = mapped_column(default=0)
    floor_discount_vnd: Mapped[Vnd] = mapped_column(default=0)
    total_vnd: Mapped[Vnd]
    cancelled_by: Mapped[CancelledBy | None] = mapped_column(enum_column(CancelledBy))
    cancel_code: Mapped[str] = mapped_column(String(32), default="")
    cancel_reason: Mapped[str] = mapped_column(Text, default="")
    placed_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
    revived_at: Mapped[datetime | None]

    order: Mapped[Order] = relationship(lazy="raise", back_populates="stall_orders")
    stall: Mapped[Stall] = relationship(lazy="raise")
    lines: Mapped[list["OrderLine"]] = relationship(
        lazy="raise", back_populates="stall_order", order_by="OrderLine.id"
    )
    shipments: Mapped[list["Shipment"]] = relationship(lazy="raise", order_by="Shipment.id")

    @property
    def number(self) -> int:
        """Return which part of its order this is: 2 of `R1001-2`."""
        return int(str(self.code).rpartition("-")[2])


class OrderLine(Base):
    """A SKU as it was sold: names, pack, price, star and certificate of that moment."""

    __tablename__ = "order_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("unit_price_vnd * quantity = total_vnd", name="total"),
        CheckConstraint("discount_vnd >= 0 AND discount_vnd <= total_vnd", name="discount"),
        CheckConstraint(
            "floor_discount_vnd >= 0 AND floor_discount_vnd <= discount_vnd", name="floor_discount"
        ),
    )

    id: Mapped[Id]
    stall_order_id: Mapped[int] = mapped_column(BigId, ForeignKey("stall_orders.id"), index=True)
    product_id: Mapped[int] = mapped_column(BigId, ForeignKey("products.id"), index=True)
    sku_id: Mapped[int] = mapped_column(BigId, ForeignKey("skus.id"), index=True)
    product_name: Mapped[str] = mapped_column(String(200))
    product_slug: Mapped[str] = mapped_column(String(120))
    sku_code: Mapped[str] = mapped_column(String(40))
    sku_label: Mapped[str] = mapped_column(String(80))
    unit: Mapped[Unit] = mapped_column(enum_column(Unit))
    net_quantity: Mapped[int]
    weight_g: Mapped[int]
    quantity: Mapped[int]
    list_price_vnd: Mapped[Vnd]
    unit_price_vnd: Mapped[Vnd]
    total_vnd: Mapped[Vnd]
    discount_vnd: Mapped[Vnd] = mapped_column(default=0)
    floor_discount_vnd: Mapped[Vnd] = mapped_column(default=0)
    stars: Mapped[int | None]
    certificate_code: Mapped[str] = mapped_column(String(40), default="")

    stall_order: Mapped[StallOrder] = relationship(lazy="raise", back_populates="lines")

    @property
    def net_vnd(self) -> int:
        """Return what the buyer pays for the line."""
        return self.total_vnd - self.discount_vnd


class Shipment(Base):
    """A parcel handed over: by which carrier, under which tracking number."""

    __tablename__ = "shipments"

    id: Mapped[Id]
    stall_order_id: Mapped[int] = mapped_column(BigId, ForeignKey("stall_orders.id"), index=True)
    carrier: Mapped[str] = mapped_column(String(80))
    tracking_number: Mapped[str] = mapped_column(String(60), default="")
    shipped_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]
