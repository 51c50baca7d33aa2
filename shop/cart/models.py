"""Tables of carts."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.catalogue.models import Sku
from shop.core.db import Base, BigId, Id, Vnd


class Cart(Base):
    """What a person, or a visitor who holds its token, means to buy.

    `checkout_key` names the next order from this cart, the same in every tab until it is placed.
    """

    __tablename__ = "carts"
    __table_args__ = (CheckConstraint("(user_id IS NULL) <> (token_hash IS NULL)", name="owner"),)

    id: Mapped[Id]
    user_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"), unique=True)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    checkout_key: Mapped[str] = mapped_column(String(64))
    updated_at: Mapped[datetime] = mapped_column(index=True)

    lines: Mapped[list["CartLine"]] = relationship(lazy="raise", order_by="CartLine.id")


class CartLine(Base):
    """A SKU in a cart, how many, and the price that was shown when it was last looked at."""

    __tablename__ = "cart_lines"
    __table_args__ = (
        UniqueConstraint("cart_id", "sku_id"),
        CheckConstraint("quantity > 0", name="quantity"),
    )

    id: Mapped[Id]
    cart_id: Mapped[int] = mapped_column(BigId, ForeignKey("carts.id", ondelete="CASCADE"))
    sku_id: Mapped[int] = mapped_column(BigId, ForeignKey("skus.id"), index=True)
    quantity: Mapped[int]
    seen_price_vnd: Mapped[Vnd]

    sku: Mapped[Sku] = relationship(lazy="raise")


class CartVoucher(Base):
    """A voucher that the buyer wants to use: one per stall, and one of the floor under 0."""

    __tablename__ = "cart_vouchers"

    cart_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("carts.id", ondelete="CASCADE"), primary_key=True
    )
    giver: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    voucher_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("vouchers.id", ondelete="CASCADE"), index=True
    )
