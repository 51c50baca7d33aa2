"""What must hold of goods and their stock after any crash and any race, a line for each fault."""

from itertools import groupby
from operator import attrgetter
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import Subquery, case, func, or_, select

from shop.catalogue.models import (
    HoldStatus,
    PriceChange,
    Product,
    ProductStatus,
    Sku,
    StockHold,
    StockMovement,
)
from shop.catalogue.operations.summary import Summary, summarise
from shop.core.db import db
from shop.core.invariants import invariant, unprotected, unrecorded

OUTCOMES = {
    "product.created": ProductStatus.DRAFT,
    "product.withdrawn": ProductStatus.DRAFT,
    "product.submitted": ProductStatus.SUBMITTED,
    "product.returned": ProductStatus.RETURNED,
    "product.published": ProductStatus.PUBLISHED,
    "product.shown": ProductStatus.PUBLISHED,
    "product.hidden": ProductStatus.HIDDEN,
}


@invariant(1, lazy_gettext("The stock of each pack is the sum of its movements and its holds"))
def check_stock() -> list[str]:
    """Return a line for every pack whose numbers are not what its journal and holds come to."""
    moved, holds = _moved(), _holds()
    sums = {
        "on_hand": (Sku.on_hand, moved.c.on_hand),
        "held": (Sku.held, moved.c.held),
        "committed": (Sku.committed, moved.c.committed),
        "holds": (Sku.held, holds.c.held),
        "set_aside": (Sku.committed, holds.c.committed),
    }
    faults = {name: told != func.coalesce(come, 0) for name, (told, come) in sums.items()}
    faults["available"] = Sku.on_hand < Sku.held
    rows = db.session.execute(
        select(Sku.id, *(fault.label(name) for name, fault in faults.items()))
        .outerjoin(moved, moved.c.sku_id == Sku.id)
        .outerjoin(holds, holds.c.sku_id == Sku.id)
        .where(or_(*faults.values()))
        .order_by(Sku.id)
    ).mappings()
    return [f"sku {row['id']}: {', '.join(name for name in faults if row[name])}" for row in rows]


def _moved() -> Subquery:
    return (
        select(
            StockMovement.sku_id,
            func.sum(StockMovement.on_hand_delta).label("on_hand"),
            func.sum(StockMovement.held_delta).label("held"),
            func.sum(StockMovement.committed_delta).label("committed"),
        )
        .group_by(StockMovement.sku_id)
        .subquery()
    )


def _holds() -> Subquery:
    def pieces(status: HoldStatus) -> Any:
        return func.sum(case((StockHold.status == status, StockHold.quantity), else_=0))

    return (
        select(
            StockHold.sku_id,
            pieces(HoldStatus.ACTIVE).label("held"),
            pieces(HoldStatus.COMMITTED).label("committed"),
        )
        .group_by(StockHold.sku_id)
        .subquery()
    )


@invariant(1, lazy_gettext("Each listing tells the price and the stock that its packs have"))
def check_summaries() -> list[str]:
    """Return a line for every listing by whose price or stock buyers would be misled."""
    packs = db.session.execute(
        select(Sku.product_id, Sku.price_vnd, Sku.net_quantity, Sku.unit, Sku.on_hand, Sku.held)
        .where(Sku.is_active)
        .order_by(Sku.product_id)
    )
    true = {
        product_id: summarise(list(rows))
        for product_id, rows in groupby(packs, key=attrgetter("product_id"))
    }
    nothing = summarise([])
    told = db.session.execute(
        select(Product.id, *(getattr(Product, name) for name in Summary._fields))
    )
    return [
        f"product {number}: {', '.join(differing)}"
        for number, *values in told
        if (differing := _differing(values, true.get(number, nothing)))
    ]


def _differing(told: list[Any], true: Summary) -> list[str]:
    return [name for name, is_, was in zip(Summary._fields, true, told, strict=True) if is_ != was]


@invariant(7, lazy_gettext("Each listing stands where its record says"))
def check_product_records() -> list[str]:
    """Return a line for every listing whose status its last move does not explain."""
    return unrecorded(Product, {action: status.value for action, status in OUTCOMES.items()})


@invariant(7, lazy_gettext("No movement of stock can be changed or deleted"))
def check_movements_are_append_only() -> list[str]:
    """Return a line for every way in which the journal of stock could be rewritten."""
    return unprotected(StockMovement)


@invariant(7, lazy_gettext("No price of the past can be changed or deleted"))
def check_prices_are_append_only() -> list[str]:
    """Return a line for every way in which the record of prices could be rewritten."""
    return unprotected(PriceChange)


@invariant(1, lazy_gettext("Each pack costs what the last row of its record of prices says"))
def check_prices() -> list[str]:
    """Return a line for every pack whose record of prices does not end at its price."""
    last = (
        select(PriceChange.sku_id, func.max(PriceChange.id).label("id"))
        .group_by(PriceChange.sku_id)
        .subquery()
    )
    wrong = (
        select(Sku.id)
        .outerjoin(last, last.c.sku_id == Sku.id)
        .outerjoin(PriceChange, PriceChange.id == last.c.id)
        .where(func.coalesce(PriceChange.price_vnd, 0) != Sku.price_vnd)
        .order_by(Sku.id)
    )
    return [f"sku {number}: its price has no record" for number in db.session.scalars(wrong)]
