"""A forgotten password: asking for a link, and choosing a new password by it."""

from flask import Response, flash, redirect, request, session
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from shop.accounts import operations, queries
from shop.accounts.forms import ForgotForm, ResetForm
from shop.accounts.views import device
from shop.accounts.views.blueprint import bp, put_refusal
from shop.core.errors import ShopError
from shop.web.access import public
from shop.web.templating import render

GONE = 410


@bp.get("/quen-mat-khau")
@public
def forgot() -> Response:
    """Ask whose password it is, or say that a letter is on its way."""
    asked = session.pop("asked_email", None)
    if asked:
        return _private(render("accounts/forgot_sent.html", email=asked))
    return render("accounts/forgot.html", form=ForgotForm(formdata=None))


@bp.post("/quen-mat-khau", endpoint="ask_for_reset")
@public
def ask_for_reset() -> BaseResponse:
    """Promise a letter; the answer is the same whether or not anybody will get one."""
    form = ForgotForm()
    if not form.validate_on_submit():
        return render("accounts/forgot.html", status=422, form=form)
    try:
        operations.ask_for_reset(form.email.data, ip_address=request.remote_addr or "")
    except ShopError as error:
        status = put_refusal(form, error, "email")
        return render("accounts/forgot.html", status=status, form=form)
    session["asked_email"] = form.email.data
    return redirect(request.path, 303)


@bp.get("/dat-lai-mat-khau/<token>")
@public
def reset(token: str) -> Response:
    """Ask for the new password, as long as the link works."""
    if queries.usable_reset(token) is None:
        return _gone()
    return _reset_page(ResetForm(formdata=None))


@bp.post("/dat-lai-mat-khau/<token>", endpoint="choose_password")
@public
def choose_password(token: str) -> BaseResponse:
    """Set the new password and let its owner in, here alone."""
    form = ResetForm()
    if not form.validate_on_submit():
        return _reset_page(form, 422)
    try:
        entered = operations.choose_password(token, form.password.data, device=device.this_device())
    except operations.LinkGone:
        return _gone()
    except ShopError as error:
        return _reset_page(form, put_refusal(form, error, "password"))
    device.enter(entered)
    flash(gettext("Your new password is set. All other devices are signed out."), "ok")
    return redirect("/", 303)


def _reset_page(form: ResetForm, status: int = 200) -> Response:
    return _private(render("accounts/reset.html", status=status, form=form))


def _gone() -> Response:
    return _private(render("accounts/reset_gone.html", status=GONE))


def _private(response: Response) -> Response:
    """Keep the page, and the link that led to it, from caches and from other sites."""
    response.headers["Cache-Control"] = "no-store"
    return response
