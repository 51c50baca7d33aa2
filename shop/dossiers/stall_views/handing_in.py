"""Handing a dossier in: what it is worth, what it lacks, what it asks for."""

from flask import Response, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from shop.certification.queries import history
from shop.certification.scores import score_text
from shop.core import clock
from shop.core.errors import InvalidInput
from shop.criteria import queries as criteria
from shop.criteria.scoring import stars_text
from shop.criteria.sheet import points_text
from shop.dossiers import operations
from shop.dossiers.forms import HandInForm
from shop.dossiers.kinds import fitting
from shop.dossiers.lacking import Lacking, lacking
from shop.dossiers.models import Assessment, DossierKind
from shop.dossiers.queries import assessments
from shop.dossiers.queries import dossiers as queries
from shop.dossiers.stall_views.blueprint import bp
from shop.dossiers.standing import Standing, standing
from shop.stalls.access import stall_role
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission
from shop.web.templating import render


@bp.get("/tu-danh-gia/<int:assessment_id>/nop-ho-so")
@stall_role(Permission.MANAGE_CERTIFICATES)
def handing_in(membership: StallMember, assessment_id: int) -> Response:
    """Show what would be handed in and what lacks, and ask what the dossier is for."""
    assessment = assessments.assessment_of(membership.stall_id, assessment_id)
    return _show(membership, assessment, _form(assessment, HandInForm(None)))


@bp.post("/tu-danh-gia/<int:assessment_id>/nop-ho-so")
@stall_role(Permission.MANAGE_CERTIFICATES)
def hand_in(membership: StallMember, assessment_id: int) -> BaseResponse:
    """Hand the dossier in at the commune."""
    assessment = assessments.assessment_of(membership.stall_id, assessment_id)
    form = _form(assessment, HandInForm())
    if form.validate():
        try:
            made = operations.hand_in(membership, assessment_id, DossierKind(form.kind.data))
        except InvalidInput as error:
            form.put_error(error, "kind")
        else:
            flash(gettext("Handed in at the commune. You will be told of each step."), "ok")
            slug = membership.stall.slug
            return redirect(url_for(".dossier", stall_slug=slug, dossier_id=made.id), 303)
    return _show(membership, assessment, form, status=422)


def _form(assessment: Assessment, form: HandInForm) -> HandInForm:
    """Offer what fits the product, and ask once more where something lacks."""
    form.offer(fitting(history(assessment.product_id), clock.today()))
    if assessment.frozen_at or not _lacking(assessment, _standing(assessment)):
        del form.sure
    return form


def _standing(assessment: Assessment) -> Standing:
    sheet = criteria.sheet_of(assessment.version_id, assessment.product_set)
    return standing(sheet, assessments.answers_of(assessment.id))


def _lacking(assessment: Assessment, now: Standing) -> Lacking:
    kept = assessments.evidence_by_code(assessment.id)
    own = assessment.product.product_set
    return lacking(now, kept, own_set=own, judged=assessment.product_set)


def _show(
    membership: StallMember, assessment: Assessment, form: HandInForm, *, status: int = 200
) -> Response:
    now = _standing(assessment)
    return render(
        "dossiers/stall/hand_in.html",
        status=status,
        stall=membership.stall,
        assessment=assessment,
        standing=now,
        lacking=_lacking(assessment, now),
        on_its_way=queries.open_dossier(assessment.product_id),
        last=queries.last_dossier(assessment.product_id),
        form=form,
        score_text=score_text,
        stars_text=stars_text,
        points_text=points_text,
    )
