"""What vouchers take off the goods of a cart; pure, told in docs/pricing.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import lazy_gettext

from shop.catalogue.queries.sellable import SellableSku
from shop.core.errors import Words
from shop.core.money import BASIS_POINTS, format_vnd, percent_of, split_pro_rata


@dataclass(frozen=True)
class Offer:
    """A voucher as somebody would use it now; `refusal` says why she cannot, whatever she buys.

    A voucher of the floor has no `stall_id`. `stall_ids` are the stalls that take part in it, all
    of them when it is None; an empty choice of product sets is all goods.
    """

    voucher_id: int
    code: str
    stall_id: int | None = None
    amount_vnd: int | None = None
    percent_bp: int | None = None
    cap_vnd: int | None = None
    minimum_vnd: int = 0
    product_sets: frozenset[int] = frozenset()
    floor_share_bp: int = 0
    stall_ids: frozenset[int] | None = None
    refusal: Words | None = None


@dataclass(frozen=True)
class Goods:
    """A line of a cart: what it costs at its list price, and what it costs after its tier."""

    stall_id: int
    product_set: int
    list_vnd: int
    total_vnd: int


def goods_of(sku: SellableSku, quantity: int) -> Goods:
    """Return so many pieces of a pack as vouchers see them."""
    total = sku.price_for(quantity) * quantity
    return Goods(sku.stall_id, sku.product_set, sku.price_vnd * quantity, total)


@dataclass(frozen=True)
class Use:
    """A voucher that takes something off: how much, and per stall the discount and the floor's."""

    offer: Offer
    discount_vnd: int
    parts: Mapping[int, tuple[int, int]]


@dataclass(frozen=True)
class Discounts:
    """What comes off each line in all and at the floor's cost, by which vouchers, and why not."""

    lines: Sequence[tuple[int, int]] = ()
    uses: Sequence[Use] = ()
    refusals: Sequence[tuple[Offer, Words]] = ()

    @property
    def total_vnd(self) -> int:
        """Return what comes off in all."""
        return sum(discount for discount, _ in self.lines)


@dataclass
class _Taken:
    """What has been taken off so far, line by line."""

    goods: Sequence[Goods]
    limit_bp: int
    discount: list[int] = field(default_factory=list)
    floor: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.discount = [0] * len(self.goods)
        self.floor = [0] * len(self.goods)

    def room(self, index: int) -> int:
        """Return how much may still come off a line: its tier and vouchers count together."""
        line = self.goods[index]
        most = line.list_vnd * self.limit_bp // BASIS_POINTS
        return max(0, most - (line.list_vnd - line.total_vnd) - self.discount[index])


def discounts(goods: Sequence[Goods], offers: Sequence[Offer], limit_bp: int) -> Discounts:
    """Let vouchers take off what they grant: those of stalls first, then the floor's.

    One voucher per stall and one of the floor; each is divided over its lines by what may still
    come off them, by largest remainder.
    """
    taken, uses, refusals = _Taken(goods, limit_bp), list[Use](), list[tuple[Offer, Words]]()
    seen = set[int | None]()
    for offer in sorted(offers, key=lambda each: (each.stall_id is None, each.voucher_id)):
        found = _apply(offer, taken) if offer.stall_id not in seen else _one_only()
        if isinstance(found, Use):
            seen.add(offer.stall_id)
            uses.append(found)
        else:
            refusals.append((offer, found))
    lines = tuple(zip(taken.discount, taken.floor, strict=True))
    return Discounts(lines, tuple(uses), tuple(refusals))


def _one_only() -> Words:
    return lazy_gettext("Only one voucher of a stall, and one of the floor, per order.")


def _apply(offer: Offer, taken: _Taken) -> Use | Words:
    under = [index for index, line in enumerate(taken.goods) if _falls_under(offer, line)]
    if why := offer.refusal or _refusal(offer, [taken.goods[index] for index in under]):
        return why
    left = sum(taken.goods[index].total_vnd - taken.discount[index] for index in under)
    room = [taken.room(index) for index in under]
    amount = min(_granted(offer, left), sum(room))
    if amount <= 0:
        return lazy_gettext("As much has come off these goods already as the law allows.")
    parts = split_pro_rata(amount, room)
    borne = split_pro_rata(percent_of(amount, offer.floor_share_bp), parts)
    by_stall: dict[int, tuple[int, int]] = {}
    for index, part, floor in zip(under, parts, borne, strict=True):
        taken.discount[index] += part
        taken.floor[index] += floor
        before = by_stall.get(taken.goods[index].stall_id, (0, 0))
        by_stall[taken.goods[index].stall_id] = (before[0] + part, before[1] + floor)
    return Use(offer, amount, {stall: sums for stall, sums in by_stall.items() if sums[0]})


def _falls_under(offer: Offer, line: Goods) -> bool:
    if offer.stall_id is not None and line.stall_id != offer.stall_id:
        return False
    if offer.stall_ids is not None and line.stall_id not in offer.stall_ids:
        return False
    return not offer.product_sets or line.product_set in offer.product_sets


def _refusal(offer: Offer, goods: Sequence[Goods]) -> Words | None:
    if not goods:
        return lazy_gettext("Nothing in your cart falls under it.")
    total = sum(line.total_vnd for line in goods)
    if total < offer.minimum_vnd:
        return lazy_gettext(
            "It holds from %(minimum)s of goods on; yours come to %(total)s.",
            minimum=format_vnd(offer.minimum_vnd),
            total=format_vnd(total),
        )
    return None


def _granted(offer: Offer, goods_vnd: int) -> int:
    if offer.amount_vnd is not None:
        return min(offer.amount_vnd, goods_vnd)
    granted = percent_of(goods_vnd, offer.percent_bp or 0)
    return granted if offer.cap_vnd is None else min(granted, offer.cap_vnd)
