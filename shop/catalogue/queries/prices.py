"""What packs cost in larger quantities, and what they have cost."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, exists, select

from shop.catalogue.models import PriceChange, PriceTier, Sku
from shop.catalogue.price_history import WINDOW, Price, former_price
from shop.catalogue.tiers import Tier
from shop.core import clock
from shop.core.db import db


def tiers_of(sku_ids: Iterable[int]) -> dict[int, tuple[Tier, ...]]:
    """Return the price breaks of those of these packs that have any, smallest quantity first."""
    rows = db.session.execute(
        select(PriceTier.sku_id, PriceTier.from_quantity, PriceTier.price_vnd)
        .where(PriceTier.sku_id.in_(set(sku_ids)))
        .order_by(PriceTier.sku_id, PriceTier.from_quantity)
    )
    found: dict[int, tuple[Tier, ...]] = {}
    for sku_id, from_quantity, price_vnd in rows:
        found[sku_id] = (*found.get(sku_id, ()), Tier(from_quantity, price_vnd))
    return found


def has_new_price() -> ColumnElement[bool]:
    """Return the condition that a pack's price is younger than the window, and another older.

    Others have no former price, so that their record need not be read.
    """
    opens = clock.now() - WINDOW
    own = PriceChange.sku_id == Sku.id
    return and_(
        exists().where(own, PriceChange.at > opens), exists().where(own, PriceChange.at <= opens)
    )


def former_prices(sku_ids: Iterable[int]) -> dict[int, int]:
    """Return the struck-through price of those of these packs that may show one; one query."""
    wanted = set(sku_ids)
    if not wanted:
        return {}
    rows = db.session.execute(
        select(PriceChange.sku_id, PriceChange.at, PriceChange.price_vnd)
        .where(PriceChange.sku_id.in_(wanted))
        .order_by(PriceChange.sku_id, PriceChange.id)
    )
    histories: dict[int, list[Price]] = defaultdict(list)
    for sku_id, at, price_vnd in rows:
        histories[sku_id].append(Price(at, price_vnd))
    moment = clock.now()
    told = {number: former_price(history, moment) for number, history in histories.items()}
    return {number: price for number, price in told.items() if price is not None}
