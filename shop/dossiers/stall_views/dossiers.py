"""The stall's dossiers: handing one in, where it lies, taking it back."""

from flask import Response, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from shop.certification.scores import score_text
from shop.core.errors import InvalidInput, NotFound
from shop.dossiers import operations
from shop.dossiers.forms import HandInForm
from shop.dossiers.models import Assessment, DossierKind
from shop.dossiers.queries import dossiers as queries
from shop.dossiers.stall_views.blueprint import bp
from shop.dossiers.transitions import MOVES, Action
from shop.stalls.access import stall_role
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission
from shop.web.templating import render


@bp.get("/ho-so")
@stall_role(Permission.MANAGE_CERTIFICATES)
def dossiers(membership: StallMember) -> Response:
    """List the stall's dossiers, and the self-assessments that can be handed in."""
    return render(
        "dossiers/stall/dossiers.html",
        stall=membership.stall,
        dossiers=queries.dossiers_of(membership.stall_id),
        ready=queries.ready_assessments(membership.stall_id),
    )


@bp.get("/ho-so/<int:dossier_id>")
@stall_role(Permission.MANAGE_CERTIFICATES)
def dossier(membership: StallMember, dossier_id: int) -> Response:
    """Show where a dossier lies, and what has happened to it."""
    found = queries.own_dossier(membership.stall_id, dossier_id)
    if found is None:
        raise NotFound
    return render(
        "dossiers/stall/dossier.html",
        stall=membership.stall,
        dossier=found,
        events=queries.events(found, public_only=True),
        certificate=queries.certificate_of(found),
        may_withdraw=found.status in MOVES[Action.WITHDRAW].origins,
        score_text=score_text,
    )


@bp.get("/tu-danh-gia/<int:assessment_id>/nop-ho-so")
@stall_role(Permission.MANAGE_CERTIFICATES)
def handing_in(membership: StallMember, assessment_id: int) -> Response:
    """Ask what the dossier is for, before it is handed in."""
    return _form(membership, _assessment(membership, assessment_id), HandInForm(None))


@bp.post("/tu-danh-gia/<int:assessment_id>/nop-ho-so")
@stall_role(Permission.MANAGE_CERTIFICATES)
def hand_in(membership: StallMember, assessment_id: int) -> BaseResponse:
    """Hand the dossier in at the commune."""
    assessment, form = _assessment(membership, assessment_id), HandInForm()
    if form.validate():
        try:
            made = operations.hand_in(membership, assessment_id, DossierKind(form.kind.data))
        except InvalidInput as error:
            form.put_error(error, "kind")
        else:
            flash(gettext("Handed in at the commune. You will be told of each step."), "ok")
            return redirect(_to(membership, made.id), 303)
    return _form(membership, assessment, form, status=422)


@bp.post("/ho-so/<int:dossier_id>/rut")
@stall_role(Permission.MANAGE_CERTIFICATES)
def withdraw(membership: StallMember, dossier_id: int) -> BaseResponse:
    """Take a dossier back."""
    operations.withdraw(membership, dossier_id)
    flash(gettext("Withdrawn. The self-assessment can be changed again."), "ok")
    return redirect(_to(membership, dossier_id), 303)


def _to(membership: StallMember, dossier_id: int) -> str:
    slug = membership.stall.slug
    return url_for("dossiers_stall.dossier", stall_slug=slug, dossier_id=dossier_id)


def _assessment(membership: StallMember, assessment_id: int) -> Assessment:
    found = queries.own_assessment(membership.stall_id, assessment_id)
    if found is None:
        raise NotFound
    return found


def _form(
    membership: StallMember, assessment: Assessment, form: HandInForm, *, status: int = 200
) -> Response:
    return render(
        "dossiers/stall/hand_in.html",
        status=status,
        stall=membership.stall,
        assessment=assessment,
        product_name=queries.product_name(assessment.product_id),
        on_its_way=queries.open_dossier(assessment.product_id),
        form=form,
    )
