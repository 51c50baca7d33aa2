"""Carrying an import out batch by batch; how far it has come is kept with each batch.

A run that was killed goes on where it broke off, and of two runs of one import one gives way.
"""

import time
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import update

from shop.accounts.models import User
from shop.certification.lists.chosen import Chosen, of_json
from shop.certification.models import ImportStatus, ListImport
from shop.certification.operations.recognition import BATCH, Batch, batches, let_others_in, put
from shop.certification.queries.lists import review
from shop.core import audit, clock, outbox
from shop.core.db import change, db, transaction
from shop.core.errors import WrongState

TOPIC = "registry.import"
MOST_AT_ONCE = BATCH


class Plan(NamedTuple):
    """What an import is going to do: its rows, ready when they are few, and how they were read."""

    ready: list[Batch]
    rows: int
    bad_rows: int
    read_as: tuple[dict[str, Any], str]


def plan_of(found: ListImport, moderator: User, chosen: Chosen) -> Plan:
    """Read and judge a file, and make a short one ready; to be called before a transaction."""
    read_as = found.layout, found.sheet
    reviewed = review(found, moderator)
    rows = chosen.of(reviewed.rows)
    ready = list(batches(rows)) if len(rows) <= MOST_AT_ONCE else []
    return Plan(ready, len(rows), reviewed.bad_rows, read_as)


def beginning(chosen: Chosen, rows: int) -> dict[str, Any]:
    """Return the columns of an import that begins: nothing is in yet."""
    way = {"rows": rows, "after": "", "at": clock.now().isoformat(), "runs": 1}
    return {
        "status": ImportStatus.IMPORTING,
        "chosen": {**chosen.to_json(), **way},
        "new_rows": 0,
        "unchanged_rows": 0,
        "changed_rows": 0,
    }


def promise(found: ListImport) -> None:
    """Leave an import to the worker, in the present transaction; each run is a promise anew."""
    key = f"{TOPIC}:{found.id}:{found.chosen['runs']}"
    outbox.send(TOPIC, {"import_id": found.id}, key=key)


def carry_out_now(import_id: int, plan: Plan) -> None:
    """Import a short list in the present transaction."""
    _run(import_id, plan.ready, after="")
    _close(import_id, plan.bad_rows)


@outbox.handler(TOPIC)
def carry_out(payload: outbox.Payload) -> None:
    """Import a long list from where it stands; a second delivery finds it done.

    Nothing is read or judged while the database is locked; between two batches others get in.
    """
    found = db.session.get(ListImport, payload["import_id"])
    if found is None or found.status is not ImportStatus.IMPORTING:
        return
    import_id, after = found.id, found.reached
    reviewed = review(found, db.session.get_one(User, found.imported_by_id))
    rows = of_json(found.chosen).of(reviewed.rows)
    _run(import_id, batches(rows, after), after)
    with transaction():
        _close(import_id, reviewed.bad_rows)


def _run(import_id: int, ready: Iterable[Batch], after: str) -> None:
    for batch in ready:
        began = time.monotonic()
        with transaction():
            _step(import_id, batch, after)
        after = batch.last
        let_others_in(time.monotonic() - began)


def _step(import_id: int, batch: Batch, after: str) -> None:
    """Put a batch in and note how far the import has come, together or not at all."""
    kept = _still_importing(import_id)
    if kept.reached != after:
        raise WrongState  # another run has been here
    counts = put(batch)
    kept.new_rows = (kept.new_rows or 0) + counts.new
    kept.unchanged_rows = (kept.unchanged_rows or 0) + counts.unchanged
    kept.changed_rows = (kept.changed_rows or 0) + counts.changed
    kept.chosen = {**kept.chosen, "after": batch.last, "at": clock.now().isoformat()}


def _still_importing(import_id: int) -> ListImport:
    """Return an import that nobody else can move now; raise WrongState when it was stopped."""
    kept = db.session.get_one(ListImport, import_id, with_for_update=True, populate_existing=True)
    if kept.status is not ImportStatus.IMPORTING:
        raise WrongState
    return kept


def _close(import_id: int, bad_rows: int) -> None:
    done = (
        update(ListImport)
        .where(ListImport.id == import_id, ListImport.status == ImportStatus.IMPORTING)
        .values(status=ImportStatus.IMPORTED, imported_at=clock.now(), bad_rows=bad_rows)
    )
    if not change(done):
        raise WrongState
    kept = db.session.get_one(ListImport, import_id, populate_existing=True)
    data = {"new": kept.new_rows, "changed": kept.changed_rows, "bad": bad_rows}
    audit.record("list.imported", kept, data)
