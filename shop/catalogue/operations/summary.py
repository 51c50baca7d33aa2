"""What a listing tells of its packs: the lowest price, the lowest unit price, whether any is left.

Readers filter and sort by these columns, so they are written in the transaction that changes a
pack or its stock.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, select, update

from shop.catalogue.models import Product, Sku
from shop.core.db import db
from shop.core.money import unit_price_vnd


class Summary(NamedTuple):
    """What a listing tells of its packs; no prices while none of them is sold."""

    price_from_vnd: int | None
    unit_price_vnd: int | None
    is_in_stock: bool


def refresh_summary(product_id: int) -> None:
    """Write what a listing tells of its packs, from the packs as they are now."""
    refresh_summaries((product_id,))


def refresh_summaries(product_ids: Iterable[int]) -> None:
    """Do the same for several listings, locked in the order of their ids.

    An order over several listings calls this once, after all its packs: two orders that touch
    the same listings then never wait for each other in a ring.
    """
    wanted = sorted(set(product_ids))
    if not wanted:
        return
    db.session.flush()
    db.session.execute(
        select(Product.id).where(Product.id.in_(wanted)).order_by(Product.id).with_for_update()
    ).all()
    packs: dict[int, list[Row[Any]]] = {product_id: [] for product_id in wanted}
    for row in db.session.execute(_packs_of(wanted)):
        packs[row.product_id].append(row)
    for product_id, rows in packs.items():
        db.session.execute(
            update(Product).where(Product.id == product_id).values(summarise(rows)._asdict())
        )


def _packs_of(product_ids: Sequence[int]) -> Any:
    return select(
        Sku.product_id, Sku.price_vnd, Sku.net_quantity, Sku.unit, Sku.on_hand, Sku.held
    ).where(Sku.product_id.in_(product_ids), Sku.is_active)


def summarise(packs: Sequence[Any]) -> Summary:
    """Return what active packs come to; unit prices are per kilogram, litre or piece."""
    if not packs:
        return Summary(None, None, is_in_stock=False)
    return Summary(
        min(pack.price_vnd for pack in packs),
        min(unit_price_vnd(pack.price_vnd, pack.net_quantity, pack.unit.per) for pack in packs),
        any(pack.on_hand > pack.held for pack in packs),
    )
