"""What a listing tells of its packs: the lowest price, the lowest unit price, whether any is left.

Readers filter and sort by these columns, so they are written in the transaction that changes a
pack or its stock: at its end, in the order of ids, so that two orders which touch the same
listings never wait for each other in a ring.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, event, select, update
from sqlalchemy.orm import Session, SessionTransaction

from shop.catalogue.models import Product, Sku, Unit
from shop.core.db import db
from shop.core.money import unit_price_vnd

STALE = "stale_summaries"


class Summary(NamedTuple):
    """What a listing tells of its packs; no prices while none of them is sold."""

    price_from_vnd: int | None
    unit_price_vnd: int | None
    is_in_stock: bool


def refresh_summary(product_id: int) -> None:
    """Have the listing tell of its packs as they are when the present transaction commits."""
    db.session().info.setdefault(STALE, set()).add(product_id)


def refresh_summaries(product_ids: Iterable[int]) -> None:
    """Write what listings tell of their packs now, locked in the order of their ids."""
    wanted = sorted(set(product_ids))
    db.session.flush()
    listings = select(Product.id).where(Product.id.in_(wanted)).order_by(Product.id)
    # Not the full lock: rows that refer to the listing, such as order lines, may be written.
    db.session.execute(listings.with_for_update(key_share=True)).all()
    packs: dict[int, list[Any]] = {product_id: [] for product_id in wanted}
    for row in db.session.execute(_packs_of(wanted)):
        packs[row.product_id].append(row)
    for product_id, rows in packs.items():
        db.session.execute(
            update(Product).where(Product.id == product_id).values(summarise(rows)._asdict())
        )


def summarise(packs: Sequence[Any]) -> Summary:
    """Return what active packs come to; unit prices are per kilogram, litre or piece."""
    if not packs:
        return Summary(None, None, is_in_stock=False)
    return Summary(
        min(pack.price_vnd for pack in packs),
        min(unit_price_vnd(pack.price_vnd, pack.net_quantity, pack.unit.per) for pack in packs),
        any(pack.on_hand > pack.held for pack in packs),
    )


def _packs_of(product_ids: Sequence[int]) -> Select[int, int, int, Unit, int, int]:
    return select(
        Sku.product_id, Sku.price_vnd, Sku.net_quantity, Sku.unit, Sku.on_hand, Sku.held
    ).where(Sku.product_id.in_(product_ids), Sku.is_active)


def _before_commit(session: Session) -> None:
    if session.in_nested_transaction():
        return
    if stale := session.info.pop(STALE, None):
        refresh_summaries(stale)


def _after_rollback(session: Session, ended: SessionTransaction) -> None:
    """Forget what the whole transaction made stale; a savepoint undoes only what came after it."""
    if ended.parent is None:
        session.info.pop(STALE, None)


event.listen(db.session, "before_commit", _before_commit)
event.listen(db.session, "after_soft_rollback", _after_rollback)
