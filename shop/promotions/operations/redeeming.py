"""Using a voucher and giving the use back: counted once each, whoever meets whom."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from flask_babel import lazy_gettext
from sqlalchemy import func, select, update

from shop.core import clock
from shop.core.db import change, db
from shop.core.errors import ShopError
from shop.promotions.discounts import Use
from shop.promotions.models import Redemption, RedemptionPart, Voucher


class VoucherGone(ShopError):
    """A voucher that was shown as applied can no longer be used; nothing was ordered."""

    code = "voucher_gone"
    message = lazy_gettext(
        "A voucher can no longer be used: somebody was faster, or it has ended. "
        "Please check the new total."
    )


class PlacedOrder(Protocol):
    """The order that uses vouchers."""

    id: Any
    buyer_id: Any


def redeem(uses: Sequence[Use], order: PlacedOrder, parts: Mapping[int, int]) -> None:
    """Count the uses of an order, in the transaction that makes it, or raise VoucherGone.

    `parts` are the ids of the stall orders by stall. The one conditional UPDATE keeps the quota;
    it also locks the voucher until the commit, so that the buyer's own uses are counted exactly.
    """
    for use in sorted(uses, key=lambda each: each.offer.voucher_id):
        _count(use.offer.voucher_id, order.buyer_id)
        redemption = Redemption(
            voucher_id=use.offer.voucher_id,
            order_id=order.id,
            buyer_id=order.buyer_id,
            discount_vnd=use.discount_vnd,
            redeemed_at=clock.now(),
        )
        db.session.add(redemption)
        db.session.flush()
        db.session.add_all(
            RedemptionPart(
                redemption_id=redemption.id,
                stall_order_id=parts[stall_id],
                discount_vnd=discount,
                floor_discount_vnd=floor,
            )
            for stall_id, (discount, floor) in use.parts.items()
        )
    db.session.flush()


def _count(voucher_id: int, buyer_id: int) -> None:
    today = clock.today()
    taken = change(
        update(Voucher)
        .where(
            Voucher.id == voucher_id,
            Voucher.redeemed < Voucher.quota,
            Voucher.starts_on <= today,
            Voucher.ends_on >= today,
        )
        .values(redeemed=Voucher.redeemed + 1)
    )
    if not taken:
        raise VoucherGone
    most = db.session.scalar(select(Voucher.per_buyer).where(Voucher.id == voucher_id)) or 0
    used = select(func.count()).where(
        Redemption.voucher_id == voucher_id,
        Redemption.buyer_id == buyer_id,
        Redemption.given_back_at.is_(None),
    )
    if (db.session.scalar(used) or 0) >= most:
        raise VoucherGone


def concerned(stall_order_id: int) -> dict[int, list[int]]:
    """Return the living uses that took something off a stall order, with all their stall orders.

    They are locked until the end of the transaction: whoever asks next sees what became of them.
    """
    here = select(RedemptionPart.redemption_id).where(
        RedemptionPart.stall_order_id == stall_order_id
    )
    locked = (
        select(Redemption.id)
        .where(Redemption.id.in_(here), Redemption.given_back_at.is_(None))
        .order_by(Redemption.id)
        .with_for_update()
    )
    ids = list(db.session.scalars(locked))
    rows = db.session.execute(
        select(RedemptionPart.redemption_id, RedemptionPart.stall_order_id).where(
            RedemptionPart.redemption_id.in_(ids)
        )
    )
    found: dict[int, list[int]] = defaultdict(list)
    for redemption_id, part_id in rows:
        found[redemption_id].append(part_id)
    return found


def give_back(redemption_id: int) -> bool:
    """Give a use back to its voucher, once; False when it was given back before."""
    given = change(
        update(Redemption)
        .where(Redemption.id == redemption_id, Redemption.given_back_at.is_(None))
        .values(given_back_at=clock.now())
    )
    if given:
        of = select(Redemption.voucher_id).where(Redemption.id == redemption_id)
        change(
            update(Voucher)
            .where(Voucher.id == of.scalar_subquery())
            .values(redeemed=Voucher.redeemed - 1)
        )
    return bool(given)


def take_again(stall_order_id: int) -> None:
    """Count the uses of a stall order once more, when a cancelled part is revived.

    Raises VoucherGone when the quota is used up meanwhile; the buyer's own limit was kept when
    she ordered and is not asked again.
    """
    here = select(RedemptionPart.redemption_id).where(
        RedemptionPart.stall_order_id == stall_order_id
    )
    ended = select(Redemption).where(Redemption.id.in_(here), Redemption.given_back_at.is_not(None))
    for redemption in db.session.scalars(ended.order_by(Redemption.id).with_for_update()):
        taken = change(
            update(Voucher)
            .where(Voucher.id == redemption.voucher_id, Voucher.redeemed < Voucher.quota)
            .values(redeemed=Voucher.redeemed + 1)
        )
        if not taken:
            raise VoucherGone
        redemption.given_back_at = None
    db.session.flush()
