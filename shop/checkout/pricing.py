"""The price of a whole cart, from what the database says now; pure, told in docs/pricing.md."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shop.catalogue.queries.sellable import SellableSku
from shop.orders.operations import PricedLine, PricedStallOrder
from shop.shipping.fees import FeeTable, delivery_fee

Wanted = Sequence[tuple[SellableSku, int]]


@dataclass(frozen=True)
class Quote:
    """What the buyer is shown before the button: every stall's part and the sum of all."""

    stall_orders: Sequence[PricedStallOrder]

    @property
    def goods_vnd(self) -> int:
        """Return the sum of all goods."""
        return sum(part.goods_vnd for part in self.stall_orders)

    @property
    def delivery_vnd(self) -> int:
        """Return the sum of all delivery fees."""
        return sum(part.delivery_vnd for part in self.stall_orders)

    @property
    def total_vnd(self) -> int:
        """Return what the buyer pays in all."""
        return self.goods_vnd + self.delivery_vnd

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
        return hashlib.sha256(json.dumps(sorted(shown)).encode()).hexdigest()[:32]


def _seen(line: PricedLine) -> list[int | str]:
    """Return what a buyer reads of a line: which pack, what is in it, how many, at what price."""
    sku = line.sku
    unit = str(sku.unit)
    return [sku.sku_id, sku.label, sku.net_quantity, unit, line.quantity, line.unit_price_vnd]


def quote(wanted: Wanted, tables: Mapping[int, FeeTable], buyer_province: str) -> Quote:
    """Price a cart for delivery to a province: lines, then one fee per stall, no rounding."""
    by_stall: dict[int, list[PricedLine]] = {}
    for sku, quantity in wanted:
        line = PricedLine(sku, quantity, sku.price_vnd)
        by_stall.setdefault(sku.stall_id, []).append(line)
    return Quote(
        tuple(
            _stall_part(lines, tables[stall_id], buyer_province)
            for stall_id, lines in sorted(by_stall.items())
        )
    )


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
