"""Applying for a stall: one page, kept as a draft at every button."""

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.core import audit, files
from shop.core.errors import InvalidInput, NotFound
from shop.places import queries as places
from shop.stalls import operations, queries, tax_codes
from shop.stalls.forms import ApplicationSheet, NewPaperForm, typed_fields
from shop.stalls.forms.application import NEW_PAPER
from shop.stalls.models import Stall, StallStatus
from shop.stalls.reasons import label_of
from shop.stalls.timeline import events
from shop.stalls.views.cards import place_text
from shop.stalls.views.public import bp
from shop.web.access import signed_in
from shop.web.templating import render
from shop.web.views import send_private


@bp.get("/mo-gian-hang")
@signed_in
def apply() -> Response:
    """Show the person's application: to fill in, or, once sent, where it stands."""
    stall = queries.open_application(current_user.id)
    if stall is not None and stall.status is StallStatus.SUBMITTED:
        return _sent_page(stall)
    return _page(stall, _sheet(stall))


@bp.post("/mo-gian-hang")
@signed_in
def send_application() -> BaseResponse:
    """Keep everything, then hand it to the moderators if it is complete."""
    if refusal := _keep():
        return _refused(refusal)
    stall = queries.open_application(current_user.id)
    sheet = _sheet(stall)
    if not sheet.is_valid():
        return _page(stall, sheet, status=422)
    try:
        operations.submit_application(current_user.id, sheet.form.application(), sheet.details())
    except InvalidInput as error:
        return _refused(error)
    flash(gettext("Sent. A moderator of your place reads it now."), "ok")
    return redirect(url_for("stalls.apply"), 303)


@bp.post("/mo-gian-hang/luu")
@signed_in
def save_application() -> BaseResponse:
    """Keep everything as it is, finished or not."""
    return _kept_page(gettext("Saved. You can go on whenever you like."))


@bp.post("/mo-gian-hang/giay-to")
@signed_in
def add_paper() -> BaseResponse:
    """Keep everything with one more paper."""
    if not request.files.get(f"{NEW_PAPER}-file"):
        missing = InvalidInput(gettext("Choose the scan or photograph first."), field="file")
        _keep()
        return _refused(missing)
    return _kept_page(gettext("The paper is kept. Add another one if you need to."))


@bp.post("/mo-gian-hang/giay-to/<int:document_id>/bo")
@signed_in
def remove_paper(document_id: int) -> BaseResponse:
    """Keep everything but one paper."""
    operations.remove_paper(current_user.id, document_id)
    return _kept_page(gettext("The paper is removed."))


@bp.get("/mo-gian-hang/giay-to/<int:document_id>/<int:page>")
@signed_in
def own_paper(document_id: int, page: int) -> Response:
    """Show a page of a paper to a manager of its stall."""
    document = queries.own_document(current_user.id, document_id)
    if document is None:
        raise NotFound
    return send_private(document.file, None if document.file.is_picture else page)


def _keep() -> InvalidInput | None:
    """Keep what was typed and, if it can be read, what was handed in; return the refusal if not."""
    typed = typed_fields(request.form)
    upload = NewPaperForm(prefix=NEW_PAPER).file.data
    try:
        scan = None
        if upload:
            scan = files.read_document(files.read_limited(upload.stream), upload.filename)
        operations.keep_application(current_user.id, typed, scan)
    except InvalidInput as error:
        operations.keep_application(current_user.id, typed)
        return InvalidInput(error.message, field="file")
    return None


def _kept_page(words: str) -> BaseResponse:
    if refusal := _keep():
        return _refused(refusal)
    flash(words, "ok")
    return redirect(url_for("stalls.apply", _anchor="giay-to"), 303)


def _refused(refusal: InvalidInput) -> Response:
    """Show the application as it was kept, with the refusal beside its field."""
    stall = queries.open_application(current_user.id)
    sheet = _sheet(stall)
    sheet.put_error(refusal)
    return _page(stall, sheet, status=422)


def _sheet(stall: Stall | None) -> ApplicationSheet:
    documents = queries.documents(stall.id) if stall is not None else []
    return ApplicationSheet(stall, documents, places.list_provinces())


def _page(stall: Stall | None, sheet: ApplicationSheet, status: int = 200) -> Response:
    return render(
        "stalls/apply.html",
        status=status,
        sheet=sheet,
        stall=stall,
        reason=label_of(stall.reason_code) if stall else "",
    )


def _sent_page(stall: Stall) -> Response:
    return render(
        "stalls/application_sent.html",
        stall=stall,
        place=place_text(stall),
        code=tax_codes.shown(stall.tax_code),
        documents=queries.documents(stall.id),
        events=events(audit.history(stall, public_only=True)),
    )
