"""Keeping what a pack costs: its price breaks, and the record of every list price it had."""

from collections.abc import Sequence

from sqlalchemy import delete

from shop.catalogue.models import PriceChange, PriceTier, Sku
from shop.catalogue.queries.prices import tiers_of
from shop.catalogue.tiers import Tier, fault_of
from shop.core import audit, clock
from shop.core.db import change, db
from shop.core.errors import InvalidInput
from shop.core.settings import discount_limit_bp


def note_price(sku: Sku) -> None:
    """Write down the list price that a pack has from now on, in the transaction that sets it."""
    db.session.add(PriceChange(sku_id=sku.id, price_vnd=sku.price_vnd, at=clock.now()))


def check_tiers(price_vnd: int, tiers: Sequence[Tier]) -> None:
    """Raise InvalidInput for price breaks that a pack of this price cannot have."""
    fault = fault_of(price_vnd, tiers, discount_limit_bp())
    if fault:
        raise InvalidInput(fault, "from_1")


def set_tiers(sku: Sku, tiers: Sequence[Tier]) -> None:
    """Let a pack have these price breaks, in the transaction of the caller, who has checked them.

    Orders already placed keep their price.
    """
    before, after = list(tiers_of([sku.id]).get(sku.id, ())), sorted(tiers)
    if before == after:
        return
    change(delete(PriceTier).where(PriceTier.sku_id == sku.id))
    db.session.add_all(PriceTier(sku_id=sku.id, **tier._asdict()) for tier in after)
    db.session.flush()
    audit.record(
        "sku.tiers_changed",
        sku,
        {"tiers": {"before": [list(each) for each in before], "after": [list(e) for e in after]}},
    )
