"""Tables of payments: what is owed per stall, and the events that the totals come from."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import Base, BigId, Id, Vnd, enum_column


class PaymentEventKind(enum.StrEnum):
    """What happened to the money of a share."""

    CLAIMED = "claimed"
    CAPTURED = "captured"
    VOIDED = "voided"
    REFUNDED = "refunded"


class Payment(Base):
    """How one order is paid; what is claimed, captured and refunded stands in its shares."""

    __tablename__ = "payments"

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(BigId, ForeignKey("orders.id"), unique=True)
    method: Mapped[str] = mapped_column(String(20))
    amount_vnd: Mapped[Vnd]
    created_at: Mapped[datetime]

    shares: Mapped[list["PaymentShare"]] = relationship(lazy="raise", order_by="PaymentShare.id")


class PaymentShare(Base):
    """The part of a payment that belongs to one stall order; recomputed from its events."""

    __tablename__ = "payment_shares"
    __table_args__ = (
        CheckConstraint("refunded_vnd >= 0 AND refunded_vnd <= captured_vnd", name="refunded"),
        CheckConstraint("captured_vnd <= claimed_vnd", name="captured"),
    )

    id: Mapped[Id]
    payment_id: Mapped[int] = mapped_column(BigId, ForeignKey("payments.id"), index=True)
    stall_order_id: Mapped[int] = mapped_column(BigId, ForeignKey("stall_orders.id"), unique=True)
    amount_vnd: Mapped[Vnd]
    claimed_vnd: Mapped[Vnd] = mapped_column(default=0)
    captured_vnd: Mapped[Vnd] = mapped_column(default=0)
    refunded_vnd: Mapped[Vnd] = mapped_column(default=0)


class PaymentEvent(Base):
    """One fact about money, written once: the pair of provider and its key is unique."""

    __tablename__ = "payment_events"
    __table_args__ = (
        UniqueConstraint("provider", "provider_key"),
        CheckConstraint("amount_vnd >= 0", name="amount"),
        Index(None, "share_id", "id"),
    )

    id: Mapped[Id]
    share_id: Mapped[int] = mapped_column(BigId, ForeignKey("payment_shares.id"))
    provider: Mapped[str] = mapped_column(String(20))
    provider_key: Mapped[str] = mapped_column(String(120))
    kind: Mapped[PaymentEventKind] = mapped_column(enum_column(PaymentEventKind))
    amount_vnd: Mapped[Vnd]
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime]
