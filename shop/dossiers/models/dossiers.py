"""Tables of the route: dossiers, what offices note on them, the seats of a council."""

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
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models import User
from shop.core import clock
from shop.core.db import Base, BigId, Id, enum_column
from shop.dossiers.deadlines import days_left
from shop.dossiers.screening import Finding, Matter
from shop.dossiers.transitions import OPEN, DossierStatus
from shop.stalls.models import Stall

_IS_OPEN = text(f"status IN ({', '.join(repr(each.value) for each in OPEN)})")


class DossierKind(enum.StrEnum):
    """What a stall asks for."""

    FIRST = "first"
    RE_EVALUATION = "re_evaluation"
    UPGRADE = "upgrade"

    @property
    def label(self) -> LazyString:
        """Return the kind in words."""
        return _KINDS[self]


_KINDS = {
    DossierKind.FIRST: lazy_gettext("First evaluation"),
    DossierKind.RE_EVALUATION: lazy_gettext("Re-evaluation before the expiry"),
    DossierKind.UPGRADE: lazy_gettext("Upgrade to more stars"),
}


class NoteKind(enum.StrEnum):
    """What an office writes down about a dossier."""

    SCREENING = "screening"
    DESK_CHECK = "desk_check"
    SITE_VISIT = "site_visit"

    @property
    def label(self) -> LazyString:
        """Return the kind in words."""
        return _NOTES[self]


_NOTES = {
    NoteKind.SCREENING: lazy_gettext("Screening by the commune"),
    NoteKind.DESK_CHECK: lazy_gettext("Desk check"),
    NoteKind.SITE_VISIT: lazy_gettext("Site visit"),
}


class Dossier(Base):
    """A request to have a product evaluated, with its answers and evidence as handed in.

    `answers` and `evidence` never change; a line of evidence is a file, or with the kind `said`
    the stall's own words. Of a product at most one dossier is on its way.
    `due_on` is the end of the present step, None for what is over.
    """

    __tablename__ = "dossiers"
    __table_args__ = (
        Index(
            "uq_dossiers_open_product",
            "product_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index(None, "status", "due_on", "id"),
    )

    id: Mapped[Id]
    stall_id: Mapped[int] = mapped_column(BigId, ForeignKey("stalls.id"), index=True)
    product_id: Mapped[int] = mapped_column(BigId, ForeignKey("products.id"), index=True)
    assessment_id: Mapped[int] = mapped_column(BigId, ForeignKey("assessments.id"), index=True)
    earlier_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("dossiers.id"))
    kind: Mapped[DossierKind] = mapped_column(enum_column(DossierKind))
    status: Mapped[DossierStatus] = mapped_column(
        enum_column(DossierStatus), default=DossierStatus.COMMUNE
    )
    product_name: Mapped[str] = mapped_column(String(200))
    product_set: Mapped[int]
    version_id: Mapped[int] = mapped_column(BigId, ForeignKey("criteria_versions.id"))
    answers: Mapped[dict[str, int]] = mapped_column(JSON)
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"))
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    submitted_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    submitted_at: Mapped[datetime]
    due_on: Mapped[date | None]
    average_hundredths: Mapped[int | None]
    council_stars: Mapped[int | None]
    ministry_hundredths: Mapped[int | None]
    certificate_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("certificates.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    moved_at: Mapped[datetime]

    stall: Mapped[Stall] = relationship(lazy="raise")

    @property
    def is_open(self) -> bool:
        """Tell whether the dossier is still on its way."""
        return self.status in OPEN

    @property
    def days_left(self) -> int | None:
        """Return the working days left of the present step, negative when it is late."""
        return None if self.due_on is None else days_left(self.due_on, clock.today())

    @property
    def is_late(self) -> bool:
        """Tell whether the present step has lasted longer than it may."""
        return self.due_on is not None and self.due_on < clock.today()

    @property
    def counting_hundredths(self) -> int | None:
        """Return the score that counts: the ministry's where it gave one, else the council's."""
        if self.ministry_hundredths is not None:
            return self.ministry_hundredths
        return self.average_hundredths


class DossierNote(Base):
    """What an office found; `findings` holds the lines of a screening by their code."""

    __tablename__ = "dossier_notes"

    id: Mapped[Id]
    dossier_id: Mapped[int] = mapped_column(BigId, ForeignKey("dossiers.id"), index=True)
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    kind: Mapped[NoteKind] = mapped_column(enum_column(NoteKind))
    day: Mapped[date]
    findings: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    words: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]

    author: Mapped[User] = relationship(lazy="raise")

    def lines(self) -> list[tuple[LazyString, LazyString]]:
        """Return the findings of a screening in words, matter and finding."""
        return [
            (Matter(matter).label, Finding(finding).label)
            for matter, finding in self.findings.items()
        ]


class CouncilSeat(Base):
    """A member's place in the council of a dossier, and the sheet; handed in, it is final."""

    __tablename__ = "council_seats"
    __table_args__ = (
        UniqueConstraint("dossier_id", "user_id"),
        CheckConstraint("(handed_in_at IS NULL) = (total_hundredths IS NULL)", name="handed_in"),
    )

    id: Mapped[Id]
    dossier_id: Mapped[int] = mapped_column(BigId, ForeignKey("dossiers.id"))
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    answers: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    total_hundredths: Mapped[int | None]
    handed_in_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="raise")
