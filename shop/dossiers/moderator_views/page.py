"""The page of one dossier, as every step of the desk shows it."""

from collections.abc import Callable
from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.certification.scores import score_text
from shop.core import clock
from shop.core.errors import InvalidInput, NotFound
from shop.criteria.scoring import score
from shop.dossiers.deadlines import TERMS
from shop.dossiers.models import Dossier
from shop.dossiers.moderator_views import forms
from shop.dossiers.operations.councils import sheet_of
from shop.dossiers.operations.steps import is_own
from shop.dossiers.outcome import may_go_up, most_stars, must_go_up
from shop.dossiers.queries import dossiers as queries
from shop.dossiers.transitions import DossierStatus
from shop.web.forms import ShopForm
from shop.web.templating import render


def the_case(dossier_id: int) -> Dossier:
    """Return a dossier of the moderator's scope; raise NotFound for any other."""
    dossier = queries.case(current_user, dossier_id)
    if dossier is None:
        raise NotFound
    return dossier


def decided(
    dossier_id: int, form: ShopForm, decide: Callable[[], str | None], *, words: str = ""
) -> BaseResponse:
    """Carry a step out and show the dossier anew, or show it with what is wrong.

    What the step itself has to say goes before `words`.
    """
    if form.validate():
        try:
            said = decide() or words
        except InvalidInput as error:
            form.put_error(error, next(iter(form._fields)))
        else:
            flash(said, "ok")
            return redirect(url_for("dossiers_moderator.case", dossier_id=dossier_id), 303)
    return show(the_case(dossier_id), form, status=422)


def show(dossier: Dossier, filled: ShopForm | None = None, status: int = 200) -> Response:
    """Show a dossier: answers and evidence, notes, the council, the step that is due."""
    sheet = sheet_of(dossier)
    seat = queries.seat_of(current_user.id, dossier.id)
    return render(
        "dossiers/moderation/case.html",
        status=status,
        dossier=dossier,
        sheet=sheet,
        claimed=score(sheet, dossier.answers),
        files=queries.evidence_files(dossier),
        own_set=queries.set_of(dossier.product_id),
        notes=queries.notes(dossier.id),
        seats=queries.seats(dossier.id),
        own_seat=seat,
        events=queries.events(dossier, public_only=False),
        forms=_forms(dossier, filled),
        is_own=is_own(current_user, dossier),
        is_office=queries.is_office(current_user, dossier.province_code),
        outcome=_outcome(dossier),
        term=TERMS.get(dossier.status),
        score_text=score_text,
    )


def _outcome(dossier: Dossier) -> dict[str, Any]:
    """Return what the scores allow to be decided."""
    if dossier.average_hundredths is None or dossier.council_stars is None:
        return {}
    came_back = dossier.ministry_hundredths is not None
    return {
        "may_go_up": may_go_up(dossier.average_hundredths, has_come_back=came_back),
        "must_go_up": must_go_up(dossier.council_stars, has_come_back=came_back),
        "most_stars": most_stars(dossier.council_stars, dossier.ministry_hundredths),
    }


def _forms(dossier: Dossier, filled: ShopForm | None) -> dict[str, ShopForm]:
    """Return the forms of the step that is due; the one that was sent keeps what was typed."""
    found: dict[str, ShopForm] = {}
    for name, make in _BY_STATUS.get(dossier.status, {}).items():
        form = make(dossier)
        found[name] = filled if filled is not None and type(filled) is type(form) else form
    return found


def council_form(dossier: Dossier) -> forms.CouncilForm:
    """Return the form that chooses the council, with what was sent."""
    form = forms.CouncilForm() if request.method == "POST" else forms.CouncilForm(None)
    return form.offer(queries.candidates(dossier))


def seat_form(dossier: Dossier) -> forms.SeatForm:
    """Return the form that changes a seat, with what was sent."""
    is_sent = request.endpoint == "dossiers_moderator.reseat"
    form = forms.SeatForm(prefix="seat-") if is_sent else forms.SeatForm(None, prefix="seat-")
    waiting = [each.user for each in queries.seats(dossier.id) if each.handed_in_at is None]
    return form.offer(waiting, queries.successors(dossier))


def _decision(dossier: Dossier) -> ShopForm:
    code = f"{dossier.province_code}-{dossier.commune_code}-"
    stars = str(_outcome(dossier).get("most_stars") or 3)
    return forms.DecisionForm(
        None, data={"stars": stars, "product_code": code, **forms.suggested_days()}
    )


def _five(dossier: Dossier) -> ShopForm:
    code = f"{dossier.province_code}-{dossier.commune_code}-"
    return forms.FiveStarsForm(
        None, data={"stars": "5", "product_code": code, **forms.suggested_days()}
    )


Maker = Callable[[Dossier], ShopForm]
_BY_STATUS: dict[DossierStatus, dict[str, Maker]] = {
    DossierStatus.COMMUNE: {
        "screen": lambda _dossier: forms.ScreenForm(None),
        "give_back": lambda _dossier: forms.ReturnForm(None, prefix="return-"),
    },
    DossierStatus.PROVINCE: {
        "note": lambda _dossier: forms.NoteForm(None, data={"day": clock.today()}),
        "council": council_form,
        "give_back": lambda _dossier: forms.ReturnForm(None, prefix="return-"),
    },
    DossierStatus.COUNCIL: {"seat": seat_form},
    DossierStatus.DECISION: {
        "decision": _decision,
        "refuse": lambda _dossier: forms.RefuseForm(None),
    },
    DossierStatus.MINISTRY: {
        "five": _five,
        "send_down": lambda _dossier: forms.SendDownForm(None, prefix="down-"),
    },
}
