"""`flask criteria`: versions of the score sheets, from the command line."""

from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext

from shop.core.errors import ShopError
from shop.criteria.operations import Naming, import_version, read_file
from shop.criteria.validation import validate
from shop.criteria.words import fault_text

cli = AppGroup("criteria", help="The score sheets of the programme, by version.")


@cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--code", required=True, help="A short name that no other version has, as 2026.")
@click.option("--title", required=True)
@click.option("--legal-reference", required=True, help="The decision, as it is cited.")
@click.option("--valid-from", required=True, type=click.DateTime(["%Y-%m-%d"]))
def import_file(file: Path, valid_from: datetime, **named: str) -> None:
    """Put the sheets of a JSON file beside the others; doing it twice changes nothing."""
    naming = Naming(**named, valid_from=valid_from.date())
    try:
        data = read_file(file)
        faults = validate(data)
        is_new = import_version(naming, data)
    except ShopError as error:
        print(f"{file.name}: {error.message}")
        raise SystemExit(1) from error
    for fault in faults:
        print(fault_text(fault))
    print(gettext("What does not add up: %(count)s", count=len(faults)))
    print(gettext("The version is in.") if is_new else gettext("It was there; nothing changed."))
