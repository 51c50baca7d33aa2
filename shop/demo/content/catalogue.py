"""The written part of the demo floor, read once from the JSON files beside it."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from shop.demo.content.records import Unit

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack size; `share` is its price as a multiple of the first pack of its series."""

    label: str
    quantity: int
    weight_g: int
    share: float


@dataclass(frozen=True, slots=True)
class PackSeries:
    """The packs in which one sort of goods is sold."""

    unit: Unit
    packs: tuple[Pack, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """What all kinds of one sort of goods have in common."""

    key: str
    group: str
    shelf_life: str
    raw: tuple[str, ...]
    making: tuple[str, ...]
    use: tuple[str, ...]
    keep: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of product: where it is made, in which grades, and what is said of it."""

    key: str
    name: str
    product_set: int
    family: Family
    where: frozenset[str]
    price: int
    months: tuple[int, ...]
    grades: tuple[str, ...]
    series: PackSeries
    shape: str
    subject: str
    tones: tuple[str, ...]
    label: str
    raw: str
    making: str
    taste: str
    ingredients: str


@dataclass(frozen=True, slots=True)
class Province:
    """A province of today with the regions its goods belong to."""

    code: str
    name: str
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """What a stall is about: the families it sells, and how it speaks of itself."""

    key: str
    weight: int
    needs: frozenset[str]
    families: frozenset[str]
    trades: tuple[str, ...]
    stories: tuple[str, ...]


@cache
def texts(name: str) -> Any:
    """Return the contents of a data file."""
    return json.loads((DATA / f"{name}.json").read_text("utf-8"))


@cache
def provinces() -> dict[str, Province]:
    """Return the 34 provinces by code."""
    rows = texts("provinces").items()
    return {code: Province(code, row["name"], tuple(row["regions"])) for code, row in rows}


@cache
def themes() -> dict[str, Theme]:
    """Return what stalls are about, by key."""
    return {
        key: Theme(
            key=key,
            weight=row["weight"],
            needs=frozenset(row["needs"]),
            families=frozenset(row["families"]),
            trades=tuple(row["trades"]),
            stories=tuple(row["stories"]),
        )
        for key, row in texts("themes").items()
    }


@cache
def families() -> dict[str, Family]:
    """Return the sorts of goods by key."""
    return {
        key: Family(
            key=key,
            group=row["group"],
            shelf_life=row["shelf_life"],
            raw=tuple(row["raw"]),
            making=tuple(row["making"]),
            use=tuple(row["use"]),
            keep=row["keep"],
        )
        for key, row in texts("families").items()
    }


@cache
def kinds() -> tuple[Kind, ...]:
    """Return every kind of product, by product set."""
    files = sorted((DATA / "kinds").glob("*.json"))
    return tuple(_kind(row) for file in files for row in texts(f"kinds/{file.stem}"))


def _kind(row: dict[str, Any]) -> Kind:
    picture = row["picture"]
    return Kind(
        key=row["key"],
        name=row["name"],
        product_set=row["set"],
        family=families()[row["family"]],
        where=frozenset(row["where"]),
        price=row["price"],
        months=tuple(row["months"]),
        grades=tuple(row["grades"]),
        series=_series(row["packs"]),
        shape=picture["shape"],
        subject=picture["subject"],
        tones=tuple(picture["tones"]),
        label=picture["label"],
        raw=row["raw"],
        making=row["making"],
        taste=row["taste"],
        ingredients=row["ingredients"],
    )


@cache
def _series(name: str) -> PackSeries:
    row = texts("packs")[name]
    return PackSeries(cast(Unit, row["unit"]), tuple(Pack(**pack) for pack in row["packs"]))


@cache
def kinds_for(theme: str, province: str) -> tuple[Kind, ...]:
    """Return the kinds that a stall of this theme can make in this province."""
    place = provinces()[province]
    here = {"all", province, *place.regions}
    wanted = themes()[theme].families
    return tuple(kind for kind in kinds() if kind.family.key in wanted and kind.where & here)
