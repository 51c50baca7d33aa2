"""Judging a data set of score sheets: what is unreadable is refused, what is odd is listed.

The sheets are a published text. The floor does not mend them; it says where they do not add up
and how it reads them there.
"""

import enum
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from shop.certification.product_sets import PRODUCT_SETS
from shop.core.errors import InvalidInput
from shop.criteria.sheet import FLOORS, PART_POINTS, Raw, hundredths, is_heading, points_text

KEYS: dict[str, dict[str, type]] = {
    "sheet": {"no": int, "name": str, "reject": str, "sections": list},
    "part": {"code": str, "label": str, "max": str, "items": list},
    "item": {"code": str, "label": str, "max": str, "options": list, "notes": list},
    "option": {"label": str, "points": str, "floor": int},
}
CODE = re.compile(r"[1-9][0-9]?(\.[1-9]){0,2}")
LABEL_POINTS = re.compile(r"\((\d+) Điểm\)", re.IGNORECASE)
ALTERNATIVES = "một trong hai trường hợp"


class FaultKind(enum.StrEnum):
    """What may be odd about a readable sheet."""

    SUM = "sum"
    PART_POINTS = "part_points"
    LABEL = "label"
    NO_OPTIONS = "no_options"
    NO_POINTS = "no_points"
    OVER_MAXIMUM = "over_maximum"
    BELOW_MAXIMUM = "below_maximum"
    SAME_POINTS = "same_points"
    UNKNOWN_FLOOR = "unknown_floor"
    FLOOR_TWICE = "floor_twice"
    FLOOR_ORDER = "floor_order"
    NO_REJECTION = "no_rejection"

    @property
    def label(self) -> LazyString:
        """Return the kind in words, with how the floor reads it."""
        return _KINDS[self]


_KINDS = {
    FaultKind.SUM: lazy_gettext("the points below do not add up to the maximum"),
    FaultKind.PART_POINTS: lazy_gettext("the part does not have its 40, 25 or 35 points"),
    FaultKind.LABEL: lazy_gettext("the heading says other points than the maximum"),
    FaultKind.NO_OPTIONS: lazy_gettext("scored without options; read as yes or no"),
    FaultKind.NO_POINTS: lazy_gettext("an option without points; read as 0"),
    FaultKind.OVER_MAXIMUM: lazy_gettext("an option has more points than the maximum"),
    FaultKind.BELOW_MAXIMUM: lazy_gettext("no option reaches the maximum"),
    FaultKind.SAME_POINTS: lazy_gettext("two options bring the same points"),
    FaultKind.UNKNOWN_FLOOR: lazy_gettext("a floor of no known stars; read as none"),
    FaultKind.FLOOR_TWICE: lazy_gettext("a floor on two options; the lower one counts"),
    FaultKind.FLOOR_ORDER: lazy_gettext("a higher floor on fewer points"),
    FaultKind.NO_REJECTION: lazy_gettext("no grounds of rejection are written"),
}


@dataclass(frozen=True)
class Fault:
    """One thing that does not add up: in which sheet, at which code, and what is written there."""

    product_set: int
    code: str
    kind: FaultKind
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the fault as it is kept with the version."""
        return asdict(self) | {"kind": self.kind.value}


def read_fault(row: Mapping[str, Any]) -> Fault:
    """Return a fault from the row that was kept."""
    return Fault(row["product_set"], row["code"], FaultKind(row["kind"]), row["detail"])


def validate(data: Any) -> list[Fault]:
    """Return what does not add up; raise InvalidInput when the sheets cannot be read at all."""
    _require(isinstance(data, list), "")
    for sheet in data:
        _check_structure(sheet)
    _require([sheet["no"] for sheet in data] == sorted(PRODUCT_SETS), "no")
    return [fault for sheet in data for fault in _faults(sheet)]


def _require(is_well: bool, where: str) -> None:  # noqa: FBT001  the first thing it is told
    if not is_well:
        raise InvalidInput(lazy_gettext("The sheets cannot be read at “%(where)s”.", where=where))


def _check_keys(kind: str, row: Any, where: str) -> None:
    _require(isinstance(row, dict), where)
    for key, wanted in KEYS[kind].items():
        _require(isinstance(row.get(key), wanted), f"{where} {key}")


def _check_structure(sheet: Any) -> None:
    _check_keys("sheet", sheet, "")
    where = str(sheet["no"])
    for part in sheet["sections"]:
        _check_keys("part", part, where)
        for item in part["items"]:
            _check_item(item, where)
    _require([part["code"] for part in sheet["sections"]] == list(PART_POINTS), where)
    items = [item for part in sheet["sections"] for item in part["items"]]
    codes = {item["code"] for item in items}
    _require(len(codes) == len(items), f"{where} code")
    for item in items:
        parent = item["code"].rpartition(".")[0]
        _require(not parent or parent in codes, f"{where} {item['code']}")


def _check_item(item: Any, sheet: str) -> None:
    _check_keys("item", item, sheet)
    where = f"{sheet} {item['code']}"
    _require(CODE.fullmatch(item["code"]) is not None, where)
    _require(hundredths(item["max"]) is not None, where)
    for option in item["options"]:
        _check_keys("option", option, where)
    for note in item["notes"]:
        _require(isinstance(note, list) and all(isinstance(part, str) for part in note), where)


def _faults(sheet: Raw) -> Iterator[Fault]:
    number = sheet["no"]
    if not sheet["reject"].strip():
        yield Fault(number, "", FaultKind.NO_REJECTION)
    for part in sheet["sections"]:
        yield from _part_faults(number, part)
        for item in part["items"]:
            for kind, detail in _item_faults(item, part["items"]):
                yield Fault(number, item["code"], kind, detail)


def _part_faults(number: int, part: Raw) -> Iterator[Fault]:
    most, code = hundredths(part["max"]), part["code"]
    if most != PART_POINTS[code]:
        yield Fault(number, code, FaultKind.PART_POINTS, part["max"])
    said = LABEL_POINTS.search(part["label"])
    if said and hundredths(said[1]) != most:
        yield Fault(number, code, FaultKind.LABEL, f"{said[1]} ≠ {part['max']}")
    total = sum(hundredths(item["max"]) or 0 for item in part["items"] if "." not in item["code"])
    if total != most:
        yield Fault(number, code, FaultKind.SUM, f"{points_text(total)} ≠ {part['max']}")


Finding = tuple[FaultKind, str]


def _item_faults(item: Raw, items: list[Raw]) -> Iterator[Finding]:
    if is_heading(item, items):
        depth = item["code"].count(".") + 1
        below = [
            hundredths(other["max"]) or 0
            for other in items
            if other["code"].startswith(f"{item['code']}.") and other["code"].count(".") == depth
        ]
        if sum(below) != hundredths(item["max"]):
            yield FaultKind.SUM, f"{points_text(sum(below))} ≠ {item['max']}"
        return
    if not item["options"]:
        yield FaultKind.NO_OPTIONS, ""
        return
    for check in _CHECKS:
        yield from check(item)


def _check_points(item: Raw) -> Iterator[Finding]:
    for place, option in enumerate(item["options"], start=1):
        if hundredths(option["points"]) is None:
            yield FaultKind.NO_POINTS, str(place)


def _check_maximum(item: Raw) -> Iterator[Finding]:
    best, most = max(_all_points(item)), hundredths(item["max"]) or 0
    if best != most:
        kind = FaultKind.OVER_MAXIMUM if best > most else FaultKind.BELOW_MAXIMUM
        yield kind, f"{points_text(best)} ≠ {item['max']}"


def _check_same(item: Raw) -> Iterator[Finding]:
    """Two options of the same worth are odd unless a note says that only one of two cases holds."""
    points = _all_points(item)
    alternative = any(ALTERNATIVES in " ".join(note) for note in item["notes"])
    if len(set(points)) < len(points) and not alternative:
        yield FaultKind.SAME_POINTS, ", ".join(points_text(each) for each in points)


def _check_floors(item: Raw) -> Iterator[Finding]:
    marks = [option["floor"] for option in item["options"] if option["floor"]]
    for mark in sorted(set(marks) - set(FLOORS)):
        yield FaultKind.UNKNOWN_FLOOR, str(mark)
    for mark in sorted({mark for mark in marks if marks.count(mark) > 1}):
        yield FaultKind.FLOOR_TWICE, str(mark)
    ranked = sorted((hundredths(each["points"]) or 0, each["floor"]) for each in item["options"])
    known = [mark for _, mark in ranked if mark in FLOORS and mark]
    if known != sorted(known):
        yield FaultKind.FLOOR_ORDER, ", ".join(str(mark) for mark in known)


_CHECKS: tuple[Callable[[Raw], Iterator[Finding]], ...] = (
    _check_points,
    _check_maximum,
    _check_same,
    _check_floors,
)


def _all_points(item: Raw) -> list[int]:
    return [hundredths(option["points"]) or 0 for option in item["options"]]
