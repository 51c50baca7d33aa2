"""Putting a published recognition list into the registry, once, however often it is read."""

import hashlib
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from shop.certification.lists.changes import FACTS, Change, Fate, changes
from shop.certification.lists.rows import ListedProduct
from shop.certification.models import RecognitionEntry
from shop.certification.operations.unlisting import take_proof_off
from shop.core import audit, clock
from shop.core.db import db, is_sqlite, transaction
from shop.core.vietnamese import fold, slugify, sort_key
from shop.places.queries import resolve_old
from shop.places.resolution import Flag

BATCH = 500
LONGEST_REST_SECONDS = 0.5
_CLEAR = {Flag.COMMUNE, Flag.PROVINCE}
Places = dict[tuple[str, str], dict[str, Any]]


@dataclass
class ImportCounts:
    """What an import did: rows by fate, and how many of the new ones' places are known today."""

    new: int = 0
    unchanged: int = 0
    changed: int = 0
    resolved: int = 0
    flagged: int = 0

    def add(self, more: "ImportCounts") -> None:
        """Count what another batch did."""
        for name, number in vars(more).items():
            setattr(self, name, getattr(self, name) + number)


class Batch(NamedTuple):
    """Some rows by key, and what will stand in the registry for those that are not there yet."""

    rows: dict[str, ListedProduct]
    values: list[dict[str, Any]]

    @property
    def last(self) -> str:
        """Return the key up to which the list is in once this batch is."""
        return next(reversed(self.rows))


def import_list(rows: Sequence[ListedProduct]) -> ImportCounts:
    """Put all rows of a list into the registry, some hundreds in each transaction.

    A row that is there already is left alone, or takes over the facts that are new; so the list
    can be read again after it broke off, and two imports at once leave each row once.
    """
    counts = ImportCounts()
    for batch in batches(rows):
        began = time.monotonic()
        with transaction():
            counts.add(put(batch))
        let_others_in(time.monotonic() - began)
    return counts


def batches(rows: Sequence[ListedProduct], after: str = "") -> Iterator[Batch]:
    """Make rows ready whose key comes after another, in the order of keys.

    What costs time, as places and addresses, is settled here, before a transaction begins; the
    same order everywhere keeps two imports from locking each other out.
    """
    places: Places = {}
    by_key = {row.source_key: row for row in rows}
    ordered = iter(sorted(key for key in by_key if key > after))
    while keys := list(islice(ordered, BATCH)):
        known = select(RecognitionEntry.source_key).where(RecognitionEntry.source_key.in_(keys))
        there = set(db.session.scalars(known))
        fresh = [(key, by_key[key]) for key in keys if key not in there]
        values = [_values(key, row, places) for key, row in fresh]
        yield Batch({key: by_key[key] for key in keys}, values)


def let_others_in(seconds: float) -> None:
    """Rest as long as SQLite's only write lock was held: whoever waits for it asks ever rarer."""
    if is_sqlite() and not db.session().in_transaction():
        time.sleep(min(seconds, LONGEST_REST_SECONDS))


def put(batch: Batch) -> ImportCounts:
    """Put a batch in, in the present transaction; done twice it changes nothing more."""
    added = _insert(batch.values)
    known = _known([key for key in batch.rows if key not in added])
    fates: Counter[Fate] = Counter()
    for key, row in batch.rows.items():
        entry = known.get(key)
        if entry is None and key not in added:
            raise RuntimeError(f"the address of {key} belongs to another row")
        change = changes(row, entry)
        fates[change.fate] += 1
        if entry and change.fate is Fate.CHANGED:
            _renew(entry, change)
    db.session.flush()
    counts = _counted(fates, added)
    _record(next(iter(added), None), counts)
    return counts


def _counted(fates: Counter[Fate], added: dict[str, str]) -> ImportCounts:
    flagged = sum(bool(flag) for flag in added.values())
    return ImportCounts(
        new=fates[Fate.NEW],
        unchanged=fates[Fate.UNCHANGED],
        changed=fates[Fate.CHANGED],
        resolved=len(added) - flagged,
        flagged=flagged,
    )


def _record(key: str | None, counts: ImportCounts) -> None:
    """Note that something new came in, on the first of the rows."""
    first = select(RecognitionEntry).where(RecognitionEntry.source_key == key)
    if key and (entry := db.session.scalar(first)):
        audit.record("registry.imported", entry, {"new": counts.new, "changed": counts.changed})


def _known(keys: list[str]) -> dict[str, RecognitionEntry]:
    wanted = select(RecognitionEntry).where(RecognitionEntry.source_key.in_(keys))
    ordered = wanted.order_by(RecognitionEntry.source_key).with_for_update()
    return {entry.source_key: entry for entry in db.session.scalars(ordered)}


def _insert(values: list[dict[str, Any]]) -> dict[str, str]:
    """Insert what is not there yet; return the keys that came in, with the flags of places.

    Two that insert the same row in one moment may meet first in the index of addresses, so a
    conflict in any index counts as there.
    """
    if not values:
        return {}
    insert = sqlite.insert if is_sqlite() else postgresql.insert
    added = db.session.execute(
        insert(RecognitionEntry)
        .on_conflict_do_nothing()
        .returning(RecognitionEntry.source_key, RecognitionEntry.place_flag),
        values,
    )
    return {row.source_key: row.place_flag for row in added}


def _values(key: str, row: ListedProduct, places: Places) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in ("product_name", "producer", *FACTS)},
        **_place_of(row, places),
        "place": row.place,
        "old_province": row.old_province,
        "slug": slug_of(row),
        "source_key": key,
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


def _renew(entry: RecognitionEntry, change: Change) -> None:
    """Take over the facts that the list says anew."""
    for name, (_before, after) in change.facts.items():
        setattr(entry, name, after)
    told = {name: [_plain(before), _plain(after)] for name, (before, after) in change.facts.items()}
    audit.record("registry.changed", entry, told)
    if "stars" in change.facts:
        take_proof_off(entry)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int) else str(value)
