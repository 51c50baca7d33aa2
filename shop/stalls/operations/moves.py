"""Moving a stall along its table of statuses: one conditional UPDATE, one audit row."""

from typing import Any

from sqlalchemy import update

from shop.core import audit, outbox
from shop.core.db import change, db
from shop.core.errors import WrongState
from shop.stalls.models import Stall
from shop.stalls.transitions import STEPS, Move


def move(stall: Stall, what: Move, *, seen_version: int | None = None, **values: Any) -> None:
    """Make a move and write it down, or raise WrongState when somebody else was faster.

    `seen_version` is the version of the page on which the decision rests: what was changed
    since is not decided on unseen.
    """
    step = STEPS[what]
    wanted = update(Stall).where(Stall.id == stall.id, Stall.status.in_(step.sources))
    if seen_version is not None:
        wanted = wanted.where(Stall.version == seen_version)
    moved = wanted.values(status=step.target, version=Stall.version + 1, **values)
    if not change(moved):
        raise WrongState
    db.session.expire(stall)
    kept = {name: values[name] for name in ("reason_code", "status_reason") if values.get(name)}
    audit.record(what, stall, {"status": step.target.value, **kept}, public=True)
    outbox.send("search.stall_changed", {"stall_id": stall.id})
