"""The stall's dossiers: where each lies, what was handed in, taking it back."""

from flask import Response, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from shop.certification.scores import score_text
from shop.core.errors import NotFound
from shop.criteria.queries import sheet_of
from shop.criteria.scoring import stars_text
from shop.dossiers import operations
from shop.dossiers.models import Dossier
from shop.dossiers.queries import dossiers as queries
from shop.dossiers.stall_views.blueprint import bp
from shop.dossiers.transitions import MOVES, Action
from shop.stalls.access import stall_role
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission
from shop.web.templating import render
from shop.web.views import send_private


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
    found = _own(membership, dossier_id)
    return render(
        "dossiers/stall/dossier.html",
        stall=membership.stall,
        dossier=found,
        sheet=sheet_of(found.version_id, found.product_set),
        files=queries.evidence_files(found),
        events=queries.events(found, public_only=True),
        certificate=queries.certificate_of(found),
        may_withdraw=found.status in MOVES[Action.WITHDRAW].origins,
        may_mend=not found.is_open and queries.may_mend(found),
        score_text=score_text,
        stars_text=stars_text,
    )


@bp.get("/ho-so/<int:dossier_id>/minh-chung/<int:stored_id>/<int:page>")
@stall_role(Permission.MANAGE_CERTIFICATES)
def dossier_evidence(
    membership: StallMember, dossier_id: int, stored_id: int, *, page: int
) -> Response:
    """Show a page of a file as it was handed in; page 0 is a picture."""
    stored = queries.evidence_files(_own(membership, dossier_id)).get(stored_id)
    if stored is None:
        raise NotFound
    return send_private(stored, page or None)


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


def _own(membership: StallMember, dossier_id: int) -> Dossier:
    found = queries.own_dossier(membership.stall_id, dossier_id)
    if found is None:
        raise NotFound
    return found
