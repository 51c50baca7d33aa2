"""What moderators do to a certificate after it was verified, each deed a plain form of the case."""

from flask import Response
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.certification import operations
from shop.certification.moderator_views.desk import bp, carry_out, case_of, case_page
from shop.certification.moderator_views.life_forms import (
    ConfirmForm,
    GraceForm,
    RestoreForm,
    RevokeForm,
)
from shop.certification.queries import rulings
from shop.certification.reasons import RevocationReason
from shop.core.errors import NotFound
from shop.web.access import moderator
from shop.web.views import send_private


@bp.post("/<int:certificate_id>/thu-hoi")
@moderator
def revoke(certificate_id: int) -> BaseResponse:
    """Take the stars away."""
    form = RevokeForm(prefix="revoke-")

    def deed() -> None:
        reason, words = RevocationReason(form.reason.data), form.words.data
        operations.revoke_certificate(
            current_user, certificate_id, reason=reason, words=words, paper=form.paper()
        )

    return carry_out(
        certificate_id, form, deed, then=case_page, words=gettext("Revoked. The stars are gone.")
    )


@bp.post("/<int:certificate_id>/phuc-hoi")
@moderator
def restore(certificate_id: int) -> BaseResponse:
    """Take a revocation back."""
    form = RestoreForm(prefix="restore-")

    def deed() -> None:
        if not operations.restore_certificate(current_user, certificate_id, words=form.words.data):
            words[0] = gettext("Restored, but withheld: the goods have changed meanwhile.")

    words = [gettext("Restored. The stars show again.")]
    return carry_out(certificate_id, form, deed, then=case_page, words=lambda: words[0])


@bp.post("/<int:certificate_id>/xac-nhan")
@moderator
def confirm(certificate_id: int) -> BaseResponse:
    """Say that a withheld certificate covers the goods as they are now."""
    form = ConfirmForm(prefix="confirm-")

    def deed() -> None:
        words, seen = form.words.data, form.seen()
        operations.confirm_certificate(current_user, certificate_id, words=words, seen=seen)

    return carry_out(
        certificate_id,
        form,
        deed,
        then=case_page,
        words=gettext("Confirmed. The stars show again."),
    )


@bp.post("/<int:certificate_id>/gia-han")
@moderator
def grace(certificate_id: int) -> BaseResponse:
    """Keep the stars by grace while a filed re-evaluation is not decided."""
    form = GraceForm(prefix="grace-")

    def deed() -> None:
        granted = operations.Grace(form.filed_on.data, form.until.data)
        words, paper = form.words.data, form.paper()
        operations.grant_grace(current_user, certificate_id, granted, words=words, paper=paper)

    return carry_out(
        certificate_id, form, deed, then=case_page, words=gettext("Kept. The stall has been told.")
    )


@bp.get("/<int:certificate_id>/quyet-dinh/<int:ruling_id>/<int:page>")
@moderator
def ruling(certificate_id: int, ruling_id: int, page: int) -> Response:
    """Show a page of the decision behind a ruling; page 0 is one that is a picture."""
    certificate = case_of(certificate_id)
    for each in rulings(certificate.id):
        if each.id == ruling_id and each.file is not None:
            return send_private(each.file, page or None)
    raise NotFound
