"""The tables of places: filled from the files of `data`, never edited by hand."""

import enum
from datetime import date

from sqlalchemy import Date, Float, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import Base, Id, enum_column


class ProvinceKind(enum.StrEnum):
    """What a unit of the first level is."""

    CITY = "thanh-pho"
    PROVINCE = "tinh"


class CommuneKind(enum.StrEnum):
    """What a unit of the second level is."""

    COMMUNE = "xa"
    WARD = "phuong"
    SPECIAL_ZONE = "dac-khu"


class OldKind(enum.StrEnum):
    """The level that a unit of before July 2025 stood on."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class Province(Base):
    """One of the 34 provinces and cities; `sort_order` is that of a Vietnamese dictionary."""

    __tablename__ = "provinces"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    full_name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[ProvinceKind] = mapped_column(enum_column(ProvinceKind))
    search_key: Mapped[str] = mapped_column(String(100))
    sort_order: Mapped[int] = mapped_column(Integer)


class Commune(Base):
    """One of the 3,321 communes, wards and special zones, by its official code."""

    __tablename__ = "communes"
    __table_args__ = (Index(None, "province_code", "search_key"),)

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"))
    name: Mapped[str] = mapped_column(String(100))
    full_name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[CommuneKind] = mapped_column(enum_column(CommuneKind))
    search_key: Mapped[str] = mapped_column(String(100))
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)

    province: Mapped[Province] = relationship(lazy="raise")


class OldPlace(Base):
    """A unit of before the reform and the unit of today that it, or a part of it, became.

    A commune that was divided (`is_split`) has one row for each part, the largest part first;
    a district that became several communes has one row, without a commune.
    """

    __tablename__ = "old_places"
    __table_args__ = (
        Index(None, "province_code", "kind"),
        Index(None, "old_province_key", "search_key"),
    )

    id: Mapped[Id]
    kind: Mapped[OldKind] = mapped_column(enum_column(OldKind))
    name: Mapped[str] = mapped_column(String(120))
    search_key: Mapped[str] = mapped_column(String(100))
    old_district: Mapped[str] = mapped_column(String(120))
    old_province: Mapped[str] = mapped_column(String(120))
    old_province_key: Mapped[str] = mapped_column(String(100))
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"))
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("communes.code"))
    is_split: Mapped[bool]
    valid_until: Mapped[date] = mapped_column(Date)
