"""Tables of the score sheets: versions of the programme's criteria, one sheet per product set."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Base, BigId, Id

Content = dict[str, Any]


class CriteriaVersion(Base):
    """The criteria as one decision states them; it never changes, a later one stands beside it.

    `sha256` is that of all sheets; `faults` lists what in them does not add up.
    """

    __tablename__ = "criteria_versions"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(32), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    legal_reference: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date]
    sha256: Mapped[str] = mapped_column(String(64))
    faults: Mapped[list[Content]] = mapped_column(JSON)
    imported_at: Mapped[datetime]


class CriteriaSheet(Base):
    """The score sheet of one product set in one version, as the decision writes it."""

    __tablename__ = "criteria_sheets"
    __table_args__ = (UniqueConstraint("version_id", "product_set"),)

    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(BigId, ForeignKey("criteria_versions.id"))
    product_set: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[Content] = mapped_column(JSON)
