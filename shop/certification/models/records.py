"""Tables beside a certificate: rulings on it, looks of its scan, reports of its code."""

import enum
from datetime import date, datetime

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models import User
from shop.core.db import Base, BigId, Id, enum_column
from shop.core.files import StoredFile
from shop.places.models import Commune, Province


class RulingKind(enum.StrEnum):
    """What was ruled about a certificate after it had been verified."""

    REVOKED = "revoked"
    RESTORED = "restored"
    GRACE = "grace"

    @property
    def label(self) -> LazyString:
        """Return the ruling in words."""
        return _RULINGS[self]


_RULINGS = {
    RulingKind.REVOKED: lazy_gettext("Revoked"),
    RulingKind.RESTORED: lazy_gettext("Restored"),
    RulingKind.GRACE: lazy_gettext("Grace for a late filer"),
}


class ScanPrint(Base):
    """How a scan looks, as `core.looks.print_of` says it; empty for a blank sheet."""

    __tablename__ = "scan_prints"

    file_id: Mapped[int] = mapped_column(BigId, ForeignKey("stored_files.id"), primary_key=True)
    look: Mapped[str] = mapped_column(String(256))


class ScanTwin(Base):
    """Two claims of different goods whose scans look the same; kept in both directions."""

    __tablename__ = "scan_twins"

    certificate_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("certificates.id"), primary_key=True
    )
    twin_id: Mapped[int] = mapped_column(BigId, ForeignKey("certificates.id"), primary_key=True)


class CertificateRuling(Base):
    """A ruling on a verified certificate with the paper behind it; rows are never changed.

    `until` is the last day of a grace, `filed_on` the day on which the re-evaluation was filed.
    """

    __tablename__ = "certificate_rulings"

    id: Mapped[Id]
    certificate_id: Mapped[int] = mapped_column(BigId, ForeignKey("certificates.id"), index=True)
    kind: Mapped[RulingKind] = mapped_column(enum_column(RulingKind))
    ground: Mapped[str] = mapped_column(String(32), default="")
    words: Mapped[str] = mapped_column(Text)
    decision_number: Mapped[str] = mapped_column(String(80), default="")
    decided_on: Mapped[date | None]
    filed_on: Mapped[date | None]
    until: Mapped[date | None]
    file_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("stored_files.id"))
    made_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    made_at: Mapped[datetime]

    file: Mapped[StoredFile | None] = relationship(lazy="raise")


class SeenAt(enum.StrEnum):
    """Where somebody met a code that she reports."""

    SHOP = "shop"
    MARKET = "market"
    WEB = "web"
    ELSEWHERE = "elsewhere"

    @property
    def label(self) -> LazyString:
        """Return the place in words."""
        return _SEEN_AT[self]


_SEEN_AT = {
    SeenAt.SHOP: lazy_gettext("In a shop or supermarket"),
    SeenAt.MARKET: lazy_gettext("At a market or fair"),
    SeenAt.WEB: lazy_gettext("On the web"),
    SeenAt.ELSEWHERE: lazy_gettext("Somewhere else"),
}


class CodeReport(Base):
    """What somebody reports of a product code seen on goods: unknown here, or used wrongly.

    The code itself says whose scope it is; of a code that names no place every moderator knows.
    """

    __tablename__ = "code_reports"
    __table_args__ = (Index(None, "handled_at", "created_at", "id"),)

    id: Mapped[Id]
    product_code: Mapped[str] = mapped_column(String(40), index=True)
    seen_at: Mapped[SeenAt] = mapped_column(enum_column(SeenAt))
    words: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(String(200), default="")
    photo_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("stored_files.id"))
    province_code: Mapped[str | None] = mapped_column(ForeignKey("provinces.code"))
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("communes.code"))
    created_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text, default="")
    handled_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"))
    handled_at: Mapped[datetime | None]

    photo: Mapped[StoredFile | None] = relationship(lazy="raise")
    province: Mapped[Province | None] = relationship(lazy="raise")
    commune: Mapped[Commune | None] = relationship(lazy="raise")
    handled_by: Mapped[User | None] = relationship(lazy="raise")

    @property
    def is_open(self) -> bool:
        """Tell whether nobody has looked into it yet."""
        return self.handled_at is None
