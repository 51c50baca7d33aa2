"""Deciding which unit of today a written place is, and saying so when that is not certain."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from shop.places.naming import COMMUNE_KINDS, Name, Written, names_match, read_name


class Flag(enum.StrEnum):
    """How far a written place could be followed."""

    COMMUNE = "commune"  # to one commune of today
    PROVINCE = "province"  # to the province; no smaller place was written
    DISTRICT = "district"  # the place was a district and is now several communes
    SPLIT = "split"  # the old commune was divided
    AMBIGUOUS = "ambiguous"  # several places had this name
    UNKNOWN_PLACE = "unknown_place"  # the province is known, the place in it is not
    UNKNOWN = "unknown"  # not even the province is known


@dataclass(frozen=True)
class Resolution:
    """What a written place is today; the candidates are there when no single commune is."""

    province_code: str | None
    commune_code: str | None
    flag: Flag
    candidates: tuple[str, ...] = ()


class Unit(NamedTuple):
    """A place that a text may mean: of today, or of before the reform with what it became."""

    name: Name
    codes: tuple[str, ...]
    district: Name | None = None
    is_split: bool = False


@dataclass(frozen=True)
class Gazetteer:
    """The places in one province of today, as far as a text about it may name them."""

    province_code: str
    today: tuple[Unit, ...]
    old: tuple[Unit, ...]
    districts: tuple[Unit, ...]
    is_old_text: bool  # the province that was written is itself of before the reform


def unit_of(full_name: str, codes: Iterable[str], district: str = "") -> Unit:
    """Return a unit from its official names; several codes mean that it was divided."""
    many = tuple(codes)
    return Unit(
        read_name(full_name), many, read_name(district) if district else None, len(many) > 1
    )


def resolve(written: Written, places: Gazetteer) -> Resolution:
    """Return the one commune that the text can mean, or the province and why not more."""
    if written.commune is not None:
        return _resolve_commune(written.commune, written.district, places)
    if written.district is not None:
        return _district(_named(written.district, places.districts), places.province_code)
    return Resolution(places.province_code, None, Flag.PROVINCE)


def _resolve_commune(name: Name, district: Name | None, places: Gazetteer) -> Resolution:
    if name.kind is None and (same := _named(name, places.districts)):
        return _district(same, places.province_code)
    found = _in_district(_named(name, places.old), district)
    if not (found and (places.is_old_text or district)):
        found += _named(name, places.today)
    return _decide(closest(name, found), places.province_code)


def _decide(found: list[Unit], province_code: str) -> Resolution:
    codes = tuple(dict.fromkeys(code for unit in found for code in unit.codes))
    if not codes:
        return Resolution(province_code, None, Flag.UNKNOWN_PLACE)
    if len(codes) == 1:
        return Resolution(province_code, codes[0], Flag.COMMUNE)
    is_one_divided = any(set(unit.codes) == set(codes) and unit.is_split for unit in found)
    return Resolution(province_code, None, Flag.SPLIT if is_one_divided else Flag.AMBIGUOUS, codes)


def _district(found: list[Unit], province_code: str) -> Resolution:
    """A district is a commune of today only where it became exactly one."""
    if not found:
        return Resolution(province_code, None, Flag.UNKNOWN_PLACE)
    codes = found[0].codes
    if len(found) == 1 and len(codes) == 1:
        return Resolution(province_code, codes[0], Flag.COMMUNE)
    return Resolution(province_code, None, Flag.DISTRICT)


def _named(name: Name, units: Iterable[Unit]) -> list[Unit]:
    return [unit for unit in units if names_match(name, unit.name.key)]


def _in_district(found: list[Unit], district: Name | None) -> list[Unit]:
    if district is None:
        return found
    return [
        unit
        for unit in found
        if unit.district is not None and names_match(district, unit.district.key)
    ]


def is_exact(name: Name, unit: Unit) -> bool:
    """Tell whether the written accents are those of the unit, wherever the tone marks stand."""
    return unit.name.accents == name.accents


def closest(name: Name, found: list[Unit]) -> list[Unit]:
    """Keep the units with the written accents and kind, or all where none has them."""
    found = [unit for unit in found if is_exact(name, unit)] or found
    if name.kind not in COMMUNE_KINDS:
        return found
    return [unit for unit in found if unit.name.kind == name.kind] or found
