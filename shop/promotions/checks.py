"""What must hold of vouchers and prices after any crash and any race, a line for each fault."""

from flask_babel import lazy_gettext
from sqlalchemy import and_, func, or_, select

from shop.core.db import db
from shop.core.invariants import invariant
from shop.promotions.models import Redemption, RedemptionPart, Voucher


@invariant(2, lazy_gettext("Each voucher counts exactly the uses that were not given back"))
def check_vouchers() -> list[str]:
    """Return a line for every voucher whose count, quota or limit its uses do not fit."""
    uses = func.count(Redemption.id)
    counted = (
        select(Voucher.code)
        .outerjoin(
            Redemption,
            and_(Redemption.voucher_id == Voucher.id, Redemption.given_back_at.is_(None)),
        )
        .group_by(Voucher.id, Voucher.code, Voucher.redeemed, Voucher.quota)
        .having(or_(uses != Voucher.redeemed, uses > Voucher.quota))
        .order_by(Voucher.id)
    )
    return [f"{code}: its uses are not what it counts" for code in db.session.scalars(counted)]


@invariant(2, lazy_gettext("What a voucher took off is the sum of what it took off each part"))
def check_redemptions() -> list[str]:
    """Return a line for every use whose parts do not come to it."""
    parts = func.coalesce(func.sum(RedemptionPart.discount_vnd), 0)
    wrong = (
        select(Redemption.id)
        .outerjoin(RedemptionPart, RedemptionPart.redemption_id == Redemption.id)
        .group_by(Redemption.id, Redemption.discount_vnd)
        .having(parts != Redemption.discount_vnd)
        .order_by(Redemption.id)
    )
    return [f"voucher_redemptions {number}" for number in db.session.scalars(wrong)]
