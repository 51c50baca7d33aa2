"""The score sheets for everybody to read: what a star asks, criterion by criterion."""

from collections.abc import Sequence

from flask import Blueprint, Response, request

from shop.core.errors import NotFound
from shop.criteria import queries
from shop.criteria.models import CriteriaVersion
from shop.criteria.validation import read_fault
from shop.criteria.words import fault_text
from shop.web.access import public
from shop.web.templating import render

bp = Blueprint("criteria", __name__)


@bp.get("/bo-tieu-chi")
@public
def sheets() -> Response:
    """List the sheets of a version, what in them does not add up, and the other versions."""
    known = queries.versions()
    version = _asked(known)
    return render(
        "criteria/sheets.html",
        version=version,
        asked=_named(version, known),
        others=[each for each in known if each is not version],
        sheets=queries.sheet_names(version.id),
        faults=[fault_text(read_fault(row)) for row in version.faults],
    )


@bp.get("/bo-tieu-chi/<int(max=999):set_number>")
@public
def sheet(set_number: int) -> Response:
    """Show the whole sheet of one product set, with the floors marked."""
    known = queries.versions()
    version = _asked(known)
    found = queries.sheet_of(version.id, set_number)
    faults = [read_fault(row) for row in version.faults if row["product_set"] == set_number]
    return render(
        "criteria/sheet.html",
        version=version,
        asked=_named(version, known),
        sheet=found,
        faults=[fault_text(fault) for fault in faults],
    )


def _asked(known: Sequence[CriteriaVersion]) -> CriteriaVersion:
    """Return the version whose code `ban` asks for, without it the one that holds today."""
    code = request.args.get("ban")
    if code is None:
        return queries.newest_begun(known)
    for version in known:
        if version.code == code:
            return version
    raise NotFound


def _named(version: CriteriaVersion, known: Sequence[CriteriaVersion]) -> str | None:
    """Return the code that links have to carry, None for the version that holds today."""
    return None if version is queries.newest_begun(known) else version.code
