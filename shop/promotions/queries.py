"""Vouchers as carts, checkouts and the pages of their givers read them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select

from shop.core import clock
from shop.core.db import db
from shop.core.errors import NotFound
from shop.promotions.discounts import Offer
from shop.promotions.models import Redemption, Voucher, VoucherStall
from shop.promotions.standing import Standing, refusal, standing, tidy_code
from shop.web.paging import Page

PAGE_SIZE = 20
MOST_SHOWN = 6


@dataclass(frozen=True)
class Row:
    """A voucher in the list of its giver: where it stands, what it has cost, who takes part."""

    voucher: Voucher
    standing: Standing
    discount_vnd: int = 0
    stalls: int = 0
    is_joined: bool = False


def offers_of(voucher_ids: Iterable[int], buyer_id: int | None) -> list[Offer]:
    """Return vouchers as a buyer would use them now, with what refuses them; three queries."""
    wanted = set(voucher_ids)
    if not wanted:
        return []
    used = _uses_of(wanted, buyer_id)
    stalls = _joined(wanted)
    found = db.session.scalars(
        select(Voucher)
        .where(Voucher.id.in_(wanted))
        .order_by(Voucher.id)
        .execution_options(populate_existing=True)
    )
    return [_offer(each, used.get(each.id, 0), stalls[each.id]) for each in found]


def _offer(voucher: Voucher, used: int, stall_ids: frozenset[int]) -> Offer:
    return Offer(
        voucher_id=voucher.id,
        code=voucher.code,
        stall_id=voucher.stall_id,
        amount_vnd=voucher.amount_vnd,
        percent_bp=voucher.percent_bp,
        cap_vnd=voucher.cap_vnd,
        minimum_vnd=voucher.minimum_vnd,
        product_sets=frozenset(voucher.product_sets),
        floor_share_bp=voucher.floor_share_bp,
        stall_ids=stall_ids if voucher.needs_joining else None,
        refusal=refusal(voucher, clock.today(), used),
    )


def _uses_of(voucher_ids: set[int], buyer_id: int | None) -> dict[int, int]:
    if buyer_id is None:
        return {}
    rows = db.session.execute(
        select(Redemption.voucher_id, func.count())
        .where(
            Redemption.voucher_id.in_(voucher_ids),
            Redemption.buyer_id == buyer_id,
            Redemption.given_back_at.is_(None),
        )
        .group_by(Redemption.voucher_id)
    )
    return dict(rows.all())


def _joined(voucher_ids: set[int]) -> defaultdict[int, frozenset[int]]:
    rows = db.session.execute(
        select(VoucherStall.voucher_id, VoucherStall.stall_id).where(
            VoucherStall.voucher_id.in_(voucher_ids)
        )
    )
    found: defaultdict[int, frozenset[int]] = defaultdict(frozenset)
    for voucher_id, stall_id in rows:
        found[voucher_id] |= {stall_id}
    return found


def by_code(text: str) -> Voucher | None:
    """Return the voucher of a typed code."""
    return db.session.scalar(select(Voucher).where(Voucher.code == tidy_code(text)))


def voucher_of(stall_id: int | None, voucher_id: int) -> Voucher:
    """Return a voucher of a stall, or of the floor for None; raise NotFound for another's."""
    own = Voucher.stall_id.is_(None) if stall_id is None else Voucher.stall_id == stall_id
    found = db.session.scalar(select(Voucher).where(Voucher.id == voucher_id, own))
    if found is None:
        raise NotFound
    return found


def page_of_vouchers(stall_id: int | None, number: int) -> Page[Row]:
    """Return one page of the vouchers of a stall, or of the floor for None, the newest first."""
    own = Voucher.stall_id.is_(None) if stall_id is None else Voucher.stall_id == stall_id
    total = db.session.scalar(select(func.count()).select_from(Voucher).where(own)) or 0
    wanted = select(Voucher).where(own).order_by(Voucher.id.desc())
    rows = _rows(wanted.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))
    return Page(rows, number, PAGE_SIZE, total)


def row_of(voucher: Voucher) -> Row:
    """Return one voucher with what it has cost."""
    [row] = _rows(select(Voucher).where(Voucher.id == voucher.id))
    return row


def joinable(stall_id: int) -> list[Row]:
    """Return the vouchers of the floor, coming or live, whose cost a stall may agree to share."""
    wanted = (
        select(Voucher)
        .where(
            Voucher.stall_id.is_(None),
            Voucher.floor_share_bp < 10_000,
            Voucher.ends_on >= clock.today(),
        )
        .order_by(Voucher.ends_on, Voucher.id)
    )
    return _rows(wanted, stall_id)


def _rows(wanted: Select[Voucher], stall_id: int | None = None) -> list[Row]:
    vouchers = list(db.session.scalars(wanted))
    ids = {voucher.id for voucher in vouchers}
    spent = dict(
        db.session.execute(
            select(Redemption.voucher_id, func.sum(Redemption.discount_vnd))
            .where(Redemption.voucher_id.in_(ids), Redemption.given_back_at.is_(None))
            .group_by(Redemption.voucher_id)
        ).all()
    )
    joined = _joined(ids)
    today = clock.today()
    return [
        Row(
            each,
            standing(each, today),
            int(spent.get(each.id) or 0),
            len(joined[each.id]),
            is_joined=stall_id in joined[each.id],
        )
        for each in vouchers
    ]


def live_for(stall_id: int, product_set: int) -> Sequence[Voucher]:
    """Return the vouchers that somebody who buys such goods of a stall can use today."""
    today = clock.today()
    joined = select(VoucherStall.voucher_id).where(VoucherStall.stall_id == stall_id)
    found = db.session.scalars(
        select(Voucher)
        .where(
            or_(Voucher.stall_id == stall_id, Voucher.stall_id.is_(None)),
            or_(
                Voucher.stall_id.is_not(None),
                Voucher.floor_share_bp == 10_000,
                Voucher.id.in_(joined),
            ),
            Voucher.starts_on <= today,
            Voucher.ends_on >= today,
            Voucher.redeemed < Voucher.quota,
        )
        .order_by(Voucher.stall_id.is_(None), Voucher.ends_on, Voucher.id)
    )
    fitting = (each for each in found if not each.product_sets or product_set in each.product_sets)
    return list(fitting)[:MOST_SHOWN]
