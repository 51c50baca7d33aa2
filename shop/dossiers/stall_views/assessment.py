"""The self-assessment: begun for a product, filled in criterion by criterion, always saved."""

from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from shop.certification.scores import score_text
from shop.core.errors import InvalidInput, NotFound
from shop.criteria import queries as criteria
from shop.criteria.scoring import stars_text
from shop.criteria.sheet import Criterion, points_text
from shop.dossiers import operations
from shop.dossiers.attachments import papers_for, without_paper
from shop.dossiers.forms import AnswerForm, StartForm
from shop.dossiers.models import Assessment
from shop.dossiers.operations.assessments import MOST_FILES
from shop.dossiers.queries import assessments as queries
from shop.dossiers.queries import dossiers
from shop.dossiers.stall_views.blueprint import bp
from shop.dossiers.standing import Standing, standing
from shop.stalls.access import stall_role
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission
from shop.web.templating import render
from shop.web.views import send_private

WORDS: dict[str, Any] = {
    "score_text": score_text,
    "stars_text": stars_text,
    "points_text": points_text,
}


@bp.get("/tu-danh-gia")
@stall_role(Permission.MANAGE_CERTIFICATES)
def assessments(membership: StallMember) -> Response:
    """List the stall's self-assessments, with a form that begins one."""
    form = StartForm(None, product_id=request.args.get("san_pham", type=int))
    return _list(membership, form)


@bp.post("/tu-danh-gia")
@stall_role(Permission.MANAGE_CERTIFICATES)
def start_assessment(membership: StallMember) -> BaseResponse:
    """Begin the sheet of a product, or go on with the one that is begun."""
    form = StartForm()
    _offer(membership, form)
    if not form.validate():
        return _list(membership, form, status=422)
    chosen = form.product_set.data or None
    made = operations.start_assessment(membership, form.product_id.data, chosen)
    return redirect(_to("assessment", membership, assessment_id=made.id), 303)


@bp.get("/tu-danh-gia/<int:assessment_id>")
@stall_role(Permission.MANAGE_CERTIFICATES)
def assessment(membership: StallMember, assessment_id: int) -> Response:
    """Show the whole sheet: what is answered, the points, the star, what holds the next one."""
    found = queries.assessment_of(membership.stall_id, assessment_id)
    now, kept = _standing(found), queries.evidence_by_code(found.id)
    last = dossiers.last_on(found.id)
    return render(
        "dossiers/stall/assessment.html",
        stall=membership.stall,
        assessment=found,
        standing=now,
        evidence=kept,
        unproven=[each.code for each in without_paper(now.sheet, now.answers, kept)],
        last=last,
        may_discard=not (found.frozen_at or last),
        **WORDS,
    )


@bp.post("/tu-danh-gia/<int:assessment_id>/bo")
@stall_role(Permission.MANAGE_CERTIFICATES)
def discard_assessment(membership: StallMember, assessment_id: int) -> BaseResponse:
    """Throw a self-assessment away."""
    operations.discard_assessment(membership, assessment_id)
    flash(gettext("The self-assessment is thrown away."), "ok")
    return redirect(_to("assessments", membership), 303)


@bp.get("/tu-danh-gia/<int:assessment_id>/<int:number>")
@stall_role(Permission.MANAGE_CERTIFICATES)
def criterion(membership: StallMember, assessment_id: int, number: int) -> Response:
    """Ask one criterion."""
    found = queries.assessment_of(membership.stall_id, assessment_id)
    return _criterion(membership, found, number)


@bp.post("/tu-danh-gia/<int:assessment_id>/<int:number>")
@stall_role(Permission.MANAGE_CERTIFICATES)
def save_criterion(membership: StallMember, assessment_id: int, number: int) -> BaseResponse:
    """Save one criterion and go on to the next, or to the overview after the last."""
    found = queries.assessment_of(membership.stall_id, assessment_id)
    now, form = _standing(found), AnswerForm()
    asked = _asked(now, number)
    form.ask(asked)
    if form.validate():
        try:
            operations.save_answer(membership, assessment_id, asked.code, said=form.said())
        except InvalidInput as error:
            form.put_error(error, "files")
        else:
            return redirect(_after(membership, assessment_id, now, number=number), 303)
    found = queries.assessment_of(membership.stall_id, assessment_id)
    return _criterion(membership, found, number, form=form)


@bp.post("/tu-danh-gia/<int:assessment_id>/tep/<int:evidence_id>/bo")
@stall_role(Permission.MANAGE_CERTIFICATES)
def remove_evidence(membership: StallMember, assessment_id: int, evidence_id: int) -> BaseResponse:
    """Take one file away."""
    code = operations.remove_evidence(membership, assessment_id, evidence_id)
    now = _standing(queries.assessment_of(membership.stall_id, assessment_id))
    flash(gettext("The file is removed."), "ok")
    values = {"assessment_id": assessment_id, "number": now.number_of(code)}
    return redirect(_to("criterion", membership, **values), 303)


@bp.get("/tu-danh-gia/<int:assessment_id>/tep/<int:evidence_id>/<int:page>")
@stall_role(Permission.MANAGE_CERTIFICATES)
def evidence(
    membership: StallMember, assessment_id: int, evidence_id: int, *, page: int
) -> Response:
    """Show a page of a file; page 0 is a picture."""
    found = queries.evidence_of(membership.stall_id, assessment_id, evidence_id)
    return send_private(found.file, page or None)


def _standing(found: Assessment) -> Standing:
    sheet = criteria.sheet_of(found.version_id, found.product_set)
    return standing(sheet, queries.answers_of(found.id))


def _asked(now: Standing, number: int) -> Criterion:
    asked = now.criterion(number)
    if asked is None:
        raise NotFound
    return asked


def _to(endpoint: str, membership: StallMember, **values: Any) -> str:
    return url_for(f"dossiers_stall.{endpoint}", stall_slug=membership.stall.slug, **values)


def _after(membership: StallMember, assessment_id: int, now: Standing, *, number: int) -> str:
    if now.criterion(number + 1) is None:
        return _to("assessment", membership, assessment_id=assessment_id)
    return _to("criterion", membership, assessment_id=assessment_id, number=number + 1)


def _offer(membership: StallMember, form: StartForm) -> None:
    version = criteria.current_version()
    form.offer(queries.products_of(membership.stall_id), criteria.sheet_names(version.id))


def _list(membership: StallMember, form: StartForm, *, status: int = 200) -> Response:
    _offer(membership, form)
    return render(
        "dossiers/stall/assessments.html",
        status=status,
        stall=membership.stall,
        form=form,
        assessments=queries.assessments_of(membership.stall_id),
    )


def _criterion(
    membership: StallMember, found: Assessment, number: int, *, form: AnswerForm | None = None
) -> Response:
    now = _standing(found)
    asked = _asked(now, number)
    kept = queries.answer_rows(found.id).get(asked.code)
    shown = form or AnswerForm(None, obj=kept)
    shown.ask(asked)
    return render(
        "dossiers/stall/criterion.html",
        status=200 if form is None else 422,
        stall=membership.stall,
        assessment=found,
        standing=now,
        asked=asked,
        number=number,
        form=shown,
        evidence=queries.evidence_by_code(found.id).get(asked.code, []),
        papers=papers_for(asked),
        on_file=queries.papers_on_file(found.stall_id),
        most_files=MOST_FILES,
        **WORDS,
    )
