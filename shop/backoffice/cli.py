"""`flask doctor`: everything that must hold, asked in order."""

import sqlite3
from collections.abc import Sequence

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import gettext

from shop.backoffice.advice import advice
from shop.core import checks as _core_checks  # noqa: F401  registers what the ground must hold
from shop.core.db import db, is_sqlite
from shop.core.errors import Words
from shop.core.invariants import Invariant, invariants
from shop.search.gateway import engine
from shop.search.port import SearchDown
from shop.web.templating import is_production

MOST_SHOWN = 10


@click.command("doctor")
@with_appcontext
def cli() -> None:
    """Check every invariant of the floor; exit 1 when one fails."""
    for words in _advice():
        click.echo(gettext("Advice: %(words)s", words=words))
    asked = invariants()
    failed = [found for found in asked if not _holds(found)]
    if failed:
        click.echo(
            gettext("%(failed)s of %(all)s checks failed.", failed=len(failed), all=len(asked))
        )
        raise SystemExit(1)
    click.echo(gettext("All invariants hold (%(number)s checks).", number=len(asked)))


def _holds(found: Invariant) -> bool:
    """Ask one invariant and print what is wrong with it."""
    try:
        faults = found.check()
    except Exception as error:  # noqa: BLE001  a check that cannot be made is a fault, not the end
        faults = [f"{type(error).__name__}: {error}"]
    finally:
        db.session.rollback()
    if faults:
        click.echo(_told(found, faults))
    return not faults


def _told(found: Invariant, faults: Sequence[str]) -> str:
    shown = [f"    {fault}" for fault in faults[:MOST_SHOWN]]
    if more := len(faults) - len(shown):
        shown.append("    " + gettext("… and %(number)s more", number=more))
    head = gettext("Does not hold (%(number)s): %(words)s", number=found.number, words=found.words)
    return "\n".join([head, *shown])


def _advice() -> list[Words]:
    try:
        indexed = len(engine().ids())
    except SearchDown:
        indexed = 0
    return advice(
        indexed=indexed,
        sqlite=sqlite3.sqlite_version_info if is_sqlite() else None,
        lacks_mail=is_production() and not current_app.config["MAIL_URL"],
    )
