"""Files of published lists on their way into the registry: what they hold and would change."""

import enum
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import joinedload, undefer

from shop.accounts.models import User
from shop.accounts.queries import whole_provinces
from shop.certification.lists.layout import Layout, of_json, read_rows
from shop.certification.lists.rows import Fault, Judged, ListedProduct, judge
from shop.certification.lists.sheets import Grid, read_grid
from shop.certification.models import ImportStatus, ListImport, RecognitionEntry
from shop.core import clock
from shop.core.db import db
from shop.core.errors import Words
from shop.places.queries import province_codes_of
from shop.web.paging import Page

PAGE_SIZE = 30
FACTS = ("stars", "decision_number", "decided_on", "source")
_PROVINCES = 500


class Fate(enum.StrEnum):
    """What an import would do with a good row."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"

    @property
    def label(self) -> Words:
        """Return the fate in words."""
        return _FATES[self]


_FATES = {
    Fate.NEW: lazy_gettext("new"),
    Fate.UNCHANGED: lazy_gettext("unchanged"),
    Fate.CHANGED: lazy_gettext("changed"),
}


@dataclass(frozen=True)
class Review:
    """A file as it would be imported: good rows with their fates, and the faults by line."""

    rows: list[ListedProduct]
    fates: dict[str, Fate]
    faults: list[Fault]

    @property
    def bad_rows(self) -> int:
        """Return how many rows have a fault."""
        return len({fault.line for fault in self.faults})

    def count(self, fate: Fate) -> int:
        """Return how many good rows have this fate."""
        return sum(each is fate for each in self.fates.values())

    def fate(self, row: ListedProduct) -> Fate:
        """Return what an import would do with a row."""
        return self.fates[row.source_key]


@dataclass(frozen=True)
class BadRow:
    """A row that stays out: its line, its cells as they are written, and all its reasons."""

    line: int
    cells: list[str]
    reasons: list[str]


def list_import(moderator: User, import_id: int) -> ListImport | None:
    """Return a file with its bytes: one's own, or any for a moderator of the whole floor."""
    return db.session.scalar(
        select(ListImport)
        .where(ListImport.id == import_id, _visible(moderator))
        .options(undefer(ListImport.data), joinedload(ListImport.uploaded_by))
    )


def list_imports(moderator: User, *, page: int) -> Page[ListImport]:
    """Return a page of the files that a moderator may see, the latest first, without bytes."""
    total = db.session.scalar(
        select(func.count()).select_from(ListImport).where(_visible(moderator))
    )
    rows = db.session.scalars(
        select(ListImport)
        .where(_visible(moderator))
        .options(joinedload(ListImport.uploaded_by))
        .order_by(ListImport.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, page, PAGE_SIZE, total or 0)


def draft_count(moderator: User) -> int:
    """Return how many of a moderator's own files wait for the next step."""
    wanted = select(func.count()).select_from(ListImport)
    own = ListImport.uploaded_by_id == moderator.id
    return db.session.scalar(wanted.where(own, ListImport.status == ImportStatus.DRAFT)) or 0


def _visible(moderator: User) -> ColumnElement[bool]:
    if whole_provinces(moderator) is None:
        return true()
    return ListImport.uploaded_by_id == moderator.id


def grid_of(found: ListImport, sheet: str | None = None) -> Grid:
    """Return the cells of a file: of the sheet asked for, else of the one that was chosen."""
    return _grid(found.data or b"", found.sheet if sheet is None else sheet)


def layout_of(found: ListImport) -> Layout:
    """Return how a moderator said that the file is read."""
    return of_json(found.layout)


def review(found: ListImport, moderator: User) -> Review:
    """Judge a file against the registry and the moderator's provinces, without changing a thing.

    The questions do not grow with the rows: one for each province named and each 500 of them.
    """
    kept = json.dumps(found.layout, sort_keys=True)
    judged = _judged(found.data or b"", found.sheet, kept, clock.today())
    outside = _outside(judged.rows, whole_provinces(moderator))
    heading = layout_of(found).named().name_of("old_province")
    rows = [row for row in judged.rows if row.old_province not in outside]
    faults = [
        Fault(row.line, heading, outside[row.old_province])
        for row in judged.rows
        if row.old_province in outside
    ]
    return Review(rows, _fates(rows), sorted([*judged.faults, *faults], key=_line))


def bad_rows(found: ListImport, reviewed: Review) -> list[BadRow]:
    """Return the rows that stay out as they are written, for the moderator to mend."""
    cells = dict(grid_of(found).lines)
    reasons: dict[int, list[str]] = {}
    for fault in reviewed.faults:
        reasons.setdefault(fault.line, []).append(f"{fault.heading}: {fault.reason}")
    return [BadRow(line, cells.get(line, []), said) for line, said in reasons.items()]


def _line(fault: Fault) -> int:
    return fault.line


@lru_cache(maxsize=2)
def _grid(data: bytes, sheet: str) -> Grid:
    return read_grid(data, sheet or None)


@lru_cache(maxsize=2)
def _judged(data: bytes, sheet: str, layout: str, _today: date) -> Judged:
    """Read and judge a file once for all the pages that show it; a new day asks again."""
    return judge(read_rows(_grid(data, sheet).lines, of_json(json.loads(layout))))


def _outside(rows: Sequence[ListedProduct], provinces: frozenset[str] | None) -> dict[str, Words]:
    """Return the provinces named that are not the moderator's, each with the reason."""
    if provinces is None:
        return {}
    codes = province_codes_of(row.old_province for row in rows)
    return {
        text: lazy_gettext("“%(province)s” is no province of your area", province=text)
        for text, code in codes.items()
        if code not in provinces
    }


def _fates(rows: Sequence[ListedProduct]) -> dict[str, Fate]:
    known = {row.source_key: row for row in _known(rows)}
    return {row.source_key: _fate(row, known.get(row.source_key)) for row in rows}


def _known(rows: Sequence[ListedProduct]) -> Iterator[Any]:
    facts = [getattr(RecognitionEntry, name) for name in FACTS]
    names = sorted({row.old_province for row in rows})
    for start in range(0, len(names), _PROVINCES):
        there = RecognitionEntry.old_province.in_(names[start : start + _PROVINCES])
        yield from db.session.execute(select(RecognitionEntry.source_key, *facts).where(there))


def _fate(row: ListedProduct, known: Any) -> Fate:
    if known is None:
        return Fate.NEW
    said = [(getattr(row, name), getattr(known, name)) for name in FACTS]
    is_new = any(after not in {None, ""} and after != before for after, before in said)
    return Fate.CHANGED if is_new else Fate.UNCHANGED
