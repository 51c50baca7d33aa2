"""Tables of stalls: who they are, their papers, who works there, the names they had."""

import enum
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models import User
from shop.core.db import Base, BigId, Id, enum_column
from shop.core.files import StoredFile
from shop.places.models import Commune, Province


class EntityKind(enum.StrEnum):
    """What a producer is before the law."""

    COOPERATIVE = "cooperative"
    COMPANY = "company"
    COOPERATIVE_GROUP = "cooperative_group"
    HOUSEHOLD = "household"
    FARM = "farm"
    OTHER = "other"

    @property
    def label(self) -> LazyString:
        """Return the kind in words."""
        return _KINDS[self]

    @property
    def may_use_personal_code(self) -> bool:
        """Tell whether a 12-digit personal code serves as the tax code."""
        return self in {EntityKind.HOUSEHOLD, EntityKind.FARM, EntityKind.COOPERATIVE_GROUP}


_KINDS = {
    EntityKind.COOPERATIVE: lazy_gettext("Cooperative"),
    EntityKind.COMPANY: lazy_gettext("Company"),
    EntityKind.COOPERATIVE_GROUP: lazy_gettext("Cooperative group"),
    EntityKind.HOUSEHOLD: lazy_gettext("Household business"),
    EntityKind.FARM: lazy_gettext("Farm"),
    EntityKind.OTHER: lazy_gettext("Other"),
}


class StallStatus(enum.StrEnum):
    """Where a stall stands; only an active one sells."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"

    @property
    def label(self) -> LazyString:
        """Return the status in words."""
        return _STATUSES[self]


_STATUSES = {
    StallStatus.DRAFT: lazy_gettext("Draft"),
    StallStatus.SUBMITTED: lazy_gettext("Waiting for review"),
    StallStatus.RETURNED: lazy_gettext("Returned for changes"),
    StallStatus.ACTIVE: lazy_gettext("Active"),
    StallStatus.SUSPENDED: lazy_gettext("Suspended"),
    StallStatus.CLOSED: lazy_gettext("Closed"),
}


class MemberKind(enum.StrEnum):
    """The two kinds of account that provinces grant to a stall."""

    MANAGER = "manager"
    OPERATOR = "operator"

    @property
    def label(self) -> LazyString:
        """Return the kind in words."""
        return _MEMBERS[self]


_MEMBERS = {
    MemberKind.MANAGER: lazy_gettext("Management"),
    MemberKind.OPERATOR: lazy_gettext("Daily work"),
}


class DocumentKind(enum.StrEnum):
    """The papers that an application can carry."""

    BUSINESS_REGISTRATION = "business_registration"
    FOOD_SAFETY = "food_safety"
    REPRESENTATIVE_ID = "representative_id"
    OTHER = "other"

    @property
    def label(self) -> LazyString:
        """Return the kind in words."""
        return _DOCUMENTS[self]


_DOCUMENTS = {
    DocumentKind.BUSINESS_REGISTRATION: lazy_gettext("Business registration"),
    DocumentKind.FOOD_SAFETY: lazy_gettext("Food safety certificate"),
    DocumentKind.REPRESENTATIVE_ID: lazy_gettext("Paper of the representative"),
    DocumentKind.OTHER: lazy_gettext("Other paper"),
}


class Stall(Base):
    """A producer's place on the floor. `tax_code` is an MST or a 12-digit personal code.

    Only a draft may lack its commune and province. `application` holds what its manager typed and
    has not sent yet, exactly as typed; it is None once the application has been sent.
    """

    __tablename__ = "stalls"
    __table_args__ = (
        Index(None, "status", "province_code"),
        CheckConstraint(
            "status = 'draft' OR (commune_code IS NOT NULL AND province_code IS NOT NULL)",
            name="place",
        ),
    )

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    legal_name: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(120))
    search_key: Mapped[str] = mapped_column(String(400), default="")
    kind: Mapped[EntityKind] = mapped_column(enum_column(EntityKind))
    tax_code: Mapped[str] = mapped_column(String(14), index=True)
    representative: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(20))
    street: Mapped[str] = mapped_column(String(200), default="")
    commune_code: Mapped[str] = mapped_column(
        ForeignKey("communes.code"), index=True, nullable=True
    )
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"), nullable=True)
    story: Mapped[str] = mapped_column(Text, default="")
    picture_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("stored_files.id"))
    status: Mapped[StallStatus] = mapped_column(enum_column(StallStatus), default=StallStatus.DRAFT)
    status_reason: Mapped[str] = mapped_column(Text, default="")
    reason_code: Mapped[str] = mapped_column(String(32), default="")
    application: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)

    commune: Mapped[Commune] = relationship(lazy="raise")
    province: Mapped[Province] = relationship(lazy="raise")
    picture: Mapped[StoredFile | None] = relationship(lazy="raise")


class StallMember(Base):
    """A person who works for a stall, and with which of the two kinds of account."""

    __tablename__ = "stall_members"
    __table_args__ = (UniqueConstraint("stall_id", "user_id"),)

    id: Mapped[Id]
    stall_id: Mapped[int] = mapped_column(BigId, ForeignKey("stalls.id"))
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    kind: Mapped[MemberKind] = mapped_column(enum_column(MemberKind))
    created_at: Mapped[datetime]

    stall: Mapped[Stall] = relationship(lazy="raise")
    user: Mapped[User] = relationship(lazy="raise")


class StallDocument(Base):
    """A paper handed in with the application: its kind, number, issuer, dates and scan."""

    __tablename__ = "stall_documents"

    id: Mapped[Id]
    stall_id: Mapped[int] = mapped_column(BigId, ForeignKey("stalls.id"), index=True)
    kind: Mapped[DocumentKind] = mapped_column(enum_column(DocumentKind))
    number: Mapped[str] = mapped_column(String(80), default="")
    issuer: Mapped[str] = mapped_column(String(200), default="")
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    file_id: Mapped[int] = mapped_column(BigId, ForeignKey("stored_files.id"))
    created_at: Mapped[datetime]

    file: Mapped[StoredFile] = relationship(lazy="raise")


class StallSlug(Base):
    """An address that a stall had before; it still leads to the stall."""

    __tablename__ = "stall_slugs"

    slug: Mapped[str] = mapped_column(String(100), primary_key=True)
    stall_id: Mapped[int] = mapped_column(BigId, ForeignKey("stalls.id"), index=True)
