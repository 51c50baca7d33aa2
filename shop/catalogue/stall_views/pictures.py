"""The pictures of a product: several at once, in order, with words."""

from flask import Response, flash, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as BaseResponse

from shop.catalogue.forms import PicturesForm
from shop.catalogue.operations import pictures as row
from shop.catalogue.operations.pictures import MOST_PICTURES, Upload
from shop.catalogue.queries import stall as goods_of
from shop.catalogue.queries.pictures import working_pictures
from shop.catalogue.stall_views.pages import back_to, bp, product_page
from shop.stalls.access import stall_role
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission
from shop.web.forms import normalise

STEPS = {"len": -1, "xuong": 1}
ALT = "alt-"
LONGEST = 24  # of a field's name, with the id of a file


@bp.get("/hang/<int:product_id>/anh")
@stall_role(Permission.EDIT_GOODS)
def pictures(membership: StallMember, product_id: int) -> Response:
    """Show the row of pictures."""
    return _page(membership, product_id, PicturesForm())


def _page(
    membership: StallMember, product_id: int, form: PicturesForm, *, status: int = 200
) -> Response:
    product = goods_of.product_of(membership.stall_id, product_id)
    shots = working_pictures(product)
    return product_page(
        "pictures",
        membership,
        product,
        status=status,
        form=form,
        pictures=shots,
        room=MOST_PICTURES - len(shots),
    )


@bp.post("/hang/<int:product_id>/anh")
@stall_role(Permission.EDIT_GOODS)
def add_pictures(membership: StallMember, product_id: int) -> BaseResponse:
    """Keep the good pictures; say of each other one what is wrong with it."""
    goods_of.product_of(membership.stall_id, product_id)
    form = PicturesForm()
    chosen = form.files()
    uploads = [Upload(file.filename, file.stream) for file in chosen]
    refused = row.add_pictures(membership.stall_id, product_id, uploads)
    if kept := len(chosen) - len(refused):
        flash(ngettext("%(num)s picture added.", "%(num)s pictures added.", kept), "ok")
    if chosen and not refused:
        return back_to("pictures", product_id=product_id)
    form.pictures.errors = [f"{each.name}: {each.message}" for each in refused] or [
        gettext("Choose at least one picture.")
    ]
    return _page(membership, product_id, form, status=422)


@bp.post("/hang/<int:product_id>/anh/loi-ta")
@stall_role(Permission.EDIT_GOODS)
def describe_pictures(membership: StallMember, product_id: int) -> BaseResponse:
    """Keep what is to be seen on each picture."""
    words = {
        int(name.removeprefix(ALT)): normalise(text) or ""
        for name, text in request.form.items()
        if name.startswith(ALT) and name.removeprefix(ALT).isdecimal() and len(name) < LONGEST
    }
    row.describe_pictures(membership.stall_id, product_id, words)
    flash(gettext("Saved."), "ok")
    return back_to("pictures", product_id=product_id)


@bp.post("/hang/<int:product_id>/anh/<int:file_id>/<any(len,xuong):step>")
@stall_role(Permission.EDIT_GOODS)
def move_picture(
    membership: StallMember, *, product_id: int, file_id: int, step: str
) -> BaseResponse:
    """Move a picture by one place."""
    row.move_picture(membership.stall_id, product_id, file_id, step=STEPS[step])
    return back_to("pictures", product_id=product_id)


@bp.post("/hang/<int:product_id>/anh/<int:file_id>/xoa")
@stall_role(Permission.EDIT_GOODS)
def remove_picture(membership: StallMember, product_id: int, file_id: int) -> BaseResponse:
    """Take a picture away."""
    row.remove_picture(membership.stall_id, product_id, file_id)
    flash(gettext("The picture is removed."), "ok")
    return back_to("pictures", product_id=product_id)
