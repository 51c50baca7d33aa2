"""The files of `data` as rows of the tables."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from shop.core.vietnamese import sort_key
from shop.places.naming import place_key, read_name

DATA = Path(__file__).parent / "data"

Row = dict[str, Any]


def read(name: str) -> Iterator[dict[str, str]]:
    """Yield the lines of one file."""
    with (DATA / name).open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)


def province_rows() -> list[Row]:
    """Return the provinces, in the order of a Vietnamese dictionary."""
    lines = sorted(read("provinces.csv"), key=lambda line: sort_key(line["name"]))
    return [
        {
            "code": line["code"],
            "name": line["name"],
            "full_name": line["full_name"],
            "kind": line["kind"],
            "search_key": place_key(line["name"]),
            "sort_order": order,
        }
        for order, line in enumerate(lines)
    ]


def commune_rows() -> list[Row]:
    """Return the communes; the name is the full name without its kind."""
    return [
        {
            "code": line["code"],
            "province_code": line["province"],
            "name": without_kind(line["full_name"], line["kind"]),
            "full_name": line["full_name"],
            "kind": line["kind"],
            "search_key": read_name(line["full_name"]).key,
            "lat": float(line["lat"]) if line["lat"] else None,
            "lon": float(line["lon"]) if line["lon"] else None,
        }
        for line in read("communes.csv")
    ]


def old_place_rows() -> list[Row]:
    """Return the places of before the reform, numbered, one row for each part of a divided one."""
    rows = [
        old_place(line, code or None)
        for line in read("old_places.csv")
        for code in (line["to_communes"] or "").split(" ")
    ]
    return [{"id": number, **row} for number, row in enumerate(rows, start=1)]


def old_place(line: dict[str, str], commune_code: str | None) -> Row:
    """Return one place of before the reform as it became one commune, or none in particular."""
    return {
        "kind": line["kind"],
        "name": line["name"],
        "search_key": read_name(line["name"]).key,
        "old_district": line["district"],
        "old_province": line["province"],
        "old_province_key": read_name(line["province"]).key,
        "province_code": line["to_province"],
        "commune_code": commune_code,
        "is_split": line["split"] == "1",
        "valid_until": date.fromisoformat(line["until"]),
    }


def without_kind(full_name: str, kind: str) -> str:
    """Return Ba Đình for Phường Ba Đình: a kind of two syllables takes two words away."""
    return full_name.split(" ", kind.count("-") + 1)[-1]
