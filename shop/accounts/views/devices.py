"""The devices on which I am signed in."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response, flash, g, redirect, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.accounts import operations, queries
from shop.accounts.devices import describe, is_phone
from shop.accounts.models import UserSession
from shop.accounts.views import device
from shop.accounts.views.blueprint import bp
from shop.web.access import signed_in
from shop.web.templating import render


@dataclass(frozen=True)
class ShownDevice:
    """A device as its owner reads of it."""

    id: int
    name: str
    is_phone: bool
    is_this: bool
    ip_address: str
    created_at: datetime
    last_seen_at: datetime


def _show(row: UserSession) -> ShownDevice:
    return ShownDevice(
        id=row.id,
        name=describe(row.user_agent) or gettext("A device we do not know"),
        is_phone=is_phone(row.user_agent),
        is_this=row.id == g.device_row.id,
        ip_address=row.ip_address,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
    )


@bp.get("/tai-khoan/thiet-bi")
@signed_in
def devices() -> Response:
    """List the devices, this one first."""
    rows = [_show(row) for row in queries.devices_of(current_user.id)]
    return render("accounts/devices.html", devices=sorted(rows, key=lambda row: not row.is_this))


@bp.post("/tai-khoan/thiet-bi/<int:session_id>/dang-xuat")
@signed_in
def revoke_device(session_id: int) -> BaseResponse:
    """Sign one device out."""
    is_this = session_id == g.device_row.id
    operations.revoke_device(current_user.id, session_id)
    if is_this:
        device.leave()
    flash(gettext("The device is signed out."), "ok")
    return redirect(url_for("accounts.sign_in" if is_this else "accounts.devices"), 303)


@bp.post("/tai-khoan/thiet-bi/dang-xuat-may-khac")
@signed_in
def revoke_others() -> BaseResponse:
    """Sign every device out but this one."""
    operations.revoke_all(current_user.id, but_token=device.token())
    flash(gettext("All other devices are signed out."), "ok")
    return redirect(url_for("accounts.devices"), 303)


@bp.post("/tai-khoan/thiet-bi/dang-xuat-tat-ca")
@signed_in
def revoke_all() -> BaseResponse:
    """Sign every device out, this one as well."""
    operations.revoke_all(current_user.id)
    device.leave()
    flash(gettext("You are signed out on all devices."), "ok")
    return redirect(url_for("accounts.sign_in"), 303)
