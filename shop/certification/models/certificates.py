"""Tables of the star: product sets, recognition lists, certificates."""

import enum
from datetime import date, datetime

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models import User
from shop.certification.validity import Phase, Succession, Term, phase_of
from shop.core import clock
from shop.core.db import Base, BigId, Id, enum_column, partial_index
from shop.core.files import StoredFile
from shop.places.models import Commune, Province
from shop.stalls.models import Stall

_BY_LETTER = String(800).with_variant(String(800, collation="C"), "postgresql")


class CertificateStatus(enum.StrEnum):
    """Where a claimed certificate stands; only a verified one can show its stars."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    VERIFIED = "verified"
    REFUSED = "refused"
    REVOKED = "revoked"
    REPLACED = "replaced"
    WITHHELD = "withheld"

    @property
    def label(self) -> LazyString:
        """Return the status in words."""
        return _STATUSES[self]


_STATUSES = {
    CertificateStatus.SUBMITTED: lazy_gettext("Waiting for verification"),
    CertificateStatus.RETURNED: lazy_gettext("Returned for changes"),
    CertificateStatus.VERIFIED: lazy_gettext("Verified"),
    CertificateStatus.REFUSED: lazy_gettext("Refused"),
    CertificateStatus.REVOKED: lazy_gettext("Revoked"),
    CertificateStatus.REPLACED: lazy_gettext("Replaced by a newer one"),
    CertificateStatus.WITHHELD: lazy_gettext("Withheld until it is confirmed"),
}


class EvidenceGrade(enum.StrEnum):
    """How strong the proof behind a certificate is."""

    RECOGNITION_LIST = "recognition_list"
    SCAN = "scan"
    DECISION = "decision"

    @property
    def label(self) -> LazyString:
        """Return the grade in words."""
        return _GRADES[self]

    @property
    def is_weak(self) -> bool:
        """Tell whether no published list and no decision of this floor stands behind it."""
        return self is EvidenceGrade.SCAN


_GRADES = {
    EvidenceGrade.RECOGNITION_LIST: lazy_gettext("Matched with a published recognition list"),
    EvidenceGrade.SCAN: lazy_gettext("Scan alone, not matched with a list"),
    EvidenceGrade.DECISION: lazy_gettext("Decided on this floor's dossier"),
}


# The later of the two; the engine keeps it, so that no write can forget it.
LIVE_UNTIL = "CASE WHEN grace_until > expires_on THEN grace_until ELSE expires_on END"


class RecognitionEntry(Base):
    """A row of a published recognition list, kept as written; it carries no price and no stock.

    `source_key` (product, producer, place, province) makes a second import change nothing.
    """

    __tablename__ = "recognition_entries"
    __table_args__ = (Index(None, "province_code", "stars"),)

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(140), unique=True)
    source_key: Mapped[str] = mapped_column(String(400), unique=True)
    product_name: Mapped[str] = mapped_column(String(200))
    producer: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200), default="")
    old_province: Mapped[str] = mapped_column(String(80), default="")
    province_code: Mapped[str | None] = mapped_column(ForeignKey("provinces.code"))
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("communes.code"))
    place_flag: Mapped[str] = mapped_column(String(32), default="")
    stars: Mapped[int | None]
    decision_number: Mapped[str] = mapped_column(String(80), default="")
    decided_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(300), default="")
    search_key: Mapped[str] = mapped_column(String(800))
    sort_key: Mapped[str] = mapped_column(_BY_LETTER, index=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    imported_at: Mapped[datetime]

    province: Mapped[Province | None] = relationship(lazy="raise")
    commune: Mapped[Commune | None] = relationship(lazy="raise")


class Certificate(Base):
    """A certificate of one product of one stall, as claimed and then decided on.

    Stars show only while the row is verified and `live_until` has not passed: the printed expiry,
    or the end of a late filer's grace. `product_id` never changes, so a star cannot be moved to
    other goods. At most one verified certificate per product. While it waits it has a deadline in
    `due_on`, which one issued on a dossier never gets, and `claimed_by_id` has the case until
    `claimed_until`; of 5 stars, `approved_by_id` read the scan first. `decided_at` stays the moment
    of that decision; `revoked_at` is when a revocation that still stands was ruled.
    `reminded_days` is the last reminder that the stall was sent; `succession` says what became of
    one that gave way.
    """

    __tablename__ = "certificates"
    __table_args__ = (
        CheckConstraint("stars BETWEEN 3 AND 5", name="stars"),
        CheckConstraint("expires_on > decided_on", name="dates"),
        Index(
            "uq_certificates_verified_product",
            "product_id",
            unique=True,
            sqlite_where=text("status = 'verified'"),
            postgresql_where=text("status = 'verified'"),
        ),
        Index(
            "uq_certificates_verified_code",
            "product_code",
            unique=True,
            sqlite_where=text("status = 'verified'"),
            postgresql_where=text("status = 'verified'"),
        ),
        Index(None, "status", "due_on", "id"),
        Index(None, "status", "submitted_at"),
        Index(None, "status", "decided_at", "id"),
        Index(None, "status", "stars", "live_until", "product_id"),
        partial_index(
            "ix_certificates_verified_expires_on", "expires_on", where="status = 'verified'"
        ),
    )

    id: Mapped[Id]
    stall_id: Mapped[int] = mapped_column(BigId, ForeignKey("stalls.id"), index=True)
    product_id: Mapped[int] = mapped_column(BigId, ForeignKey("products.id"), index=True)
    product_name: Mapped[str] = mapped_column(String(200))
    product_set: Mapped[int]
    product_code: Mapped[str] = mapped_column(String(40), index=True)
    stars: Mapped[int]
    score_hundredths: Mapped[int | None]
    decision_number: Mapped[str] = mapped_column(String(80))
    decided_on: Mapped[date]
    issuer: Mapped[str] = mapped_column(String(200))
    expires_on: Mapped[date]
    holder: Mapped[str] = mapped_column(String(200))
    scan_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("stored_files.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("recognition_entries.id"), index=True
    )
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"))
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    status: Mapped[CertificateStatus] = mapped_column(
        enum_column(CertificateStatus), default=CertificateStatus.SUBMITTED
    )
    grade: Mapped[EvidenceGrade | None] = mapped_column(enum_column(EvidenceGrade))
    reason: Mapped[str] = mapped_column(Text, default="")
    submitted_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    submitted_at: Mapped[datetime]
    due_on: Mapped[date | None]
    claimed_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"))
    claimed_until: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"))
    approved_at: Mapped[datetime | None]
    verified_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    grace_until: Mapped[date | None]
    live_until: Mapped[date] = mapped_column(Computed(LIVE_UNTIL, persisted=True), nullable=True)
    succession: Mapped[Succession | None] = mapped_column(enum_column(Succession))
    reminded_days: Mapped[int | None]

    stall: Mapped[Stall] = relationship(lazy="raise")
    scan: Mapped[StoredFile | None] = relationship(lazy="raise")
    entry: Mapped[RecognitionEntry | None] = relationship(lazy="raise")
    verified_by: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[verified_by_id])
    claimed_by: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[claimed_by_id])

    @property
    def is_late(self) -> bool:
        """Tell whether a waiting claim should have been decided before today."""
        is_waiting = self.status == CertificateStatus.SUBMITTED
        return is_waiting and self.due_on is not None and self.due_on < clock.today()

    @property
    def holder_id(self) -> int | None:
        """Return the moderator who has the case at this moment, None when it is free."""
        is_held = self.claimed_until is not None and self.claimed_until > clock.now()
        return self.claimed_by_id if is_held else None

    @property
    def phase(self) -> Phase:
        """Return where the certificate stands in its life at this moment."""
        term = Term(self.expires_on, self.grace_until, self.succession)
        return phase_of(self.status, term, clock.today())

    @property
    def is_live(self) -> bool:
        """Tell whether the stars may be shown at this moment."""
        return self.phase.is_live

    @property
    def is_expired(self) -> bool:
        """Tell whether a verified certificate has run out."""
        return self.phase is Phase.EXPIRED

    @property
    def days_left(self) -> int:
        """Return the days until the stars go, negative afterwards."""
        return (self.live_until - clock.today()).days
