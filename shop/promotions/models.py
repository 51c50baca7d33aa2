"""Tables of vouchers: what they grant, which stalls take part, and every use of them."""

from datetime import date, datetime

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
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Base, BigId, Id, Vnd


class Voucher(Base):
    """A code that takes an amount or a percentage off; of a stall, or of the floor.

    It lives from its first to its last day in Vietnam, both included. `redeemed` counts the uses
    that were not given back; it never passes `quota`. `floor_share_bp` is what the floor bears.
    """

    __tablename__ = "vouchers"
    __table_args__ = (
        CheckConstraint("(amount_vnd IS NULL) <> (percent_bp IS NULL)", name="kind"),
        CheckConstraint("amount_vnd > 0", name="amount"),
        CheckConstraint("percent_bp > 0 AND percent_bp <= 10000", name="percent"),
        CheckConstraint("cap_vnd > 0", name="cap"),
        CheckConstraint("minimum_vnd >= 0", name="minimum"),
        CheckConstraint("starts_on <= ends_on", name="days"),
        CheckConstraint("redeemed >= 0 AND redeemed <= quota", name="quota"),
        CheckConstraint("per_buyer > 0", name="per_buyer"),
        CheckConstraint("floor_share_bp >= 0 AND floor_share_bp <= 10000", name="floor_share"),
        CheckConstraint("stall_id IS NULL OR floor_share_bp = 0", name="bearer"),
        Index(None, "stall_id", "ends_on", "id"),
    )

    id: Mapped[Id]
    stall_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("stalls.id"))
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    amount_vnd: Mapped[Vnd | None] = mapped_column(BigInteger)
    percent_bp: Mapped[int | None]
    cap_vnd: Mapped[Vnd | None] = mapped_column(BigInteger)
    minimum_vnd: Mapped[Vnd] = mapped_column(default=0)
    product_sets: Mapped[list[int]] = mapped_column(JSON, default=list)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    end_words: Mapped[str] = mapped_column(Text, default="")
    quota: Mapped[int]
    per_buyer: Mapped[int] = mapped_column(default=1)
    redeemed: Mapped[int] = mapped_column(default=0)
    floor_share_bp: Mapped[int] = mapped_column(default=0)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"))
    created_at: Mapped[datetime]

    @property
    def needs_joining(self) -> bool:
        """Tell whether stalls bear a part of the floor's voucher, so that each has to join."""
        return self.stall_id is None and self.floor_share_bp < 10_000


class VoucherStall(Base):
    """A stall that has agreed to bear its part of a voucher of the floor."""

    __tablename__ = "voucher_stalls"

    voucher_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("vouchers.id", ondelete="CASCADE"), primary_key=True
    )
    stall_id: Mapped[int] = mapped_column(BigId, ForeignKey("stalls.id"), primary_key=True)
    joined_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"))
    joined_at: Mapped[datetime]


class Redemption(Base):
    """One use of a voucher by one order; given back at most once."""

    __tablename__ = "voucher_redemptions"
    __table_args__ = (
        UniqueConstraint("voucher_id", "order_id"),
        CheckConstraint("discount_vnd > 0", name="discount"),
        Index(None, "voucher_id", "buyer_id"),
        Index(None, "order_id"),
    )

    id: Mapped[Id]
    voucher_id: Mapped[int] = mapped_column(BigId, ForeignKey("vouchers.id"))
    order_id: Mapped[int] = mapped_column(BigId, ForeignKey("orders.id"))
    buyer_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    discount_vnd: Mapped[Vnd]
    redeemed_at: Mapped[datetime]
    given_back_at: Mapped[datetime | None]


class RedemptionPart(Base):
    """What a use took off one stall's part, and how much of that the floor bears."""

    __tablename__ = "voucher_redemption_parts"
    __table_args__ = (
        CheckConstraint(
            "floor_discount_vnd >= 0 AND floor_discount_vnd <= discount_vnd", name="discount"
        ),
        Index(None, "stall_order_id"),
    )

    redemption_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("voucher_redemptions.id"), primary_key=True
    )
    stall_order_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("stall_orders.id"), primary_key=True
    )
    discount_vnd: Mapped[Vnd]
    floor_discount_vnd: Mapped[Vnd] = mapped_column(default=0)
