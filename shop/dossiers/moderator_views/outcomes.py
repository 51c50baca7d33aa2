"""The desk for decisions: up to the ministry and back, recognition, refusal."""

from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.certification.models import Certificate, CertificateStatus
from shop.dossiers import operations
from shop.dossiers.moderator_views.blueprint import bp
from shop.dossiers.moderator_views.forms import (
    DecisionForm,
    FiveStarsForm,
    RefuseForm,
    SendDownForm,
)
from shop.dossiers.moderator_views.page import decided
from shop.dossiers.reasons import RefusalReason
from shop.web.access import moderator
from shop.web.forms import ShopForm


@bp.post("/<int:dossier_id>/trinh-bo")
@moderator
def send_up(dossier_id: int) -> BaseResponse:
    """Send the dossier up to the ministry."""
    return decided(
        dossier_id,
        ShopForm(),
        lambda: operations.send_up(current_user, dossier_id),
        words=gettext("Sent up to the ministry."),
    )


@bp.post("/<int:dossier_id>/bo-tra-ve")
@moderator
def send_down(dossier_id: int) -> BaseResponse:
    """Record that the ministry sent the dossier back."""
    form = SendDownForm(prefix="down-")
    return decided(
        dossier_id,
        form,
        lambda: operations.send_down(current_user, dossier_id, score=form.hundredths),
        words=gettext("Recorded. The province decides now."),
    )


@bp.post("/<int:dossier_id>/cong-nhan")
@moderator
def recognise(dossier_id: int) -> BaseResponse:
    """Record the province's decision."""
    form = DecisionForm()

    def decide() -> str:
        return _told(operations.recognise(current_user, dossier_id, form.decision()))

    return decided(dossier_id, form, decide)


@bp.post("/<int:dossier_id>/nam-sao")
@moderator
def recognise_five(dossier_id: int) -> BaseResponse:
    """Record the ministry's decision."""
    form = FiveStarsForm()

    def decide() -> str:
        decision, score = form.decision(), form.hundredths
        return _told(operations.recognise_five(current_user, dossier_id, decision, score=score))

    return decided(dossier_id, form, decide)


@bp.post("/<int:dossier_id>/khong-cong-nhan")
@moderator
def refuse(dossier_id: int) -> BaseResponse:
    """Record that the product is not recognised."""
    form = RefuseForm()

    def decide() -> None:
        reason, words = RefusalReason(form.reason.data), form.words.data
        operations.refuse(current_user, dossier_id, reason=reason, words=words)

    return decided(dossier_id, form, decide, words=gettext("Recorded. The stall has been told."))


def _told(issued: Certificate) -> str:
    """Return what became of the certificate of a recognition."""
    if issued.status == CertificateStatus.WITHHELD:
        words = gettext(
            "Recognised. The goods bear another name or stand in another set by now, so the stars "
            "are withheld until the certificate is confirmed for them."
        )
    else:
        words = gettext("Recognised. The certificate stands and the stars show now.")
    return str(words)
