"""The account: who I am to the floor, and my password."""

from flask import Response, flash, redirect, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.accounts import operations
from shop.accounts.forms import ChangePasswordForm, ProfileForm
from shop.accounts.views import device
from shop.accounts.views.blueprint import bp, put_refusal
from shop.core.errors import ShopError
from shop.web import slots
from shop.web.access import signed_in
from shop.web.templating import render


@bp.get("/tai-khoan")
@signed_in
def profile() -> Response:
    """Show the account and what belongs to it."""
    return _profile_page(ProfileForm(formdata=None, obj=current_user))


@bp.post("/tai-khoan", endpoint="update_profile")
@signed_in
def update_profile() -> BaseResponse:
    """Keep what was changed about oneself."""
    form = ProfileForm()
    if not form.validate_on_submit():
        return _profile_page(form, 422)
    operations.update_profile(
        current_user.id, name=form.name.data, phone=form.phone.data, locale=form.locale.data
    )
    flash(gettext("Saved."), "ok")
    return redirect(url_for("accounts.profile"), 303)


def _profile_page(form: ProfileForm, status: int = 200) -> Response:
    links = slots.collect("account.links", current_user)
    return render("accounts/profile.html", status=status, form=form, links=links)


@bp.get("/tai-khoan/mat-khau")
@signed_in
def password() -> Response:
    """Ask for the old password and a new one."""
    return _password_page(ChangePasswordForm(formdata=None))


@bp.post("/tai-khoan/mat-khau", endpoint="change_password")
@signed_in
def change_password() -> BaseResponse:
    """Set the new password; every other device is signed out."""
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return _password_page(form, 422)
    try:
        token = operations.change_password(
            current_user.id,
            form.current.data,
            form.password.data,
            device=device.this_device(),
        )
    except ShopError as error:
        return _password_page(form, put_refusal(form, error, "password"))
    device.enter(token)
    flash(gettext("Your new password is set. All other devices are signed out."), "ok")
    return redirect(url_for("accounts.profile"), 303)


def _password_page(form: ChangePasswordForm, status: int = 200) -> Response:
    return render("accounts/password.html", status=status, form=form)
