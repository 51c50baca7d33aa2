"""One action of the desk: a list that came later confirms a certificate."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.certification.moderator_views.desk import bp
from shop.certification.operations.grades import match_with_list
from shop.core.errors import InvalidInput, NotFound
from shop.web.access import moderator
from shop.web.sanity import LARGEST


@bp.post("/<int:certificate_id>/danh-muc")
@moderator
def match(certificate_id: int) -> BaseResponse:
    """Take a row of a list as the proof of a certificate."""
    entry_id = request.form.get("entry_id", type=int)
    if entry_id is None or not 0 < entry_id <= LARGEST:
        raise NotFound
    try:
        match_with_list(current_user, certificate_id, entry_id)
    except InvalidInput as error:
        flash(str(error.message), "danger")
    else:
        flash(gettext("Matched with the published list. The evidence is stronger now."), "ok")
    return redirect(url_for(".case", certificate_id=certificate_id), 303)
