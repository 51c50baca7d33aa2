"""Issuing a certificate on a decision that this floor's own dossier led to."""

from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext

from shop.accounts.models import User
from shop.certification import product_code
from shop.certification.claim import CertifiedProduct, check_expiry, check_score
from shop.certification.models import Certificate, CertificateStatus, EvidenceGrade
from shop.certification.operations.cases import decide, refuse_taken
from shop.certification.operations.decisions import replace_earlier
from shop.certification.operations.turns import take_turns
from shop.core import audit, clock, outbox
from shop.core.db import db, transaction
from shop.core.errors import Forbidden, InvalidInput
from shop.stalls.operations import lock_stall
from shop.stalls.queries import is_member


@dataclass(frozen=True)
class Issue:
    """What was decided, on what score, for whom, and who had asked for it."""

    stars: int
    score_hundredths: int
    product_code: str
    decision_number: str
    decided_on: date
    issuer: str
    expires_on: date
    product_name: str
    product_set: int
    holder: str
    asked_by_id: int


def issue_certificate(moderator: User, product: CertifiedProduct, issue: Issue) -> Certificate:
    """Make a certificate count at once, in the transaction of the decision; the earlier gives way.

    Raises InvalidInput for what no certificate can say and for another set than the product's,
    Forbidden for the stall's own people, WrongState when the code serves another product.
    """
    if issue.asked_by_id == moderator.id or is_member(moderator.id, product.stall_id):
        raise Forbidden(lazy_gettext("You belong to this stall, so a colleague has to decide."))
    _check(product, issue)
    with transaction():
        lock_stall(product.stall_id)
        certificate = _new(product, issue)
        db.session.add(certificate)
        db.session.flush()
        take_turns(certificate)
        refuse_taken(certificate)
        replace_earlier(certificate, issue.stars)
        decide(
            certificate,
            CertificateStatus.VERIFIED,
            grade=EvidenceGrade.DECISION,
            verified_by_id=moderator.id,
        )
        audit.record("certificate.verified", certificate, public=True)
        outbox.send("search.product_changed", {"product_id": product.id})
    return certificate


def _check(product: CertifiedProduct, issue: Issue) -> None:
    _check_set(product, issue)
    code = product_code.read_code(issue.product_code)
    if code is None:
        raise InvalidInput(
            lazy_gettext("A product code looks like 08-00706-012-2026."), "product_code"
        )
    if (code.province_code, code.commune_code) != (product.province_code, product.commune_code):
        raise InvalidInput(
            lazy_gettext("The code names another place than that of the product."), "product_code"
        )
    check_score(issue.stars, issue.score_hundredths)
    if issue.decided_on > clock.today():
        raise InvalidInput(lazy_gettext("The day of the decision is still to come."), "decided_on")
    check_expiry(issue.decided_on, issue.expires_on, clock.today())


def _check_set(product: CertifiedProduct, issue: Issue) -> None:
    """Raise InvalidInput for goods that were judged by the sheet of a set they are not in."""
    if issue.product_set != product.product_set:
        raise InvalidInput(
            lazy_gettext(
                "It was judged by the sheet of set %(judged)s, but the product stands in set "
                "%(own)s: no certificate can be issued. Refuse the dossier, or have the stall "
                "correct the product's set.",
                judged=issue.product_set,
                own=product.product_set,
            ),
            "product_set",
        )


def _new(product: CertifiedProduct, issue: Issue) -> Certificate:
    return Certificate(
        stall_id=product.stall_id,
        product_id=product.id,
        product_name=issue.product_name,
        product_set=issue.product_set,
        product_code=product_code.tidy(issue.product_code),
        stars=issue.stars,
        score_hundredths=issue.score_hundredths,
        decision_number=issue.decision_number,
        decided_on=issue.decided_on,
        issuer=issue.issuer,
        expires_on=issue.expires_on,
        holder=issue.holder,
        province_code=product.province_code,
        commune_code=product.commune_code,
        status=CertificateStatus.SUBMITTED,
        submitted_by_id=issue.asked_by_id,
        submitted_at=clock.now(),
    )
