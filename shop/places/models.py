"""Tables of places: provinces and communes of today by code, and where the old ones went."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Base, Id


class Province(Base):
    """One of the 34 provinces and cities of today."""

    __tablename__ = "provinces"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    full_name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    search_key: Mapped[str] = mapped_column(String(80))
    sort_order: Mapped[int]


class Commune(Base):
    """One of the 3,321 communes, wards and special zones of today."""

    __tablename__ = "communes"
    __table_args__ = (Index(None, "province_code", "search_key"),)

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"))
    name: Mapped[str] = mapped_column(String(60))
    full_name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    search_key: Mapped[str] = mapped_column(String(80))
    lat: Mapped[float | None]
    lon: Mapped[float | None]


class OldPlace(Base):
    """A place of before July 2025 and the unit of today it belongs to; none when it was split."""

    __tablename__ = "old_places"
    __table_args__ = (Index(None, "old_province_key", "search_key"),)

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    search_key: Mapped[str] = mapped_column(String(100))
    old_district: Mapped[str] = mapped_column(String(80), default="")
    old_province: Mapped[str] = mapped_column(String(60))
    old_province_key: Mapped[str] = mapped_column(String(60))
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"))
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("communes.code"))
    is_split: Mapped[bool] = mapped_column(default=False)
    valid_until: Mapped[date]
