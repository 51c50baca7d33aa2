"""Stars that were taken away come back, while nothing has taken their place.

Two moderators have read how many they are when they were 5, and no deed of this file changes the
number. One moderator alone still brings none of 5 back that another took away: the one who revoked
does not restore, and whoever confirms says of the goods alone that they are the same.
"""

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.accounts.models import User
from shop.certification.deadlines import needs_second
from shop.certification.goods import Goods, goods_now, speaks_of
from shop.certification.models import (
    Certificate,
    CertificateRuling,
    CertificateStatus,
    RulingKind,
)
from shop.certification.operations.cases import decide, refuse_taken, tell
from shop.certification.operations.rulings import keep, need
from shop.certification.operations.turns import open_in_turn
from shop.certification.queries.conflicts import HOLDING
from shop.core import audit, clock
from shop.core.db import db, transaction
from shop.core.errors import Forbidden, WrongState

PRODUCT_TAKEN = lazy_gettext("The product has another verified certificate by now.")
GOODS_CHANGED = lazy_gettext("The goods were changed meanwhile. Please look at them again.")


def restore_certificate(moderator: User, certificate_id: int, *, words: str) -> bool:
    """Take a revocation back: the stars show again while the certificate stands.

    Returns False when the goods have changed meanwhile: the stars wait until somebody confirms
    that it covers them. Raises WrongState when its code, its row of the list or its product serve
    another by now, Forbidden for 5 stars that the same moderator has revoked.
    """
    need(words)
    with transaction():
        certificate, _ = open_in_turn(moderator, certificate_id)
        _refuse_revoker(moderator, certificate)
        goods = goods_now(certificate.product_id)
        is_same = speaks_of(certificate, goods)
        _come_back(certificate, CertificateStatus.REVOKED, is_live=is_same)
        ruling = CertificateRuling(kind=RulingKind.RESTORED, words=words)
        keep(moderator, certificate, ruling, data={})
        if is_same:
            tell(certificate, "restored", key=f"restored:{ruling.id}", words=words)
            return True
        said = f"{certificate.product_name} → {goods.name if goods else '?'}"
        audit.record("certificate.withheld", certificate, {"words": said}, public=True)
        tell(certificate, "withheld", key=f"withheld:{ruling.id}")
    return False


def confirm_certificate(
    moderator: User, certificate_id: int, *, words: str, seen: Goods | None
) -> None:
    """Say that a withheld certificate covers the goods as they are now; its stars show again.

    `seen` are the goods as the moderator read them; raises WrongState when they are others by now.
    """
    need(words)
    with transaction():
        certificate, _ = open_in_turn(moderator, certificate_id)
        if seen != goods_now(certificate.product_id):
            raise WrongState(GOODS_CHANGED)
        _come_back(certificate, CertificateStatus.WITHHELD, is_live=True)
        audit.record("certificate.confirmed", certificate, {"words": words}, public=True)
        tell(certificate, "restored", key=f"confirmed:{clock.now():%Y%m%d%H%M%S}", words=words)


def _refuse_revoker(moderator: User, certificate: Certificate) -> None:
    """Let 5 stars, which two have lit, come back by another hand than took them away."""
    last = (
        select(CertificateRuling.made_by_id)
        .where(
            CertificateRuling.certificate_id == certificate.id,
            CertificateRuling.kind == RulingKind.REVOKED,
        )
        .order_by(CertificateRuling.id.desc())
        .limit(1)
    )
    if needs_second(certificate.stars) and db.session.scalar(last) == moderator.id:
        raise Forbidden(
            lazy_gettext("You have revoked these 5 stars, so a colleague has to restore them.")
        )


def _come_back(certificate: Certificate, came_from: CertificateStatus, *, is_live: bool) -> None:
    """Let the certificate count again, or hold its place withheld, if nothing has taken it."""
    if certificate.status != came_from:
        raise WrongState
    other = select(Certificate.id).where(
        Certificate.product_id == certificate.product_id,
        Certificate.id != certificate.id,
        Certificate.status.in_(HOLDING),
    )
    if db.session.scalar(other.limit(1)):
        raise WrongState(PRODUCT_TAKEN)
    refuse_taken(certificate)
    decide(
        certificate,
        CertificateStatus.VERIFIED if is_live else CertificateStatus.WITHHELD,
        came_from=came_from,
        decided_at=certificate.decided_at,
        revoked_at=None,
        reason="",
    )
