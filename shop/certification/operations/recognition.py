"""Putting a published recognition list into the registry, once, however often it is read."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from shop.certification.lists.rows import ListedProduct
from shop.certification.models import RecognitionEntry
from shop.core import audit, clock
from shop.core.db import db, is_sqlite, transaction
from shop.core.vietnamese import fold, slugify, sort_key
from shop.places.queries import resolve_old
from shop.places.resolution import Flag

BATCH = 400
# What a newer edition of a list may change; the rest is what makes the row itself.
FACTS = ("stars", "decision_number", "decided_on", "source")
_CLEAR = {Flag.COMMUNE, Flag.PROVINCE}


@dataclass
class ImportCounts:
    """What an import did: rows by fate, and how many of the new ones' places are known today."""

    new: int = 0
    unchanged: int = 0
    changed: int = 0
    resolved: int = 0
    flagged: int = 0


Places = dict[tuple[str, str], dict[str, Any]]


def import_list(
    rows: Sequence[ListedProduct], *, and_then: Callable[[ImportCounts], None] | None = None
) -> ImportCounts:
    """Put all rows of a list into the registry or, on any failure, none.

    A row that is there already is left alone, or takes over the facts that are new. Two imports
    at once leave each row once. Places are looked up before the transaction, which stays short.
    What is to happen `and_then` happens in the same transaction.
    """
    counts = ImportCounts()
    places = _look_up_places(rows)
    with transaction():
        for batch in _batches(rows):
            known = _known(batch)
            fresh = [row for row in batch if row.source_key not in known]
            _insert(fresh, places, counts)
            for row in batch:
                if entry := known.get(row.source_key):
                    _renew(entry, row, counts)
            db.session.flush()
        _record(rows, counts)
        if and_then:
            and_then(counts)
    return counts


def _record(rows: Sequence[ListedProduct], counts: ImportCounts) -> None:
    """Note an import that brought something new, on the first of its rows."""
    if not counts.new:
        return
    first = select(RecognitionEntry).where(RecognitionEntry.source_key == rows[0].source_key)
    if entry := db.session.scalar(first):
        audit.record("registry.imported", entry, {"new": counts.new, "changed": counts.changed})


def _look_up_places(rows: Sequence[ListedProduct]) -> Places:
    """Return where the places of all rows that are not in the registry yet are today."""
    places: Places = {}
    for batch in _batches(rows):
        keys = [row.source_key for row in batch]
        known = select(RecognitionEntry.source_key).where(RecognitionEntry.source_key.in_(keys))
        there = set(db.session.scalars(known))
        for row in batch:
            if row.source_key not in there:
                _place_of(row, places)
    return places


def _batches(rows: Sequence[ListedProduct]) -> Iterator[list[ListedProduct]]:
    """Go through the rows by key, so that two imports lock in the same order."""
    ordered = iter(sorted(rows, key=lambda row: row.source_key))
    while batch := list(islice(ordered, BATCH)):
        yield batch


def _known(batch: list[ListedProduct]) -> dict[str, RecognitionEntry]:
    wanted = select(RecognitionEntry).where(
        RecognitionEntry.source_key.in_([row.source_key for row in batch])
    )
    return {entry.source_key: entry for entry in db.session.scalars(wanted.with_for_update())}


def _insert(rows: list[ListedProduct], places: Places, counts: ImportCounts) -> None:
    if not rows:
        return
    insert = sqlite.insert if is_sqlite() else postgresql.insert
    values = [_values(row, places) for row in rows]
    added = db.session.scalars(
        insert(RecognitionEntry)
        .on_conflict_do_nothing(index_elements=[RecognitionEntry.source_key])
        .returning(RecognitionEntry.place_flag),
        values,
    ).all()
    flagged = Counter(bool(flag) for flag in added)
    counts.new += len(added)
    counts.unchanged += len(rows) - len(added)
    counts.flagged += flagged[True]
    counts.resolved += flagged[False]


def _values(row: ListedProduct, places: Places) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("product_name", "producer", *FACTS)},
        **_place_of(row, places),
        "place": row.place,
        "old_province": row.old_province,
        "slug": slug_of(row),
        "source_key": row.source_key,
        "search_key": fold(" ".join((row.product_name, row.producer, row.place, row.old_province))),
        "sort_key": sort_key(row.product_name),
        "is_demo": False,
        "imported_at": clock.now(),
    }


def _place_of(row: ListedProduct, places: Places) -> dict[str, Any]:
    """Return where a row's place is today, looked up once for all rows that name it."""
    where = (row.place, row.old_province)
    if where not in places:
        found = resolve_old(*where)
        places[where] = {
            "province_code": found.province_code,
            "commune_code": found.commune_code,
            "place_flag": "" if found.flag in _CLEAR else found.flag.value,
        }
    return places[where]


def slug_of(row: ListedProduct) -> str:
    """Return the address part of a row: its names, and a few letters that tell namesakes apart."""
    digest = hashlib.sha256(row.source_key.encode()).hexdigest()[:8]
    return f"{slugify(f'{row.product_name} {row.producer}', 100)}-{digest}"


def _renew(entry: RecognitionEntry, row: ListedProduct, counts: ImportCounts) -> None:
    """Take over the facts that the list says anew; what it leaves out stays known."""
    changes: dict[str, Any] = {}
    for name in FACTS:
        before, after = getattr(entry, name), getattr(row, name)
        if after not in {None, ""} and after != before:
            changes[name] = [_plain(before), _plain(after)]
            setattr(entry, name, after)
    if not changes:
        counts.unchanged += 1
        return
    counts.changed += 1
    audit.record("registry.changed", entry, changes)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int) else str(value)
