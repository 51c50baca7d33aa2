"""Tables of feedback: reviews, their pictures, the stall's answer, reports and decisions."""

import enum
from datetime import datetime

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models import User
from shop.catalogue.models import Product
from shop.core.db import Base, BigId, Id, enum_column
from shop.core.files import StoredFile
from shop.orders.models import OrderLine


class ReviewStatus(enum.StrEnum):
    """Whether a review is shown; hiding one needs a logged reason."""

    SHOWN = "shown"
    HIDDEN = "hidden"


class ReportReason(enum.StrEnum):
    """Why somebody reports a review."""

    INSULT = "insult"
    PERSONAL_DATA = "personal_data"
    ADVERTISING = "advertising"
    FALSE = "false"
    OTHER = "other"

    @property
    def label(self) -> LazyString:
        """Return the reason in words."""
        return _REASONS[self]


_REASONS = {
    ReportReason.INSULT: lazy_gettext("Insulting words"),
    ReportReason.PERSONAL_DATA: lazy_gettext("Shows somebody's personal data"),
    ReportReason.ADVERTISING: lazy_gettext("Advertising"),
    ReportReason.FALSE: lazy_gettext("Not about this product"),
    ReportReason.OTHER: lazy_gettext("Something else"),
}


class ReportStatus(enum.StrEnum):
    """What a moderator decided on a report."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class Review(Base):
    """What the buyer of a delivered line says of it: 1 to 5 and words; one per line."""

    __tablename__ = "reviews"
    __table_args__ = (
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
        Index(None, "product_id", "status", "id"),
    )

    id: Mapped[Id]
    order_line_id: Mapped[int] = mapped_column(BigId, ForeignKey("order_lines.id"), unique=True)
    product_id: Mapped[int] = mapped_column(BigId, ForeignKey("products.id"))
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    rating: Mapped[int]
    words: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[ReviewStatus] = mapped_column(
        enum_column(ReviewStatus), default=ReviewStatus.SHOWN
    )
    hidden_reason: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]

    order_line: Mapped[OrderLine] = relationship(lazy="raise")
    product: Mapped[Product] = relationship(lazy="raise")
    author: Mapped[User] = relationship(lazy="raise")
    pictures: Mapped[list["ReviewPicture"]] = relationship(
        lazy="raise", order_by="ReviewPicture.id"
    )


class ReviewPicture(Base):
    """A picture that a buyer took of what she received."""

    __tablename__ = "review_pictures"

    id: Mapped[Id]
    review_id: Mapped[int] = mapped_column(BigId, ForeignKey("reviews.id"), index=True)
    file_id: Mapped[int] = mapped_column(BigId, ForeignKey("stored_files.id"))

    file: Mapped[StoredFile] = relationship(lazy="raise")


class ReviewReport(Base):
    """A report of a review by somebody signed in, once per person, and its decision."""

    __tablename__ = "review_reports"
    __table_args__ = (UniqueConstraint("review_id", "reporter_id"), Index(None, "status", "id"))

    id: Mapped[Id]
    review_id: Mapped[int] = mapped_column(BigId, ForeignKey("reviews.id"))
    reporter_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    reason: Mapped[ReportReason] = mapped_column(enum_column(ReportReason))
    words: Mapped[str] = mapped_column(String(500), default="")
    status: Mapped[ReportStatus] = mapped_column(
        enum_column(ReportStatus), default=ReportStatus.OPEN
    )
    decision_words: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"))
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]

    review: Mapped[Review] = relationship(lazy="raise")
    reporter: Mapped[User] = relationship(lazy="raise", foreign_keys=[reporter_id])
