"""Bringing a published list: upload, meaning of its columns, import of all good rows or some."""

import hashlib
from datetime import timedelta

from flask_babel import lazy_gettext
from sqlalchemy import Update, update

from shop.accounts.models import User
from shop.accounts.queries import whole_provinces
from shop.certification.lists.chosen import Chosen
from shop.certification.lists.layout import Layout, to_json
from shop.certification.lists.sheets import read_grid
from shop.certification.models import ImportStatus, ListImport
from shop.certification.operations import list_runs as runs
from shop.certification.queries.lists import grid_of, list_import
from shop.core import audit, clock, outbox
from shop.core.db import change, db, transaction
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState

KEPT = timedelta(days=30)


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
    if sheet and sheet not in grid_of(_draft(moderator, import_id)).sheets:
        raise NotFound
    if not layout.is_whole:
        raise InvalidInput(
            lazy_gettext("Say which column holds the product, and which the province.")
        )
    with transaction():
        found = _draft(moderator, import_id)
        mapped = _if_draft(import_id).values(layout=to_json(layout), sheet=sheet)
        if not change(mapped):
            raise WrongState
        audit.record("list.mapped", found, {"columns": layout.columns})


def start_import(moderator: User, import_id: int, chosen: Chosen) -> bool:
    """Import the chosen good rows of a draft, once: of two who press, one is told (WrongState).

    A long list is left to the worker; the answer tells whether it is done already. The file is
    read, and its places are looked up, before the transaction, so that nobody waits for that.
    """
    plan = _planned(moderator, import_id, chosen)
    is_long = plan.rows > runs.MOST_AT_ONCE
    with transaction():
        found = _draft(moderator, import_id)
        if (found.layout, found.sheet) != plan.read_as:
            raise WrongState  # somebody has said anew what the columns mean
        begun = {"imported_by_id": moderator.id, **runs.beginning(chosen, plan.rows)}
        if not change(_if_draft(import_id).values(begun)):
            raise WrongState
        db.session.refresh(found)
        audit.record("list.started", found, {"rows": plan.rows})
        if is_long:
            runs.promise(found)
        else:
            runs.carry_out_now(import_id, plan)
    return not is_long


def _planned(moderator: User, import_id: int, chosen: Chosen) -> runs.Plan:
    found = _draft(moderator, import_id)
    if not found.is_mapped:
        raise WrongState(lazy_gettext("First say what the columns mean."))
    plan = runs.plan_of(found, moderator, chosen)
    if not plan.rows:
        raise InvalidInput(lazy_gettext("No good row is among what you chose."))
    return plan


def resume_list(moderator: User, import_id: int) -> None:
    """Let the worker go on with an import that stands still; WrongState for any other."""
    with transaction():
        found = _locked(moderator, import_id)
        if not found.is_stuck:
            raise WrongState
        again = found.chosen.get("runs", 1) + 1
        found.chosen = {**found.chosen, "at": clock.now().isoformat(), "runs": again}
        audit.record("list.resumed", found, {"rows": found.rows_in})
        runs.promise(found)


def discard_list(moderator: User, import_id: int) -> None:
    """Throw a draft away with its bytes, or what is left of an import that stands still.

    The row stays in the history, and what is in the registry stays there.
    """
    with transaction():
        found = _locked(moderator, import_id)
        if not (found.is_draft or found.is_stuck):
            raise WrongState
        found.status, found.data = ImportStatus.DISCARDED, None
        audit.record("list.discarded", found, {"rows": found.rows_in})


@outbox.every(timedelta(days=1))
def sweep_files() -> None:
    """Forget the files of imports that were finished a month ago; what they did stays known."""
    old = (
        ListImport.status == ImportStatus.IMPORTED,
        ListImport.imported_at < clock.now() - KEPT,
        ListImport.data.is_not(None),
    )
    with transaction():
        change(update(ListImport).where(*old).values(data=None))


def _locked(moderator: User, import_id: int) -> ListImport:
    """Return a file that nobody else can move before the transaction ends."""
    found = list_import(moderator, import_id)
    if found is None:
        raise NotFound
    db.session.refresh(found, with_for_update={"of": ListImport})
    return found


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
