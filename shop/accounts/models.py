"""Tables of people: users, what moderators may see, sessions, tokens, addresses."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.context import Actor
from shop.core.db import Base, BigId, Id, enum_column
from shop.places.models import Commune, Province


class Role(enum.StrEnum):
    """What a person is on the floor; who runs a stall is a membership, not a role."""

    BUYER = "buyer"
    MODERATOR = "moderator"
    OPERATOR = "operator"


class User(Base):
    """A person with an account. `email` is NFC, lower case; `password_hash` is Argon2id."""

    __tablename__ = "users"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str | None] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(enum_column(Role), default=Role.BUYER)
    locale: Mapped[str] = mapped_column(String(8), default="vi")
    is_demo: Mapped[bool] = mapped_column(default=False)
    is_blocked: Mapped[bool] = mapped_column(default=False)
    terms_accepted_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    is_authenticated = True  # these two are how Flask-Login tells people from strangers
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Tell whether the person may sign in."""
        return not self.is_blocked

    def has_role(self, role: str) -> bool:
        """Tell whether the person is a moderator or an operator of the floor."""
        return self.role == role

    @property
    def actor(self) -> Actor:
        """Return the person as the one who acts."""
        return Actor(self.id, self.name)


class ModeratorScope(Base):
    """What a moderator may decide on: one province, one commune, or, with neither, the floor."""

    __tablename__ = "moderator_scopes"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    province_code: Mapped[str | None] = mapped_column(ForeignKey("provinces.code"))
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("communes.code"))


class UserSession(Base):
    """A device that is signed in; revoking the row signs it out. Only the token's hash is kept."""

    __tablename__ = "user_sessions"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_agent: Mapped[str] = mapped_column(String(300), default="")
    ip_address: Mapped[str] = mapped_column(String(45), default="")
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="raise")


class PasswordReset(Base):
    """A single-use link to choose a new password; only the token's hash is kept."""

    __tablename__ = "password_resets"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Address(Base):
    """Where a person receives goods: street, commune and province of today, and a phone."""

    __tablename__ = "addresses"
    __table_args__ = (Index(None, "user_id", "id"),)

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    recipient: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(20))
    street: Mapped[str] = mapped_column(String(200))
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"))
    is_default: Mapped[bool] = mapped_column(default=False)

    commune: Mapped[Commune] = relationship(lazy="raise")
    province: Mapped[Province] = relationship(lazy="raise")

    def snapshot(self) -> dict[str, Any]:
        """Return the address as an order keeps it; needs `commune` and `province` loaded."""
        return {
            "recipient": self.recipient,
            "phone": self.phone,
            "street": self.street,
            "commune_code": self.commune_code,
            "commune": self.commune.full_name,
            "province_code": self.province_code,
            "province": self.province.name,
        }
