"""The stall's cockpit: today, settings, people, and the doors to everything else."""

from flask import Blueprint, Response, flash, redirect, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.core import clock, files
from shop.core.errors import InvalidInput, NotFound
from shop.stalls import operations, queries
from shop.stalls.access import any_member, stall_role
from shop.stalls.forms import KindForm, MemberForm, SettingsForm
from shop.stalls.models import MemberKind, StallMember, StallStatus
from shop.stalls.permissions import Permission, may
from shop.stalls.reasons import label_of
from shop.stalls.views.cards import links
from shop.web import slots
from shop.web.access import signed_in
from shop.web.pictures import shown
from shop.web.templating import render

bp = Blueprint("stalls_stall", __name__, url_prefix="/quan-ly")
URGENCY = {"danger": 0, "warn": 1}


@bp.get("/", strict_slashes=False)
@signed_in
def home() -> BaseResponse:
    """Lead to the one stall a person works for, or list them all."""
    found = queries.memberships(current_user.id)
    if len(found) == 1 and found[0].stall.status is not StallStatus.DRAFT:
        return redirect(url_for("stalls_stall.today", stall_slug=found[0].stall.slug), 303)
    return render("stalls/own_stalls.html", memberships=found)


@bp.get("/<stall_slug>/", strict_slashes=False)
@any_member
def today(membership: StallMember) -> Response:
    """Show what waits to be done today, the most urgent first."""
    rows = slots.collect("cockpit.today", membership)
    rows.sort(key=lambda row: URGENCY.get(row.tone, 2))
    return render(
        "stalls/today.html",
        stall=membership.stall,
        today=clock.today(),
        rows=rows,
        parts=slots.collect("cockpit.below", membership),
        reason=label_of(membership.stall.reason_code),
    )


@bp.get("/<stall_slug>/them")
@any_member
def more(membership: StallMember) -> Response:
    """Show the doors that do not fit below."""
    return render(
        "stalls/more.html",
        stall=membership.stall,
        membership=membership,
        may_manage=may(membership, Permission.MANAGE_STALL),
        may_staff=may(membership, Permission.MANAGE_MEMBERS),
        links=links(slots.collect("cockpit.more", membership)),
    )


@bp.get("/<stall_slug>/gian-hang")
@stall_role(Permission.MANAGE_STALL)
def settings(membership: StallMember) -> Response:
    """Show the settings of the stall."""
    return _settings_page(membership, SettingsForm(obj=membership.stall))


@bp.post("/<stall_slug>/gian-hang")
@stall_role(Permission.MANAGE_STALL)
def save_settings(membership: StallMember) -> BaseResponse:
    """Change the settings; a new name leads to a new address."""
    form = SettingsForm()
    if not form.validate():
        return _settings_page(membership, form, status=422)
    try:
        slug = operations.change_settings(membership.stall_id, _wanted(form))
    except InvalidInput as error:
        form.put_error(error, "picture")
        return _settings_page(membership, form, status=422)
    flash(gettext("Saved."), "ok")
    return redirect(url_for("stalls_stall.settings", stall_slug=slug), 303)


@bp.get("/<stall_slug>/thanh-vien")
@stall_role(Permission.MANAGE_MEMBERS)
def members(membership: StallMember) -> Response:
    """Show who works here."""
    return _members_page(membership, MemberForm(formdata=None, kind=MemberKind.OPERATOR.value))


@bp.post("/<stall_slug>/thanh-vien")
@stall_role(Permission.MANAGE_MEMBERS)
def add_member(membership: StallMember) -> BaseResponse:
    """Add somebody who has an account."""
    form = MemberForm()
    if not form.validate():
        return _members_page(membership, form, status=422)
    try:
        operations.add_member(membership.stall_id, form.email.data, MemberKind(form.kind.data))
    except InvalidInput as error:
        form.put_error(error, "email")
        return _members_page(membership, form, status=422)
    return _to_members(membership, gettext("Added. We have written to the person."))


@bp.post("/<stall_slug>/thanh-vien/<int:member_id>/quyen")
@stall_role(Permission.MANAGE_MEMBERS)
def change_kind(membership: StallMember, member_id: int) -> BaseResponse:
    """Give a member the other kind of account."""
    form = KindForm()
    if not form.validate():
        raise InvalidInput(gettext("Choose one of the two kinds of account."))
    operations.change_kind(membership.stall_id, member_id, MemberKind(form.kind.data))
    return _to_members(membership, gettext("The account is changed."))


@bp.post("/<stall_slug>/thanh-vien/<int:member_id>/bo")
@stall_role(Permission.MANAGE_MEMBERS)
def remove_member(membership: StallMember, member_id: int) -> BaseResponse:
    """End somebody's work here."""
    member = queries.member(membership.stall_id, member_id)
    if member is None:
        raise NotFound
    is_self = member.user_id == membership.user_id
    operations.remove_member(membership.stall_id, member_id)
    if is_self:
        flash(gettext("You no longer work for this stall."), "ok")
        return redirect(url_for("stalls_stall.home"), 303)
    return _to_members(membership, gettext("Removed."))


def _wanted(form: SettingsForm) -> operations.Settings:
    upload = form.picture.data
    return operations.Settings(
        name=form.name.data,
        story=form.story.data or "",
        phone=form.phone.data,
        street=form.street.data,
        picture=files.read_limited(upload.stream) if upload else None,
        drop_picture=form.drop_picture.data,
    )


def _settings_page(membership: StallMember, form: SettingsForm, status: int = 200) -> Response:
    stall = membership.stall
    return render(
        "stalls/settings.html",
        status=status,
        stall=stall,
        form=form,
        picture=shown(stall.picture, width=320) if stall.picture else None,
    )


def _members_page(membership: StallMember, form: MemberForm, status: int = 200) -> Response:
    return render(
        "stalls/members.html",
        status=status,
        stall=membership.stall,
        form=form,
        members=queries.members(membership.stall_id),
        own_id=membership.id,
        kinds=list(MemberKind),
    )


def _to_members(membership: StallMember, words: str) -> BaseResponse:
    flash(words, "ok")
    return redirect(url_for("stalls_stall.members", stall_slug=membership.stall.slug), 303)
