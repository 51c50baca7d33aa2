"""Where the rows of a list begin, what its columns mean, and what stands for the whole file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext

from shop.certification.lists import bounds
from shop.certification.lists import cells as written
from shop.certification.lists.headings import (
    REQUIRED,
    SERIAL,
    STAR_COLUMNS,
    Headings,
    column_of,
    plain,
    read_headings,
)
from shop.certification.lists.sheets import Line, RawRow, Sheet, read_grid
from shop.core.errors import InvalidInput

SAME_AS_ABOVE = ("producer", "place", "old_province", "decision", "decision_number", "decided_on")
_LEAST_KNOWN = 2


@dataclass(frozen=True)
class Layout:
    """How a sheet is read: its columns by meaning, its first row, what its cells leave out.

    `first` is the line of the file at which the rows begin. With `fill_down` an empty cell of a
    column that lists often merge means what stands above it.
    """

    headings: tuple[str, ...]
    columns: dict[str, int]
    first: int
    defaults: dict[str, str] = field(default_factory=dict)
    fill_down: bool = False

    @property
    def is_whole(self) -> bool:
        """Tell whether all that a row needs is a column, or given for the whole file."""
        return all(name in self.columns or self.defaults.get(name) for name in REQUIRED)

    @property
    def serial(self) -> int | None:
        """Return the column of running numbers, None when there is none."""
        places = (place for place, name in enumerate(self.headings) if SERIAL.match(plain(name)))
        return next(places, None)

    def named(self) -> Headings:
        """Return the columns as faults name them: by what the file writes."""
        names = {name: self.headings[place] for name, place in self.columns.items()}
        marks = [names[column] for column in STAR_COLUMNS if column in names]
        decision = names.get("decision")
        parts = ("decision_number", "decided_on") if decision else ()
        shared = dict.fromkeys(parts, decision or "")
        first_mark = {"stars": marks[0].partition(" / ")[0]} if marks else {}
        return Headings(dict(self.columns), {**shared, **first_mark, **names})


def guess(lines: Sequence[Line]) -> Layout | None:
    """Find the headings among the first lines, on one line or on two; None when none is there."""
    lines = [(line, _short(cells)) for line, cells in lines[: bounds.HEADING_ROWS + 3]]
    for place, (line, cells) in enumerate(lines[: bounds.HEADING_ROWS]):
        found = read_headings(cells)
        if "product_name" not in found.places or len(found.places) < _LEAST_KNOWN:
            continue
        names, taken = [cell.strip().lstrip("\ufeff") for cell in cells], 1
        below = lines[place + 1][1] if place + 1 < len(lines) else []
        if _is_second_line(cells, below):
            names, taken = _joined(names, below), 2
        after = lines[place + taken] if place + taken < len(lines) else (line + taken, [""])
        taken += _is_numbering(after[1])
        first = lines[place + taken][0] if place + taken < len(lines) else line + taken
        return Layout(tuple(names), read_headings(names).places, first)
    return None


def read_sheet(data: bytes) -> Sheet:
    """Return the list that a file holds; raise InvalidInput, in plain words, when it holds none."""
    lines = read_grid(data).lines
    layout = guess(lines)
    if layout is None or not layout.is_whole:
        raise InvalidInput(
            lazy_gettext(
                "The headings were not found. At least the columns of the product and of its "
                "province are needed, for instance “name” and “province_before_2025”, or “Tên sản "
                "phẩm” and “Tỉnh”."
            )
        )
    return read_rows(lines, layout)


def _is_second_line(above: Sequence[str], below: Sequence[str]) -> bool:
    """Tell whether a line holds the second half of headings: names under a merged parent."""
    fresh = [
        cell
        for place, cell in enumerate(below)
        if cell.strip() and (place >= len(above) or cell != above[place])
    ]
    return bool(fresh) and all(column_of(cell) is not None for cell in fresh)


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    names, parent = [], ""
    for place in range(max(len(above), len(below))):
        upper = above[place].strip() if place < len(above) else ""
        lower = below[place].strip() if place < len(below) else ""
        parent = upper or (parent if lower else "")
        names.append(f"{parent} / {lower}" if lower and parent and lower != parent else parent)
    return names


def _is_numbering(cells: Sequence[str]) -> bool:
    """Tell whether a line only numbers the columns: (1) (2) (3), or A B 1 2."""
    signs = [cell.strip().strip("()") for cell in cells if cell.strip()]
    numbers = [sign for sign in signs if sign.isdecimal()]
    is_short = all(len(sign) <= 2 for sign in signs)
    return len(signs) > 2 and is_short and numbers == sorted(set(numbers), key=int) != []


def read_rows(lines: Sequence[Line], layout: Layout) -> Sheet:
    """Return the rows under the headings, with what groups and the whole file say of them."""
    rows = list(_rows(lines, layout))
    if len(rows) > bounds.MOST_ROWS:
        raise InvalidInput(bounds.MANY_ROWS)
    return Sheet(layout.named(), rows)


def _rows(lines: Sequence[Line], layout: Layout) -> Iterator[RawRow]:
    group: dict[str, str] = {}
    above: dict[str, str] = {}
    for line, cells in lines:
        if line < layout.first or not any(cell.strip() for cell in cells):
            continue
        words = _group_words(cells, layout)
        if words is not None:
            group = _entered(group, words)
            above = {}
            continue
        row = {name: _at(cells, place) for name, place in layout.columns.items()}
        if layout.fill_down:
            row |= {name: above[name] for name in SAME_AS_ABOVE if _is_same(row, above, name)}
            above = row
        yield RawRow(line, _settled(row, {**layout.defaults, **group}))


def _is_same(row: dict[str, str], above: dict[str, str], name: str) -> bool:
    return not row.get(name, "-").strip() and bool(above.get(name))


def _short(cells: Sequence[str]) -> list[str]:
    return [cell[: bounds.LONGEST_HEADING] for cell in cells]


def _at(cells: Sequence[str], place: int) -> str:
    """Return a cell; of an endless one so much that it is sure to be told as too long."""
    text = cells[place] if place < len(cells) else ""
    return text if len(text) <= bounds.LONGEST_CELL else f"{text[: bounds.LONGEST_CELL]}…"


def _group_words(cells: Sequence[str], layout: Layout) -> str | None:
    """Return the words of a row that only begins a group, None for a row of its own."""
    serial = _at(cells, layout.serial) if layout.serial is not None else ""
    others = [_at(cells, place).strip() for place in range(len(cells)) if place != layout.serial]
    texts = [cell for cell in others if cell]
    if not texts:
        return serial
    if len(set(texts)) > 1 or written.is_serial(serial):
        return None
    is_wide = len(texts) > 1
    is_numbered = bool(serial) and written.is_outline(serial)
    return texts[0] if is_wide or is_numbered or written.is_group(texts[0]) else None


def _entered(group: dict[str, str], words: str) -> dict[str, str]:
    """Return what holds for the rows of a group: its place, where its words name one."""
    found = written.group_place(words)
    if found is None:
        return group
    column, name = found
    return {column: name} if column == "old_province" else {**group, column: name}


def _settled(row: dict[str, str], given: dict[str, str]) -> dict[str, str]:
    """Return a row with its stars and its decision in one form, and the gaps filled."""
    row = {name: text for name, text in row.items() if text.strip() or name not in given}
    marks = [stars for name, stars in STAR_COLUMNS.items() if written.is_mark(row.pop(name, ""))]
    if marks:
        row["stars"] = ", ".join(map(str, marks))
    row["stars"] = written.stars_text(row.get("stars", ""))
    both = row.pop("decision", "") or ("" if row.get("decided_on") else row.get("decision_number"))
    if both:
        number, day = written.split_decision(both)
        row |= {"decision_number": number, **({"decided_on": day} if day else {})}
    return {**given, **row}


def to_json(layout: Layout) -> dict[str, Any]:
    """Return a layout as it is kept with an import."""
    return {
        "headings": list(layout.headings),
        "columns": layout.columns,
        "first": layout.first,
        "defaults": layout.defaults,
        "fill_down": layout.fill_down,
    }


def of_json(kept: dict[str, Any]) -> Layout:
    """Return a layout that was kept with an import."""
    return Layout(**{**kept, "headings": tuple(kept["headings"])})
