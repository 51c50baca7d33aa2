"""`flask registry`: published recognition lists, from the command line."""

from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext, ngettext

from shop.certification.lists.bounds import MOST_BYTES
from shop.certification.lists.layout import read_sheet
from shop.certification.lists.rows import Fault, Judged, judge
from shop.certification.operations import ImportCounts, import_list
from shop.core.errors import InvalidInput

MOST_SHOWN = 100

cli = AppGroup("registry", help="The public registry of recognised products.")


@cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--good-rows-only", is_flag=True, help="Take the good rows even when others are bad.")
def import_file(file: Path, good_rows_only: bool) -> None:  # noqa: FBT001  click passes flags so
    """Read a recognition list (CSV or Excel) into the registry; doing it twice changes nothing."""
    judged = _judge(file)
    for fault in judged.faults[:MOST_SHOWN]:
        print(_line(fault))
    if len(judged.faults) > MOST_SHOWN:
        print(gettext("… and %(count)s more.", count=len(judged.faults) - MOST_SHOWN))
    if judged.faults and not good_rows_only:
        print(_refusal(judged))
        raise SystemExit(1)
    _report(import_list(judged.rows), judged)


def _judge(file: Path) -> Judged:
    try:
        with file.open("rb") as source:
            return judge(read_sheet(source.read(MOST_BYTES + 1)))
    except InvalidInput as error:
        print(f"{file.name}: {error.message}")
        raise SystemExit(1) from error


def _line(fault: Fault) -> str:
    return str(
        gettext(
            "Line %(line)s, column “%(column)s”: %(reason)s.",
            line=fault.line,
            column=fault.heading,
            reason=fault.reason,
        )
    )


def _refusal(judged: Judged) -> str:
    return str(
        ngettext(
            "Nothing was imported: %(num)s row is bad. Mend it, or take the good rows "
            "with --good-rows-only.",
            "Nothing was imported: %(num)s rows are bad. Mend them, or take the good rows "
            "with --good-rows-only.",
            judged.bad_rows,
        )
    )


def _report(counts: ImportCounts, judged: Judged) -> None:
    print(
        gettext(
            "New: %(new)s · unchanged: %(same)s · changed: %(changed)s · bad: %(bad)s",
            new=counts.new,
            same=counts.unchanged,
            changed=counts.changed,
            bad=judged.bad_rows,
        )
    )
    if not counts.new:
        return
    print(
        gettext(
            "Places of the new rows: %(resolved)s known today, %(flagged)s kept as written and "
            "flagged",
            resolved=counts.resolved,
            flagged=counts.flagged,
        )
    )
