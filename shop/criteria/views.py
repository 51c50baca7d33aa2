"""The score sheets for everybody to read: what a star asks, criterion by criterion."""

from flask import Blueprint, Response

from shop.criteria import queries
from shop.criteria.validation import read_fault
from shop.criteria.words import fault_text
from shop.web.access import public
from shop.web.templating import render

bp = Blueprint("criteria", __name__)


@bp.get("/bo-tieu-chi")
@public
def sheets() -> Response:
    """List the sheets of the version that holds today, and what in them does not add up."""
    version = queries.current_version()
    return render(
        "criteria/sheets.html",
        version=version,
        sheets=queries.sheet_names(version.id),
        faults=[fault_text(read_fault(row)) for row in version.faults],
    )


@bp.get("/bo-tieu-chi/<int:set_number>")
@public
def sheet(set_number: int) -> Response:
    """Show the whole sheet of one product set, with the floors marked."""
    version = queries.current_version()
    found = queries.sheet_of(version.id, set_number)
    faults = [read_fault(row) for row in version.faults if row["product_set"] == set_number]
    return render(
        "criteria/sheet.html",
        version=version,
        sheet=found,
        faults=[fault_text(fault) for fault in faults],
    )
