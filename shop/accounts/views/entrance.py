"""Coming in and going out."""

from flask import Response, flash, redirect, request, session, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.accounts import operations
from shop.accounts.forms import RegisterForm, SignInForm
from shop.accounts.views import device
from shop.accounts.views.blueprint import bp, put_refusal
from shop.core.errors import ShopError
from shop.web import i18n
from shop.web.access import public, safe_next
from shop.web.templating import render

TYPED = "typed_email"


def onward() -> str:
    """Return the page somebody was on the way to, as far as it is one of ours."""
    return safe_next(request.form.get("tiep") or request.args.get("tiep"), "")


@bp.get("/dang-nhap")
@public
def sign_in() -> BaseResponse:
    """Ask who is there."""
    if current_user.is_authenticated:
        return redirect(onward() or url_for("accounts.profile"), 303)
    return _sign_in_page(SignInForm(formdata=None, email=session.pop(TYPED, "")))


@bp.post("/dang-nhap", endpoint="enter")
@public
def enter() -> BaseResponse:
    """Let somebody in, and on to where she was going."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form, 422)
    try:
        token = operations.sign_in(form.email.data, form.password.data, device=device.this_device())
    except ShopError as error:
        return _sign_in_page(form, put_refusal(form, error, "password"))
    device.enter(token)
    return redirect(onward() or "/", 303)


def _sign_in_page(form: SignInForm, status: int = 200) -> Response:
    return _private(render("accounts/sign_in.html", status=status, form=form, onward=onward()))


@bp.get("/dang-ky")
@public
def register() -> BaseResponse:
    """Show the form of a new account."""
    if current_user.is_authenticated:
        return redirect(onward() or url_for("accounts.profile"), 303)
    return _register_page(RegisterForm(formdata=None))


@bp.post("/dang-ky", endpoint="register_now")
@public
def register_now() -> BaseResponse:
    """Take a new person in; what she sees is the same for an address that is known."""
    form = RegisterForm()
    if not form.validate_on_submit():
        return _register_page(form, 422)
    new = operations.NewPerson(
        email=form.email.data,
        name=form.name.data,
        password=form.password.data,
        phone=form.phone.data,
        locale=i18n.current_locale(),
    )
    try:
        operations.register(new, ip_address=request.remote_addr or "")
    except ShopError as error:
        return _register_page(form, put_refusal(form, error, "email"))
    return _to_first_sign_in(form.email.data)


def _to_first_sign_in(email: str) -> BaseResponse:
    session[TYPED] = email
    flash(
        gettext(
            "We have written to %(email)s. If the address is new here, your account is ready: "
            "sign in with the password you have just chosen.",
            email=email,
        ),
        "ok",
    )
    return redirect(url_for("accounts.sign_in", tiep=onward() or None), 303)


def _register_page(form: RegisterForm, status: int = 200) -> Response:
    return _private(render("accounts/register.html", status=status, form=form, onward=onward()))


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/dang-xuat")
@public
def sign_out() -> BaseResponse:
    """Sign this device out; doing so twice is no fault."""
    device.leave()
    flash(gettext("You are signed out. See you at the next market!"), "ok")
    return redirect("/", 303)
