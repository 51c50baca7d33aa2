"""Tables of the self-assessment: the sheet a stall fills in, its answers, its evidence."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.catalogue.models import Product
from shop.core.db import Base, BigId, Id
from shop.core.files import StoredFile


class Assessment(Base):
    """The score sheet of one product as its stall fills it in, bound to a version of the criteria.

    `product_set` is the sheet that was chosen. While `frozen_at` is set nothing in it changes:
    a dossier that was handed in rests on it.
    """

    __tablename__ = "assessments"

    id: Mapped[Id]
    stall_id: Mapped[int] = mapped_column(BigId, ForeignKey("stalls.id"), index=True)
    product_id: Mapped[int] = mapped_column(BigId, ForeignKey("products.id"), index=True)
    version_id: Mapped[int] = mapped_column(BigId, ForeignKey("criteria_versions.id"))
    product_set: Mapped[int]
    created_at: Mapped[datetime]
    frozen_at: Mapped[datetime | None]

    product: Mapped[Product] = relationship(lazy="raise")


class AssessmentAnswer(Base):
    """The answer to one criterion: the place of the chosen option, None while only noted."""

    __tablename__ = "assessment_answers"
    __table_args__ = (UniqueConstraint("assessment_id", "code"),)

    id: Mapped[Id]
    assessment_id: Mapped[int] = mapped_column(BigId, ForeignKey("assessments.id"))
    code: Mapped[str] = mapped_column(String(16))
    option: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(500), default="")


class AssessmentEvidence(Base):
    """A private file behind the answer to a criterion; `note` is what the file was called."""

    __tablename__ = "assessment_evidence"

    id: Mapped[Id]
    assessment_id: Mapped[int] = mapped_column(BigId, ForeignKey("assessments.id"), index=True)
    code: Mapped[str] = mapped_column(String(16))
    file_id: Mapped[int] = mapped_column(BigId, ForeignKey("stored_files.id"))
    note: Mapped[str] = mapped_column(String(300), default="")

    file: Mapped[StoredFile] = relationship(lazy="raise")
