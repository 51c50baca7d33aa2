"""Whether the parts of the floor are there, asked so cheaply that a probe may ask each second."""

import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import structlog
from alembic.script import ScriptDirectory
from sqlalchemy import text

import config
from shop.core import files, outbox
from shop.core.db import db
from shop.search.gateway import engine

MOST_LAG_SECONDS = 120
LEAST_FREE_BYTES = 64 * 1024 * 1024

log = structlog.get_logger()


class Part(NamedTuple):
    """A part of the floor, whether it is well, and a word about it."""

    name: str
    is_well: bool
    note: str


def parts() -> list[Part]:
    """Return every part; a part that cannot even be asked is not well."""
    asked: dict[str, Callable[[], str]] = {
        "database": _database,
        "migrations": _migrations,
        "index": _index,
        "worker": _worker,
        "uploads": _uploads,
    }
    return [_part(name, ask) for name, ask in asked.items()]


def _part(name: str, ask: Callable[[], str]) -> Part:
    try:
        note = ask()
    except Exception as error:  # noqa: BLE001  whatever it is, the part is down
        log.warning("readyz.down", part=name, error=f"{type(error).__name__}: {error}"[:300])
        db.session.rollback()
        return Part(name, is_well=False, note="down")
    return Part(name, is_well=not note, note=note or "ok")


def _database() -> str:
    db.session.scalar(text("SELECT 1"))
    return ""


def _migrations() -> str:
    present = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    return "" if present == _head() else "behind"


@cache
def _head() -> str | None:
    return ScriptDirectory(str(Path(config.ROOT) / "migrations")).get_current_head()


def _index() -> str:
    engine().search("a", 1)
    return ""


def _worker() -> str:
    lag = outbox.lag_seconds()
    return "" if lag < MOST_LAG_SECONDS else f"{round(lag)} s"


def _uploads() -> str:
    folder = files.uploads_dir()
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK | os.X_OK):
        return "read-only"
    return "" if shutil.disk_usage(folder).free > LEAST_FREE_BYTES else "full"
