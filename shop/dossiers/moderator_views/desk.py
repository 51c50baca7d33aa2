"""The desk for dossiers: the queue, the case, screening, notes, convening the council."""

from flask import Response, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.accounts.models import User
from shop.core.errors import NotFound
from shop.dossiers import operations
from shop.dossiers.models import NoteKind
from shop.dossiers.moderator_views.blueprint import bp
from shop.dossiers.moderator_views.forms import NoteForm, ReturnForm, ScreenForm
from shop.dossiers.moderator_views.page import council_form, decided, seat_form, show, the_case
from shop.dossiers.queries import dossiers as queries
from shop.dossiers.reasons import ReturnReason
from shop.dossiers.transitions import DossierStatus
from shop.web import slots
from shop.web.access import moderator
from shop.web.forms import ShopForm
from shop.web.paging import page_number
from shop.web.templating import render
from shop.web.views import send_private


@slots.fill("moderation.queues", order=25)
def waiting_dossiers(user: User) -> tuple[str, int, str]:
    """Tell the desk's first page how many dossiers are on their way."""
    count = queries.waiting_count(user)
    return gettext("Dossiers"), count, url_for("dossiers_moderator.queue")


@bp.get("")
@moderator
def queue() -> Response:
    """List the scope's dossiers on their way, or of one state, the oldest deadline first."""
    asked = request.args.get("tinh_trang", "")
    status = next((each for each in DossierStatus if each == asked), None)
    if asked and status is None:
        raise NotFound
    return render(
        "dossiers/moderation/queue.html",
        page=queries.cases(current_user, status, page_number()),
        current=status,
        statuses=list(DossierStatus),
    )


@bp.get("/<int:dossier_id>")
@moderator
def case(dossier_id: int) -> Response:
    """Show a dossier with the step that is due."""
    return show(the_case(dossier_id))


@bp.get("/<int:dossier_id>/minh-chung/<int:stored_id>/<int:page>")
@moderator
def evidence(dossier_id: int, stored_id: int, page: int) -> Response:
    """Show a page of a piece of evidence in full; page 0 is a picture."""
    stored = queries.evidence_files(the_case(dossier_id)).get(stored_id)
    if stored is None:
        raise NotFound
    return send_private(stored, page or None)


@bp.post("/<int:dossier_id>/chuyen")
@moderator
def forward(dossier_id: int) -> BaseResponse:
    """Write the screening down and send the dossier on."""
    form = ScreenForm()

    def decide() -> None:
        words = form.words.data or ""
        operations.forward(current_user, dossier_id, findings=form.findings(), words=words)

    return decided(dossier_id, form, decide, words=gettext("Sent on to the province's office."))


@bp.post("/<int:dossier_id>/tra-lai")
@moderator
def give_back(dossier_id: int) -> BaseResponse:
    """Return the dossier to the stall."""
    form = ReturnForm(prefix="return-")

    def decide() -> None:
        reason, words = ReturnReason(form.reason.data), form.words.data
        operations.give_back(current_user, dossier_id, reason=reason, words=words)

    return decided(dossier_id, form, decide, words=gettext("Returned. The stall has been told."))


@bp.post("/<int:dossier_id>/ghi-chu")
@moderator
def note(dossier_id: int) -> BaseResponse:
    """Write a note of the desk check or the visit."""
    form = NoteForm()

    def decide() -> None:
        kind, day, words = NoteKind(form.kind.data), form.day.data, form.words.data
        operations.add_note(current_user, dossier_id, kind=kind, day=day, words=words)

    return decided(dossier_id, form, decide, words=gettext("The note is kept."))


@bp.post("/<int:dossier_id>/hoi-dong")
@moderator
def convene(dossier_id: int) -> BaseResponse:
    """Seat the council."""
    form = council_form(the_case(dossier_id))

    def decide() -> None:
        operations.convene(current_user, dossier_id, form.members.data or [])

    words = gettext("The council is convened; its members have been told.")
    return decided(dossier_id, form, decide, words=words)


@bp.post("/<int:dossier_id>/hoi-dong/ghe")
@moderator
def reseat(dossier_id: int) -> BaseResponse:
    """Give a seat of the council to another, or take it away."""
    form = seat_form(the_case(dossier_id))

    def decide() -> None:
        heir = form.successor_id.data or None
        operations.reseat(current_user, dossier_id, form.user_id.data, successor_id=heir)

    return decided(dossier_id, form, decide, words=gettext("The council is changed."))


@bp.post("/<int:dossier_id>/chot-diem")
@moderator
def close(dossier_id: int) -> BaseResponse:
    """Close the council with the sheets that are there."""
    return decided(
        dossier_id,
        ShopForm(),
        lambda: operations.close_council(current_user, dossier_id),
        words=gettext("The council is closed."),
    )
