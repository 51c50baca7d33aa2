"""Tables of payments: what is owed per stall, what money came, what went back, in what ways.

Totals are recomputed from events, which are written once and never changed.
"""

import enum
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import Base, BigId, Id, Vnd, enum_column, partial_index
from shop.core.files import StoredFile
from shop.orders.models import Order, StallOrder

IS_OPEN = "expires_at IS NOT NULL AND completed_at IS NULL AND expired_at IS NULL"
IS_PARKED = "problem IS NOT NULL AND resolved_at IS NULL"


class PaymentEventKind(enum.StrEnum):
    """What happened to the money of a share."""

    CLAIMED = "claimed"
    CAPTURED = "captured"
    VOIDED = "voided"
    REFUNDED = "refunded"


class ReceiptProblem(enum.StrEnum):
    """Why money that came does not simply pay what it names."""

    CURRENCY = "currency"
    UNDER = "under"
    OVER = "over"
    DOUBLE = "double"
    LATE = "late"
    UNKNOWN = "unknown"

    @property
    def label(self) -> LazyString:
        """Return the problem in words."""
        return _PROBLEMS[self]


_PROBLEMS = {
    ReceiptProblem.CURRENCY: lazy_gettext("Another currency"),
    ReceiptProblem.UNDER: lazy_gettext("Less than is owed"),
    ReceiptProblem.OVER: lazy_gettext("More than is owed"),
    ReceiptProblem.DOUBLE: lazy_gettext("Already paid"),
    ReceiptProblem.LATE: lazy_gettext("Came after the order had ended"),
    ReceiptProblem.UNKNOWN: lazy_gettext("Names no order that we know"),
}


class Resolution(enum.StrEnum):
    """What was done with money that did not fit."""

    REFUND = "refund"
    ACCEPT = "accept"
    REVIVE = "revive"

    @property
    def label(self) -> LazyString:
        """Return the deed in words."""
        return _RESOLUTIONS[self]


_RESOLUTIONS = {
    Resolution.REFUND: lazy_gettext("Give it back"),
    Resolution.ACCEPT: lazy_gettext("Take it as the payment"),
    Resolution.REVIVE: lazy_gettext("Take the order up again, if it is in stock"),
}


class RefundStatus(enum.StrEnum):
    """Where money on its way back stands."""

    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"

    @property
    def label(self) -> LazyString:
        """Return the status in words."""
        return _REFUNDS[self]


_REFUNDS = {
    RefundStatus.PENDING: lazy_gettext("On its way back"),
    RefundStatus.DONE: lazy_gettext("Paid back"),
    RefundStatus.FAILED: lazy_gettext("The gateway refused"),
}


class Payment(Base):
    """How one order is paid; what is claimed, captured and refunded stands in its shares.

    One that is paid before the goods leave lets them go at `expires_at`; cash never does.
    """

    __tablename__ = "payments"
    __table_args__ = (partial_index("ix_payments_open", "expires_at", where=IS_OPEN),)

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(BigId, ForeignKey("orders.id"), unique=True)
    method: Mapped[str] = mapped_column(String(20))
    amount_vnd: Mapped[Vnd]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    expired_at: Mapped[datetime | None]

    order: Mapped[Order] = relationship(lazy="raise")
    shares: Mapped[list["PaymentShare"]] = relationship(
        lazy="raise", back_populates="payment", order_by="PaymentShare.id"
    )


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

    payment: Mapped[Payment] = relationship(lazy="raise", back_populates="shares")
    stall_order: Mapped[StallOrder] = relationship(lazy="raise")

    @property
    def owed_vnd(self) -> int:
        """Return what is still to come."""
        return self.claimed_vnd - self.captured_vnd


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


class PaymentAttempt(Base):
    """One go at a gateway: `reference` is what it will name when money comes."""

    __tablename__ = "payment_attempts"
    __table_args__ = (UniqueConstraint("provider", "reference"),)

    id: Mapped[Id]
    payment_id: Mapped[int] = mapped_column(BigId, ForeignKey("payments.id"), index=True)
    provider: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str] = mapped_column(String(80))
    amount_vnd: Mapped[Vnd]
    url: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]

    payment: Mapped[Payment] = relationship(lazy="raise")


class Receipt(Base):
    """A message that money came, kept once whatever it says; with a problem, somebody decides.

    `amount` is in the smallest unit of `currency`: whole đồng for VND.
    """

    __tablename__ = "receipts"
    __table_args__ = (
        UniqueConstraint("provider", "provider_key"),
        CheckConstraint("amount > 0", name="amount"),
        partial_index("ix_receipts_parked", "id", where=IS_PARKED),
        Index(None, "payment_id", "id"),
    )

    id: Mapped[Id]
    provider: Mapped[str] = mapped_column(String(20))
    provider_key: Mapped[str] = mapped_column(String(120))
    amount: Mapped[Vnd]
    currency: Mapped[str] = mapped_column(String(3))
    reference: Mapped[str] = mapped_column(String(200), default="")
    payment_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("payments.id"))
    share_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("payment_shares.id"), index=True)
    stall_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("stalls.id"), index=True)
    problem: Mapped[ReceiptProblem | None] = mapped_column(enum_column(ReceiptProblem))
    resolution: Mapped[Resolution | None] = mapped_column(enum_column(Resolution))
    words: Mapped[str] = mapped_column(Text, default="")
    resolved_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"))
    resolved_at: Mapped[datetime | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime]

    payment: Mapped[Payment | None] = relationship(lazy="raise")
    share: Mapped[PaymentShare | None] = relationship(lazy="raise")

    @property
    def is_parked(self) -> bool:
        """Tell whether somebody still has to decide on it."""
        return self.problem is not None and self.resolved_at is None


class Refund(Base):
    """Money on its way back, of a share or of a receipt that did not fit; never more than came."""

    __tablename__ = "refunds"
    __table_args__ = (
        CheckConstraint("amount_vnd > 0", name="amount"),
        CheckConstraint("share_id IS NOT NULL OR receipt_id IS NOT NULL", name="origin"),
        Index(None, "status", "id"),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(120), unique=True)
    share_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("payment_shares.id"), index=True)
    receipt_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("receipts.id"), index=True)
    provider: Mapped[str] = mapped_column(String(20))
    amount_vnd: Mapped[Vnd]
    goods_vnd: Mapped[Vnd] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[RefundStatus] = mapped_column(
        enum_column(RefundStatus), default=RefundStatus.PENDING
    )
    provider_reference: Mapped[str] = mapped_column(String(120), default="")
    proof_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("stored_files.id"))
    error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    share: Mapped[PaymentShare | None] = relationship(lazy="raise")
    receipt: Mapped[Receipt | None] = relationship(lazy="raise")
    proof: Mapped[StoredFile | None] = relationship(lazy="raise")


class CardTransfer(Base):
    """What a gateway passed on to a stall of a share, and what of it was taken back since."""

    __tablename__ = "card_transfers"
    __table_args__ = (
        CheckConstraint("reversed_vnd >= 0 AND reversed_vnd <= amount_vnd", name="reversed"),
    )

    share_id: Mapped[int] = mapped_column(BigId, ForeignKey("payment_shares.id"), primary_key=True)
    reference: Mapped[str] = mapped_column(String(80), unique=True)
    amount_vnd: Mapped[Vnd]
    reversed_vnd: Mapped[Vnd] = mapped_column(default=0)
    created_at: Mapped[datetime]


class StallPaymentSettings(Base):
    """Which ways to pay a stall accepts; one without a row takes cash on delivery alone."""

    __tablename__ = "stall_payment_settings"

    stall_id: Mapped[int] = mapped_column(BigId, ForeignKey("stalls.id"), primary_key=True)
    accepts_cod: Mapped[bool] = mapped_column(default=True)
    cod_limit_vnd: Mapped[int | None] = mapped_column(BigId)
    may_open_first: Mapped[bool] = mapped_column(default=True)
    accepts_vietqr: Mapped[bool] = mapped_column(default=False)
    bank_bin: Mapped[str] = mapped_column(String(6), default="")
    account_number: Mapped[str] = mapped_column(String(19), default="")
    account_holder: Mapped[str] = mapped_column(String(120), default="")
    accepts_vnpay: Mapped[bool] = mapped_column(default=False)
    accepts_stripe: Mapped[bool] = mapped_column(default=False)
    stripe_account: Mapped[str] = mapped_column(String(64), default="")
    changed_at: Mapped[datetime]
