"""The desk for reported codes: the queue of the own area, a report, what came of it."""

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.accounts.models import User
from shop.certification.forms import HandleReportForm
from shop.certification.models import CodeReport
from shop.certification.moderator_views.desk import bp
from shop.certification.operations.reporting import handle_report
from shop.certification.queries.certificates import certificate_by_code
from shop.certification.queries.reports import code_reports, open_reports, report_case
from shop.core.errors import NotFound
from shop.web import slots
from shop.web.access import moderator
from shop.web.paging import page_number
from shop.web.templating import render
from shop.web.views import send_private


@slots.fill("moderation.queues", order=25)
def reported_codes(user: User) -> tuple[str, int, str]:
    """Tell the desk's first page how many reported codes wait."""
    return gettext("Reported codes"), open_reports(user), url_for("certification_moderator.reports")


@bp.get("/bao-ma")
@moderator
def reports() -> Response:
    """List the reports of the own area, what waits oldest first."""
    is_open = request.args.get("xong") is None
    page = code_reports(current_user, is_open=is_open, page=page_number())
    return render("certification/reports.html", page=page, is_open=is_open)


@bp.get("/bao-ma/<int:report_id>")
@moderator
def report(report_id: int) -> Response:
    """Show a report, and the certificate of its code where there is one."""
    return _page(_report(report_id), HandleReportForm(None))


@bp.get("/bao-ma/<int:report_id>/anh")
@moderator
def report_photo(report_id: int) -> Response:
    """Show the photo of a report."""
    shown = _report(report_id).photo
    if shown is None:
        raise NotFound
    return send_private(shown)


@bp.post("/bao-ma/<int:report_id>")
@moderator
def close_report(report_id: int) -> BaseResponse:
    """Close a report with a note."""
    found, form = _report(report_id), HandleReportForm()
    if not form.validate():
        return _page(found, form, status=422)
    handle_report(current_user, report_id, note=form.note.data)
    flash(gettext("Closed. Your note is kept with the report."), "ok")
    return redirect(url_for("certification_moderator.reports"), 303)


def _report(report_id: int) -> CodeReport:
    found = report_case(current_user, report_id)
    if found is None:
        raise NotFound
    return found


def _page(found: CodeReport, form: HandleReportForm, *, status: int = 200) -> Response:
    record = certificate_by_code(found.product_code)
    return render(
        "certification/report_case.html",
        status=status,
        report=found,
        form=form,
        certificate=record.certificate if record else None,
    )
