"""Table of the files of published lists that moderators bring, from upload to import."""

import enum
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from shop.accounts.models import User
from shop.core import clock
from shop.core.db import Base, BigId, Id, enum_column

STUCK_AFTER = timedelta(minutes=10)


class ImportStatus(enum.StrEnum):
    """How far a file has come; only a draft can be changed."""

    DRAFT = "draft"
    IMPORTING = "importing"
    IMPORTED = "imported"
    DISCARDED = "discarded"

    @property
    def label(self) -> LazyString:
        """Return the status in words."""
        return _STATUSES[self]


_STATUSES = {
    ImportStatus.DRAFT: lazy_gettext("Being prepared"),
    ImportStatus.IMPORTING: lazy_gettext("Being imported"),
    ImportStatus.IMPORTED: lazy_gettext("Imported"),
    ImportStatus.DISCARDED: lazy_gettext("Discarded"),
}


class ListImport(Base):
    """A file of a published list as it was handed in; nobody but moderators can read it.

    `layout` says how it is read (empty until a moderator has said so), `chosen` which of its good
    rows are taken, and how far the import has come. The data go when it is discarded, and some
    days after it was imported.
    """

    __tablename__ = "list_imports"
    __table_args__ = (Index(None, "uploaded_by_id", "id"),)

    id: Mapped[Id]
    uploaded_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id"))
    uploaded_at: Mapped[datetime]
    file_name: Mapped[str] = mapped_column(String(200))
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    has_data: Mapped[bool] = column_property(data.column.is_not(None))  # type: ignore[attr-defined]
    sheet: Mapped[str] = mapped_column(String(80), default="")
    layout: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    chosen: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    status: Mapped[ImportStatus] = mapped_column(
        enum_column(ImportStatus), default=ImportStatus.DRAFT
    )
    imported_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"))
    imported_at: Mapped[datetime | None]
    new_rows: Mapped[int | None]
    unchanged_rows: Mapped[int | None]
    changed_rows: Mapped[int | None]
    bad_rows: Mapped[int | None]

    uploaded_by: Mapped[User] = relationship(lazy="raise", foreign_keys=[uploaded_by_id])

    @property
    def is_draft(self) -> bool:
        """Tell whether it can still be changed, imported or discarded."""
        return self.status is ImportStatus.DRAFT

    @property
    def is_mapped(self) -> bool:
        """Tell whether a moderator has said what its columns mean."""
        return bool(self.layout)

    @property
    def reached(self) -> str:
        """Return the key of the last row that is in, nothing before the first batch."""
        return str(self.chosen.get("after", ""))

    @property
    def moved_at(self) -> datetime:
        """Return when the import began, or last came further."""
        at = self.chosen.get("at")
        return datetime.fromisoformat(at) if at else self.uploaded_at

    @property
    def is_stuck(self) -> bool:
        """Tell whether it is being imported, but has not come further for long."""
        is_importing = self.status is ImportStatus.IMPORTING
        return is_importing and self.moved_at < clock.now() - STUCK_AFTER

    @property
    def rows_in(self) -> int:
        """Return how many rows an import has gone through so far."""
        return (self.new_rows or 0) + (self.unchanged_rows or 0) + (self.changed_rows or 0)
