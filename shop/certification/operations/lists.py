"""Bringing a published list: upload, meaning of its columns, import of all good rows or some."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask_babel import lazy_gettext
from sqlalchemy import Update, update

from shop.accounts.models import User
from shop.accounts.queries import whole_provinces
from shop.certification.lists.layout import Layout, to_json
from shop.certification.lists.rows import ListedProduct
from shop.certification.lists.sheets import read_grid
from shop.certification.models import ImportStatus, ListImport
from shop.certification.operations.recognition import ImportCounts, import_list
from shop.certification.queries.lists import Review, grid_of, list_import, review
from shop.core import audit, clock, outbox
from shop.core.db import change, db, transaction
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState

TOPIC = "registry.import"
MOST_AT_ONCE = 2000


@dataclass(frozen=True)
class Chosen:
    """Which good rows are taken: all, these lines, or all from one line to another."""

    lines: Sequence[int] = field(default=())
    span: tuple[int, int] | None = None

    def of(self, rows: Sequence[ListedProduct]) -> list[ListedProduct]:
        """Return the rows that are meant."""
        if self.span is not None:
            first, last = self.span
            return [row for row in rows if first <= row.line <= last]
        lines = set(self.lines)
        return [row for row in rows if not lines or row.line in lines]


def may_import(moderator: User) -> bool:
    """Tell whether somebody may bring lists: a moderator of whole provinces, or of the floor."""
    return whole_provinces(moderator) != frozenset()


def upload_list(moderator: User, data: bytes, file_name: str) -> ListImport:
    """Keep a file as a draft; raise InvalidInput for one that cannot be read.

    Raises Forbidden for a moderator of communes alone: lists are decided by provinces.
    """
    if not may_import(moderator):
        raise Forbidden(
            lazy_gettext("Lists are decided by provinces; your area is a commune of one.")
        )
    grid = read_grid(data)
    with transaction():
        kept = ListImport(
            uploaded_by_id=moderator.id,
            uploaded_at=clock.now(),
            file_name=file_name[:200],
            size_bytes=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            data=data,
            sheet=grid.sheet[:80],
            layout={},
            chosen={},
            status=ImportStatus.DRAFT,
        )
        db.session.add(kept)
        db.session.flush()
        audit.record("list.uploaded", kept, {"file": kept.file_name, "sha256": kept.sha256})
    return kept


def map_list(moderator: User, import_id: int, *, sheet: str, layout: Layout) -> None:
    """Say how a draft is read; raise WrongState once it is no draft any more."""
    with transaction():
        found = _draft(moderator, import_id)
        if sheet and sheet not in grid_of(found).sheets:
            raise NotFound
        if not layout.is_whole:
            raise InvalidInput(
                lazy_gettext("Say which column holds the product, and which the province.")
            )
        mapped = _if_draft(import_id).values(layout=to_json(layout), sheet=sheet)
        if not change(mapped):
            raise WrongState
        audit.record("list.mapped", found, {"columns": layout.columns})


def start_import(moderator: User, import_id: int, chosen: Chosen) -> bool:
    """Import the chosen good rows of a draft, once: of two who press, one is told (WrongState).

    A long list is left to the worker; the answer tells whether it is done already.
    """
    with transaction():
        found = _draft(moderator, import_id)
        rows = chosen.of(_reviewed(found, moderator).rows)
        if not rows:
            raise InvalidInput(lazy_gettext("No good row is among what you chose."))
        begun = _if_draft(import_id).values(
            status=ImportStatus.IMPORTING,
            imported_by_id=moderator.id,
            chosen={"lines": list(chosen.lines), "span": chosen.span},
        )
        if not change(begun):
            raise WrongState
        audit.record("list.started", found, {"rows": len(rows)})
        is_long = len(rows) > MOST_AT_ONCE
        if is_long:
            outbox.send(TOPIC, {"import_id": import_id}, key=f"{TOPIC}:{import_id}")
        else:
            _import(found, moderator, chosen)
    return not is_long


def discard_list(moderator: User, import_id: int) -> None:
    """Throw a draft away with its bytes; the row stays in the history."""
    with transaction():
        found = _draft(moderator, import_id)
        gone = _if_draft(import_id).values(status=ImportStatus.DISCARDED, data=None)
        if not change(gone):
            raise WrongState
        audit.record("list.discarded", found)


@outbox.handler(TOPIC)
def carry_out(payload: outbox.Payload) -> None:
    """Import a long list; a second delivery finds it done."""
    found = db.session.get(ListImport, payload["import_id"])
    if found is None or found.status is not ImportStatus.IMPORTING:
        return
    moderator = db.session.get_one(User, found.imported_by_id)
    span = found.chosen.get("span")
    lines = found.chosen.get("lines", ())
    _import(found, moderator, Chosen(lines, (span[0], span[1]) if span else None))


def _import(found: ListImport, moderator: User, chosen: Chosen) -> None:
    """Put the rows in and close the file, in one transaction."""
    reviewed, import_id = review(found, moderator), found.id

    def close(counts: ImportCounts) -> None:
        done = (
            update(ListImport)
            .where(ListImport.id == import_id, ListImport.status == ImportStatus.IMPORTING)
            .values(
                status=ImportStatus.IMPORTED,
                imported_at=clock.now(),
                new_rows=counts.new,
                unchanged_rows=counts.unchanged,
                changed_rows=counts.changed,
                bad_rows=reviewed.bad_rows,
            )
        )
        if not change(done):
            raise WrongState
        data = {"new": counts.new, "changed": counts.changed, "bad": reviewed.bad_rows}
        audit.record("list.imported", db.session.get_one(ListImport, import_id), data)

    import_list(chosen.of(reviewed.rows), and_then=close)


def _reviewed(found: ListImport, moderator: User) -> Review:
    if not found.is_mapped:
        raise WrongState(lazy_gettext("First say what the columns mean."))
    return review(found, moderator)


def _draft(moderator: User, import_id: int) -> ListImport:
    found = list_import(moderator, import_id)
    if found is None:
        raise NotFound
    if not found.is_draft:
        raise WrongState
    return found


def _if_draft(import_id: int) -> Update:
    return update(ListImport).where(
        ListImport.id == import_id, ListImport.status == ImportStatus.DRAFT
    )
