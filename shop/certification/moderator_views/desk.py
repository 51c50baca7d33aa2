"""The moderators' desk for certificates: scan beside claim, one decision at a time."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext, ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.accounts.models import User
from shop.certification import operations
from shop.certification.forms import RefuseForm, ReturnForm, VerifyForm
from shop.certification.goods import goods_now
from shop.certification.models import Certificate, CertificateStatus
from shop.certification.moderator_views.life_forms import life_forms, offers_grace
from shop.certification.operations.cases import is_own
from shop.certification.queries import grades, moderation, rulings
from shop.certification.queries.case_events import case_events
from shop.certification.queries.conflicts import conflicting
from shop.certification.queries.desk import days_from, desk_numbers
from shop.certification.reasons import RefusalReason, ReturnReason
from shop.certification.scores import score_text
from shop.core import clock
from shop.core.errors import InvalidInput, NotFound
from shop.core.files import StoredFile
from shop.web import slots
from shop.web.access import moderator
from shop.web.forms import ShopForm
from shop.web.paging import page_number
from shop.web.templating import render
from shop.web.views import send_private

bp = Blueprint("certification_moderator", __name__, url_prefix="/tham-dinh/chung-nhan")
MOST_QUERY = 80


@slots.fill("moderation.queues", order=20)
def waiting_certificates(user: User) -> tuple[str, int, str]:
    """Tell the desk's first page how many certificates wait."""
    count = moderation.waiting_count(user)
    return gettext("Certificates"), count, url_for("certification_moderator.queue")


@bp.get("")
@moderator
def queue() -> Response:
    """List the scope's certificates of one status, what waits first."""
    status = _status_asked()
    text = request.args.get("q", "").strip()[:MOST_QUERY]
    is_conflict = status is CertificateStatus.SUBMITTED and "xung_dot" in request.args
    page = moderation.cases(
        current_user, status, text=text, page=page_number(), is_conflict=is_conflict
    )
    return render(
        "certification/queue.html",
        page=page,
        current=status,
        statuses=list(CertificateStatus),
        text=text,
        now_listed=grades.now_listed(page.rows),
        listed_otherwise=grades.listed_otherwise(page.rows),
        waited=waited,
        numbers=desk_numbers(current_user),
        is_conflict=is_conflict,
        conflicts=conflicting(page.rows),
    )


def _status_asked() -> CertificateStatus:
    asked = request.args.get("tinh_trang", CertificateStatus.SUBMITTED.value)
    status = next((each for each in CertificateStatus if each == asked), None)
    if status is None:
        raise NotFound
    return status


@bp.get("/<int:certificate_id>")
@moderator
def case(certificate_id: int) -> Response:
    """Show a case: what waits, the scan, the claim with all that speaks for and against it."""
    return show(case_of(certificate_id))


@bp.get("/<int:certificate_id>/ban-quet/<int:page>")
@moderator
def scan(certificate_id: int, page: int) -> Response:
    """Show a page of the scan in full; page 0 is a scan that is a picture."""
    certificate = case_of(certificate_id)
    if certificate.scan is None:
        raise NotFound
    return send_private(certificate.scan, page or None)


@bp.post("/<int:certificate_id>/cong-nhan")
@moderator
def verify(certificate_id: int) -> BaseResponse:
    """Make the certificate count."""
    form = VerifyForm()

    def decide() -> None:
        stars, day = int(form.stars.data), form.expires_on.data
        if not operations.verify_certificate(
            current_user, certificate_id, stars=stars, expires_on=day, words=form.words.data or ""
        ):
            words[0] = gettext("Read. Another moderator has to read the same before stars show.")

    words = [gettext("Verified. The stars show now.")]
    return carry_out(certificate_id, form, decide, words=lambda: words[0])


@bp.post("/<int:certificate_id>/nhan")
@moderator
def take(certificate_id: int) -> BaseResponse:
    """Keep a case for half an hour."""
    operations.claim_case(current_user, certificate_id)
    return redirect(case_page(certificate_id), 303)


@bp.post("/<int:certificate_id>/nha")
@moderator
def release(certificate_id: int) -> BaseResponse:
    """Give a case back to the queue."""
    operations.release_case(current_user, certificate_id)
    return redirect(case_page(certificate_id), 303)


@bp.post("/<int:certificate_id>/tra-lai")
@moderator
def give_back(certificate_id: int) -> BaseResponse:
    """Return the claim to the stall."""
    form = ReturnForm(prefix="return-")

    def decide() -> None:
        reason, words = ReturnReason(form.reason.data), form.words.data or ""
        operations.return_certificate(current_user, certificate_id, reason=reason, words=words)

    return carry_out(
        certificate_id, form, decide, words=gettext("Returned. The stall has been told.")
    )


@bp.post("/<int:certificate_id>/tu-choi")
@moderator
def refuse(certificate_id: int) -> BaseResponse:
    """Refuse the claim."""
    form = RefuseForm(prefix="refuse-")

    def decide() -> None:
        reason, words = RefusalReason(form.reason.data), form.words.data or ""
        operations.refuse_certificate(current_user, certificate_id, reason=reason, words=words)

    return carry_out(
        certificate_id, form, decide, words=gettext("Refused. The stall has been told.")
    )


def case_of(certificate_id: int) -> Certificate:
    """Return a case of the moderator's scope; raise NotFound for any other."""
    certificate = moderation.case(current_user, certificate_id)
    if certificate is None:
        raise NotFound
    return certificate


def carry_out(
    certificate_id: int,
    form: ShopForm,
    deed: Callable[[], None],
    *,
    words: str | Callable[[], str],
    then: Callable[[int], str] | None = None,
) -> BaseResponse:
    """Carry a deed out and go on, `then` or to what waits next, or show the case with its faults.

    Words that the deed itself decides are asked for after it.
    """
    if form.validate():
        try:
            deed()
        except InvalidInput as error:
            form.put_error(error, next(iter(form._fields)))
        else:
            flash(words() if callable(words) else words, "ok")
            return redirect((then or _next_case)(certificate_id), 303)
    return show(case_of(certificate_id), form, status=422)


def case_page(certificate_id: int) -> str:
    """Return the way to a case."""
    return url_for(".case", certificate_id=certificate_id)


def _next_case(decided_id: int) -> str:
    """Return the way to the oldest case that this moderator can decide now, else to the queue."""
    following = moderation.next_case(current_user, decided_id)
    return case_page(following) if following else url_for(".queue")


def show(certificate: Certificate, filled: ShopForm | None = None, status: int = 200) -> Response:
    """Show a case, with the one form that was filled in wrongly."""
    found = moderation.evidence(certificate)
    forms: dict[str, Any] = {
        "verify": VerifyForm.of(certificate, found.latest_expiry),
        "give_back": ReturnForm(None, prefix="return-"),
        "refuse": RefuseForm(None, prefix="refuse-"),
    }
    for name, form in forms.items():
        forms[name] = filled if type(filled) is type(form) else form
    goods = goods_now(certificate.product_id)
    forms |= life_forms(certificate, goods, filled)
    return render(
        "certification/case.html",
        status=status,
        certificate=certificate,
        evidence=found,
        can_match=grades.may_match(certificate, found.entry),
        forms=forms,
        scan_pages=pages_of(certificate.scan),
        events=case_events(certificate),
        rulings=rulings(certificate.id),
        offers_grace=offers_grace(certificate),
        file_pages=pages_of,
        goods=goods,
        waiting=moderation.waiting(current_user),
        waiting_count=moderation.waiting_count(current_user),
        is_own=is_own(current_user, certificate),
        has_read=certificate.approved_by_id == current_user.id,
        held_by_other=certificate.holder_id not in {None, current_user.id},
        score=score_text(certificate.score_hundredths),
        waited=waited,
    )


def pages_of(file: StoredFile | None) -> list[int]:
    """Return the pages of a paper that can be shown: 0 is a picture, a PDF counts from 1."""
    if file is None:
        return []
    if file.is_picture:
        return [0]
    return list(range(1, (file.pages or 0) + 1)) if file.has_variants else []


def waited(certificate: Certificate) -> str:
    """Return how long a claim has been waiting, in words, by the calendar of Vietnam."""
    days = days_from(certificate.submitted_at, clock.now())
    if days < 1:
        return str(gettext("handed in today"))
    return str(ngettext("waiting for %(num)s day", "waiting for %(num)s days", days))
