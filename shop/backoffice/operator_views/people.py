"""People of the floor: finding them, shutting them out, and where moderators may decide."""

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.accounts.models import Role
from shop.accounts.operations import give_scope, set_blocked, take_scope
from shop.backoffice import queries
from shop.backoffice.forms import ReasonForm, ScopeForm
from shop.backoffice.operator_views.frame import bp, page
from shop.core.errors import InvalidInput
from shop.web.access import operator
from shop.web.paging import page_number

ROLES = {
    Role.BUYER: lazy_gettext("Buyer"),
    Role.MODERATOR: lazy_gettext("Moderator"),
    Role.OPERATOR: lazy_gettext("Operator"),
}


@bp.get("/nguoi-dung")
@operator
def people() -> Response:
    """Find people by their name or address."""
    words, role = request.args.get("q", "").strip()[:120], request.args.get("vai_tro", "")
    chosen = Role(role) if role in set(Role) else None
    kept = {"q": words, "vai_tro": chosen.value if chosen else ""}
    return page(
        "people.html",
        found=queries.page_of_people(words, chosen, page_number()),
        words=words,
        chosen=chosen,
        roles=ROLES,
        kept={name: value for name, value in kept.items() if value},
    )


@bp.get("/can-bo")
@operator
def moderators() -> Response:
    """Show who may decide where."""
    return page("moderators.html", moderators=queries.moderators())


@bp.get("/nguoi-dung/<int:user_id>")
@operator
def person(user_id: int) -> Response:
    """Show a person: what she is, where she works, whether she may come in."""
    return _person(user_id)


@bp.post("/nguoi-dung/<int:user_id>/khoa")
@operator
def block(user_id: int) -> BaseResponse:
    """Shut a person out on all her devices, with a reason."""
    form = ReasonForm()
    if not form.validate():
        return _person(user_id, reason=form, status=422)
    set_blocked(user_id, is_blocked=True, reason=form.reason.data)
    flash(gettext("The account is blocked and signed out everywhere."), "ok")
    return _back(user_id)


@bp.post("/nguoi-dung/<int:user_id>/mo-khoa")
@operator
def unblock(user_id: int) -> BaseResponse:
    """Let a person in again, with a reason."""
    form = ReasonForm()
    if not form.validate():
        return _person(user_id, reason=form, status=422)
    set_blocked(user_id, is_blocked=False, reason=form.reason.data)
    flash(gettext("The account is open again."), "ok")
    return _back(user_id)


@bp.post("/nguoi-dung/<int:user_id>/pham-vi")
@operator
def add_scope(user_id: int) -> BaseResponse:
    """Let a moderator decide at one more place."""
    form = ScopeForm()
    if not form.validate():
        return _person(user_id, scope=form, status=422)
    try:
        give_scope(user_id, form.wanted, form.commune_code)
    except InvalidInput as error:
        form.put_error(error, "province_code")
        return _person(user_id, scope=form, status=422)
    flash(gettext("The moderator may decide there now."), "ok")
    return _back(user_id)


@bp.post("/nguoi-dung/<int:user_id>/pham-vi/<int:scope_id>/bo")
@operator
def remove_scope(user_id: int, scope_id: int) -> BaseResponse:
    """Let a moderator no longer decide at a place."""
    take_scope(user_id, scope_id)
    flash(gettext("The moderator no longer decides there."), "ok")
    return _back(user_id)


def _back(user_id: int) -> BaseResponse:
    return redirect(url_for("backoffice_operator.person", user_id=user_id), 303)


def _person(
    user_id: int,
    *,
    reason: ReasonForm | None = None,
    scope: ScopeForm | None = None,
    status: int = 200,
) -> Response:
    found = queries.person(user_id)
    return page(
        "person.html",
        status=status,
        person=found,
        role=ROLES[found.role],
        stalls=queries.stalls_of(user_id),
        places=queries.places_of([user_id])[user_id],
        is_self=found.id == current_user.id,
        reason_form=reason or ReasonForm(formdata=None),
        scope_form=scope or ScopeForm(formdata=None),
    )
