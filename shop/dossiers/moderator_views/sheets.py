"""A council member's own sheet; nobody else is ever shown it before the council is closed."""

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.core.errors import InvalidInput, NotFound
from shop.dossiers import operations
from shop.dossiers.models import CouncilSeat, Dossier
from shop.dossiers.moderator_views.blueprint import bp
from shop.dossiers.moderator_views.forms import SheetForm, field_name, sheet_form
from shop.dossiers.moderator_views.page import the_case
from shop.dossiers.operations.councils import sheet_of
from shop.dossiers.queries import dossiers as queries
from shop.web.access import moderator
from shop.web.templating import render


@bp.get("/<int:dossier_id>/phieu")
@moderator
def sheet(dossier_id: int) -> Response:
    """Show the own sheet, to fill in or as it was handed in."""
    dossier, seat = _seat(dossier_id)
    return _show(dossier, seat, sheet_form(sheet_of(dossier), seat.answers, posted=False))


@bp.post("/<int:dossier_id>/phieu")
@moderator
def fill_in(dossier_id: int) -> BaseResponse:
    """Keep the own sheet so far, or hand it in for good."""
    dossier, seat = _seat(dossier_id)
    form = sheet_form(sheet_of(dossier), {}, posted=True)
    if not form.validate():
        return _show(dossier, seat, form, status=422)
    if "nop" not in request.form:
        operations.save_sheet(current_user, dossier_id, form.answers())
        flash(gettext("Kept. Only you see it."), "ok")
        return redirect(url_for(".sheet", dossier_id=dossier_id), 303)
    try:
        operations.hand_in_sheet(current_user, dossier_id, form.answers())
    except InvalidInput as error:
        there = InvalidInput(error.message, field_name(error.field or ""))
        form.put_error(there, next(iter(form.codes)))
        return _show(*_seat(dossier_id), form, status=422)
    flash(gettext("Handed in. It can no longer change."), "ok")
    return redirect(url_for(".case", dossier_id=dossier_id), 303)


def _seat(dossier_id: int) -> tuple[Dossier, CouncilSeat]:
    dossier, seat = the_case(dossier_id), queries.seat_of(current_user.id, dossier_id)
    if seat is None:
        raise NotFound
    return dossier, seat


def _show(dossier: Dossier, seat: CouncilSeat, form: SheetForm, *, status: int = 200) -> Response:
    return render(
        "dossiers/moderation/sheet.html",
        status=status,
        dossier=dossier,
        seat=seat,
        form=form,
        sheet=sheet_of(dossier),
    )
