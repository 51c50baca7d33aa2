"""The price of a whole cart, from what the database says now; pure, told in docs/pricing.md."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from shop.catalogue.queries.sellable import SellableSku
from shop.core.errors import Words
from shop.core.money import BASIS_POINTS
from shop.orders.operations import PricedLine, PricedStallOrder
from shop.promotions.discounts import Offer, Use, discounts, goods_of
from shop.shipping.fees import FeeTable, delivery_fee

Wanted = Sequence[tuple[SellableSku, int]]


@dataclass(frozen=True)
class Quote:
    """What the buyer is shown before the button: every stall's part and the sum of all.

    `uses` are the vouchers that take something off, `refusals` say why others do not.
    """

    stall_orders: Sequence[PricedStallOrder]
    uses: Sequence[Use] = ()
    refusals: Sequence[tuple[Offer, Words]] = ()

    @property
    def goods_vnd(self) -> int:
        """Return the sum of all goods."""
        return sum(part.goods_vnd for part in self.stall_orders)

    @property
    def delivery_vnd(self) -> int:
        """Return the sum of all delivery fees."""
        return sum(part.delivery_vnd for part in self.stall_orders)

    @property
    def discount_vnd(self) -> int:
        """Return what vouchers take off in all."""
        return sum(part.discount_vnd for part in self.stall_orders)

    @property
    def total_vnd(self) -> int:
        """Return what the buyer pays in all."""
        return self.goods_vnd + self.delivery_vnd - self.discount_vnd

    @property
    def digest(self) -> str:
        """Return a fingerprint of all that was shown; the order must match what the buyer saw."""
        shown = [
            [
                part.stall_id,
                part.delivery_vnd,
                sorted(_seen(line) for line in part.lines),
            ]
            for part in self.stall_orders
        ]
        vouchers = sorted([use.offer.code, use.discount_vnd] for use in self.uses)
        text = json.dumps([sorted(shown), vouchers])
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def _seen(line: PricedLine) -> list[int | str]:
    """Return what a buyer reads of a line: which pack, what is in it, how many, at what price."""
    sku = line.sku
    unit = str(sku.unit)
    sizes: list[int | str] = [sku.sku_id, sku.label, sku.net_quantity, unit, line.quantity]
    return [*sizes, line.unit_price_vnd, line.discount_vnd]


def quote(
    wanted: Wanted,
    tables: Mapping[int, FeeTable],
    buyer_province: str,
    *,
    offers: Sequence[Offer] = (),
    limit_bp: int = BASIS_POINTS // 2,
) -> Quote:
    """Price a cart for delivery to a province: lines by tier, vouchers, then one fee per stall."""
    priced = [PricedLine(sku, count, sku.price_for(count)) for sku, count in wanted]
    off = discounts([goods_of(line.sku, line.quantity) for line in priced], offers, limit_bp)
    by_stall: dict[int, list[PricedLine]] = {}
    for line, (discount, floor) in zip(priced, off.lines, strict=True):
        less = replace(line, discount_vnd=discount, floor_discount_vnd=floor)
        by_stall.setdefault(line.sku.stall_id, []).append(less)
    parts = (
        _stall_part(lines, tables[stall_id], buyer_province)
        for stall_id, lines in sorted(by_stall.items())
    )
    return Quote(tuple(parts), off.uses, off.refusals)


def _stall_part(
    lines: Sequence[PricedLine], table: FeeTable, buyer_province: str
) -> PricedStallOrder:
    first = lines[0].sku
    fee = delivery_fee(
        table,
        goods_vnd=sum(line.total_vnd for line in lines),
        stall_province=first.stall_province_code,
        buyer_province=buyer_province,
    )
    return PricedStallOrder(first.stall_id, first.stall_name, first.stall_slug, tuple(lines), fee)
