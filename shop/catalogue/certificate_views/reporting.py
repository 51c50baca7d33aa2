"""The form with which anybody reports a code seen on goods."""

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from shop.certification import product_code
from shop.certification.forms import CodeReportForm
from shop.certification.operations.reporting import report_code
from shop.certification.queries import certificate_by_code
from shop.core.errors import InvalidInput, NotFound
from shop.web.access import public
from shop.web.templating import render


def register(bp: Blueprint) -> None:
    """Hang these pages into the room's blueprint."""
    bp.get("/chung-nhan/<code>/bao")(code_report)
    bp.post("/chung-nhan/<code>/bao")(send_code_report)


@public
def code_report(code: str) -> Response:
    """Show the form; it works for visitors without an account."""
    return _page(code, CodeReportForm(None))


@public
def send_code_report(code: str) -> BaseResponse:
    """Lay the code before the moderators of its place."""
    written, form = _written(code), CodeReportForm()
    if form.validate():
        try:
            report_code(written, form.sighting(), request.remote_addr or "")
        except InvalidInput as error:
            form.put_error(error, "words")
        else:
            flash(gettext("Thank you. A moderator of the place will look into it."), "ok")
            return redirect(url_for("catalogue.certificate", code=written), 303)
    return _page(written, form, status=422)


def _page(code: str, form: CodeReportForm, *, status: int = 200) -> Response:
    written = _written(code)
    response = render(
        "catalogue/code_report.html",
        status=status,
        code=written,
        form=form,
        record=certificate_by_code(written),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _written(code: str) -> str:
    """Return the code as it is written; raise NotFound for a text without a letter or digit."""
    written = product_code.canonical(code)
    if not any(sign.isalnum() for sign in written):
        raise NotFound
    return written
