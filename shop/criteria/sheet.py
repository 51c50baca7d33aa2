"""A score sheet as the rules see it: parts, blocks, criteria and the options to choose from.

Points are hundredths. A criterion that the decision scores without writing options (label in two
languages) is answered yes or no.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

FLOORS = (0, 3, 4, 5)
PART_POINTS = {"A": 40_00, "B": 25_00, "C": 35_00}
YES_OR_NO = ("Không", "Có")

Raw = Mapping[str, Any]


@dataclass(frozen=True)
class Option:
    """An answer, its points, and for how many stars it is the least that counts (0: for none)."""

    label: str
    points_hundredths: int
    floor: int = 0

    @property
    def points(self) -> str:
        """Return the points in writing."""
        return points_text(self.points_hundredths)


@dataclass(frozen=True)
class Criterion:
    """One question of the sheet; `under` is the heading between it and its block, if any."""

    code: str
    label: str
    most_hundredths: int
    options: tuple[Option, ...]
    notes: tuple[str, ...] = ()
    under: str = ""

    @property
    def most(self) -> str:
        """Return the maximum in writing."""
        return points_text(self.most_hundredths)

    def floors(self) -> dict[int, int]:
        """Return by stars the lowest points that reach the options marked with that floor."""
        least: dict[int, int] = {}
        for option in self.options:
            if option.floor:
                points = option.points_hundredths
                least[option.floor] = min(points, least.get(option.floor, points))
        return dict(sorted(least.items()))

    def cheapest(self, least_hundredths: int) -> int:
        """Return the option with the fewest points that are at least these."""
        enough = [
            (option.points_hundredths, index)
            for index, option in enumerate(self.options)
            if option.points_hundredths >= least_hundredths
        ]
        return min(enough)[1]


@dataclass(frozen=True)
class Block:
    """Criteria under one heading; a criterion that stands alone is a block of its own."""

    code: str
    label: str
    most_hundredths: int
    criteria: tuple[Criterion, ...]

    @property
    def most(self) -> str:
        """Return the maximum in writing."""
        return points_text(self.most_hundredths)

    @property
    def stands_alone(self) -> bool:
        """Tell whether the block is its only criterion, so that its heading need not be shown."""
        return len(self.criteria) == 1 and self.criteria[0].code == self.code


@dataclass(frozen=True)
class Part:
    """A, B or C: product and community, marketing, quality."""

    code: str
    label: str
    most_hundredths: int
    blocks: tuple[Block, ...]

    @property
    def most(self) -> str:
        """Return the maximum in writing."""
        return points_text(self.most_hundredths)


@dataclass(frozen=True)
class Sheet:
    """The whole sheet of a product set; codes of criteria are unique in it."""

    product_set: int
    name: str
    parts: tuple[Part, ...]
    reject: str = ""

    def criteria(self) -> Iterator[Criterion]:
        """Yield every criterion in the order of the sheet."""
        for part in self.parts:
            for block in part.blocks:
                yield from block.criteria

    def criterion(self, code: str) -> Criterion:
        """Return the criterion of this code; raise KeyError for a code that is none."""
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> dict[str, Criterion]:
        return {criterion.code: criterion for criterion in self.criteria()}


def hundredths(text: str) -> int | None:
    """Read points as the decision writes them, `2` or `0,5`; None when they are none."""
    whole, _, rest = text.strip().replace(",", ".").partition(".")
    if not whole.isdecimal() or len(rest) > 2 or not (rest + "0").isdecimal():
        return None
    return int(whole) * 100 + int(rest.ljust(2, "0"))


def points_text(value: int) -> str:
    """Write points as the decision does: `30`, `0,5`."""
    return f"{value // 100},{value % 100:02}".rstrip("0").rstrip(",")


def is_heading(item: Raw, items: Iterable[Raw]) -> bool:
    """Tell whether other codes continue this one: `6` is the heading of `6.1`."""
    return any(str(other["code"]).startswith(f"{item['code']}.") for other in items)


def read_sheet(content: Raw) -> Sheet:
    """Return the sheet that a row of the data set writes."""
    return Sheet(
        product_set=int(content["no"]),
        name=str(content["name"]),
        parts=tuple(_part(section) for section in content["sections"]),
        reject=str(content["reject"]).strip(),
    )


def _part(section: Raw) -> Part:
    items = section["items"]
    return Part(
        code=str(section["code"]),
        label=str(section["label"]),
        most_hundredths=hundredths(section["max"]) or 0,
        blocks=tuple(_block(item, items) for item in items if "." not in item["code"]),
    )


def _block(head: Raw, items: list[Raw]) -> Block:
    below = [item for item in items if _is_of(head, item)]
    headings = {item["code"]: item["label"] for item in below if is_heading(item, items)}
    return Block(
        code=head["code"],
        label=head["label"],
        most_hundredths=hundredths(head["max"]) or 0,
        criteria=tuple(
            _criterion(item, headings.get(item["code"].rpartition(".")[0], ""))
            for item in below or [head]
            if item["code"] not in headings
        ),
    )


def _is_of(head: Raw, item: Raw) -> bool:
    return str(item["code"]).startswith(f"{head['code']}.")


def _criterion(item: Raw, under: str) -> Criterion:
    most = hundredths(item["max"]) or 0
    options = tuple(_option(option) for option in item["options"]) or (
        Option(YES_OR_NO[0], 0),
        Option(YES_OR_NO[1], most),
    )
    notes = tuple(" ".join(note).strip() for note in item["notes"])
    return Criterion(item["code"], item["label"], most, options, notes=notes, under=under)


def _option(option: Raw) -> Option:
    floor = option["floor"] if option["floor"] in FLOORS else 0
    return Option(option["label"], hundredths(option["points"]) or 0, floor)
