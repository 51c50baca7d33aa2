"""Files of published lists on their way into the registry: what they hold and would change."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import JSON, ColumnElement, Select, String, func, literal, select, true
from sqlalchemy import type_coerce as typed
from sqlalchemy.orm import joinedload

from shop.accounts.models import User
from shop.accounts.queries import whole_provinces
from shop.certification.lists.changes import FACTS, Fate, changes
from shop.certification.lists.layout import Layout, of_json, read_rows
from shop.certification.lists.rows import Fault, Judged, ListedProduct, judge
from shop.certification.lists.sheets import Grid, read_grid
from shop.certification.models import ImportStatus, ListImport, RecognitionEntry
from shop.core import clock
from shop.core.db import db, is_sqlite
from shop.core.errors import NotFound, Words
from shop.places.queries import province_codes_of
from shop.web.paging import Page

PAGE_SIZE = 30


@dataclass(frozen=True)
class Review:
    """A file as it would be imported: good rows, faults, and the fate of each line."""

    rows: list[ListedProduct]
    fates: dict[int, Fate]
    faults: list[Fault]

    @property
    def bad_rows(self) -> int:
        """Return how many rows have a fault."""
        return self.count(Fate.BAD)

    def count(self, fate: Fate) -> int:
        """Return how many rows have this fate."""
        return sum(each is fate for each in self.fates.values())

    def fate(self, row: ListedProduct) -> Fate:
        """Return what an import would do with a row."""
        return self.fates[row.line]


@dataclass(frozen=True)
class _File:
    """What a file is known by while its cells are remembered: its digest, never its bytes."""

    sha256: str
    sheet: str
    import_id: int = field(compare=False)

    def read(self) -> bytes:
        """Return the bytes; raise NotFound once they are gone."""
        kept = select(ListImport.data).where(ListImport.id == self.import_id)
        data = db.session.scalar(kept)
        if data is None:
            raise NotFound
        return data


@dataclass(frozen=True)
class BadRow:
    """A row that stays out: its line, its cells as they are written, and all its reasons."""

    line: int
    cells: list[str]
    reasons: list[str]


def list_import(moderator: User, import_id: int) -> ListImport | None:
    """Return a file: one's own, or any for a moderator of the whole floor."""
    return db.session.scalar(
        select(ListImport)
        .where(ListImport.id == import_id, _visible(moderator))
        .options(joinedload(ListImport.uploaded_by))
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
    return _grid(_file(found, found.sheet if sheet is None else sheet))


def layout_of(found: ListImport) -> Layout:
    """Return how a moderator said that the file is read."""
    return of_json(found.layout)


def review(found: ListImport, moderator: User) -> Review:
    """Judge a file against the registry and the moderator's provinces, without changing a thing.

    The questions do not grow with the rows, only with the provinces that they name.
    """
    kept = json.dumps(found.layout, sort_keys=True)
    judged = _judged(_file(found, found.sheet), kept, clock.today())
    outside = _outside(judged.rows, whole_provinces(moderator))
    heading = layout_of(found).named().name_of("old_province")
    rows = [row for row in judged.rows if row.old_province not in outside]
    foreign = [
        Fault(row.line, heading, outside[row.old_province])
        for row in judged.rows
        if row.old_province in outside
    ]
    faults = sorted([*judged.faults, *foreign], key=_line)
    return Review(rows, _fates(rows, faults), faults)


def bad_rows(found: ListImport, reviewed: Review) -> list[BadRow]:
    """Return the rows that stay out as they are written, for the moderator to mend."""
    cells = dict(grid_of(found).lines)
    reasons: dict[int, list[str]] = {}
    for fault in reviewed.faults:
        reasons.setdefault(fault.line, []).append(f"{fault.heading}: {fault.reason}")
    return [BadRow(line, cells.get(line, []), said) for line, said in reasons.items()]


def _line(fault: Fault) -> int:
    return fault.line


def _file(found: ListImport, sheet: str) -> _File:
    return _File(found.sha256, sheet, found.id)


@lru_cache(maxsize=1)
def _grid(file: _File) -> Grid:
    return read_grid(file.read(), file.sheet or None)


@lru_cache(maxsize=2)
def _judged(file: _File, layout: str, _today: date) -> Judged:
    """Read and judge a file once for all the pages that show it; a new day asks again."""
    return judge(read_rows(_grid(file).lines, of_json(json.loads(layout))))


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


def _fates(rows: Sequence[ListedProduct], faults: Sequence[Fault]) -> dict[int, Fate]:
    known = known_facts(row.source_key for row in rows)
    good = {row.line: changes(row, known.get(row.source_key)).fate for row in rows}
    return {**good, **{fault.line: changes(None, None).fate for fault in faults}}


def known_facts(keys: Iterable[str]) -> dict[str, Any]:
    """Return what the registry says of the rows of these keys: one question, however many."""
    facts = [getattr(RecognitionEntry, name) for name in FACTS]
    there = RecognitionEntry.source_key.in_(_each(keys))
    found = db.session.execute(select(RecognitionEntry.source_key, *facts).where(there))
    return {row.source_key: row for row in found}


def _each(texts: Iterable[str]) -> Select[tuple[str]]:
    """Return texts as rows of one JSON value, so that no number of them is too many to bind."""
    function = func.json_each if is_sqlite() else func.json_array_elements_text
    rows = function(literal(list(texts), JSON)).table_valued("value")
    return select(typed(rows.c.value, String))
