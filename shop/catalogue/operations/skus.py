"""Packs of a listing: their size, price and code. Stock itself moves in `stock`."""

from dataclasses import asdict, dataclass
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import func, select, update

from shop.catalogue import staging
from shop.catalogue.models import Product, ProductStatus, Sku, Unit
from shop.catalogue.operations import prices, stock
from shop.catalogue.operations.summary import refresh_summary
from shop.catalogue.tiers import Tier
from shop.core import audit
from shop.core.db import change, db, transaction
from shop.core.errors import InvalidInput, NotFound
from shop.stalls.models import Stall

MOST_PACKS = 20


@dataclass(frozen=True)
class Pack:
    """What a stall says of a pack; `net_quantity` counts base units, an empty code is given one.

    `tiers` are its price breaks for larger quantities.
    """

    label: str
    code: str
    net_quantity: int
    unit: Unit
    weight_g: int
    price_vnd: int
    is_active: bool = True
    tiers: tuple[Tier, ...] = ()


def add_pack(stall_id: int, product_id: int, pack: Pack, *, opening_stock: int = 0) -> Sku:
    """Add a pack to a listing, with what lies on the shelf today.

    Raises InvalidInput when the code is taken or the listing has enough packs.
    """
    with transaction():
        _lock_codes(stall_id)
        number = _owned(stall_id, product_id)
        if number >= MOST_PACKS:
            raise InvalidInput(lazy_gettext("A product can have at most 20 packs."), "label")
        values = _values(pack, pack.code or free_code(stall_id, product_id))
        _refuse_taken(stall_id, values["code"])
        prices.check_tiers(pack.price_vnd, pack.tiers)
        sku = Sku(stall_id=stall_id, product_id=product_id, position=number, **values)
        db.session.add(sku)
        db.session.flush()
        if opening_stock:
            stock.receive(sku.id, opening_stock, opening=True)
        prices.note_price(sku)
        prices.set_tiers(sku, pack.tiers)
        audit.record("sku.created", sku, _plain(values))
        _note_change(product_id)
    return sku


def edit_pack(stall_id: int, sku_id: int, pack: Pack) -> Sku:
    """Write a pack anew; a new price holds at once. Orders keep what they were placed at.

    Raises InvalidInput when the code is taken, or when it is the last pack on sale of a listing
    that buyers see.
    """
    with transaction():
        _lock_codes(stall_id)
        sku = stock.lock_skus([sku_id]).get(sku_id)
        if sku is None or sku.stall_id != stall_id:
            raise NotFound
        values = _values(pack, pack.code or sku.code)
        _refuse_taken(stall_id, values["code"], besides=sku_id)
        prices.check_tiers(pack.price_vnd, pack.tiers)
        if sku.is_active and not pack.is_active:
            _refuse_last(sku)
        _write(sku, values)
        prices.set_tiers(sku, pack.tiers)
    return sku


def _values(pack: Pack, code: str) -> dict[str, Any]:
    """Return what of a pack stands in its own row."""
    values = asdict(pack) | {"code": code}
    del values["tiers"]
    return values


def _write(sku: Sku, values: dict[str, Any]) -> None:
    before = {name: getattr(sku, name) for name in values}
    changes = {
        name: {"before": before[name], "after": values[name]}
        for name in values
        if before[name] != values[name]
    }
    if not changes:
        return
    for name in changes:
        setattr(sku, name, values[name])
    db.session.flush()
    if price := changes.pop("price_vnd", None):
        prices.note_price(sku)
        audit.record("sku.price_changed", sku, price)
    if changes:
        audit.record("sku.edited", sku, changes)
    _note_change(sku.product_id)


def free_code(stall_id: int, product_id: int) -> str:
    """Return a code that no pack of the stall has: the product's number and a letter or two."""
    taken = set(
        db.session.scalars(
            select(Sku.code).where(Sku.stall_id == stall_id, Sku.code.like(f"SP{product_id}-%"))
        )
    )
    return next(
        code
        for number in range(1, len(taken) + 2)
        if (code := f"SP{product_id}-{number}") not in taken
    )


def _lock_codes(stall_id: int) -> None:
    """Let one change of codes at a time through, so that two never take the same."""
    db.session.execute(
        select(Stall.id).where(Stall.id == stall_id).with_for_update(key_share=True)
    ).all()


def _refuse_taken(stall_id: int, code: str, *, besides: int | None = None) -> None:
    found = select(Sku.id).where(Sku.stall_id == stall_id, Sku.code == code)
    if db.session.scalar(found) not in {None, besides}:
        raise InvalidInput(lazy_gettext("Another pack of this stall has this code."), "code")


def _refuse_last(sku: Sku) -> None:
    status = db.session.scalar(select(Product.status).where(Product.id == sku.product_id))
    others = select(Sku.id).where(Sku.product_id == sku.product_id, Sku.is_active, Sku.id != sku.id)
    if status in staging.REVIEWED and db.session.scalar(others.limit(1)) is None:
        raise InvalidInput(
            lazy_gettext("This is the last pack on sale. Hide the product instead."), "is_active"
        )


def _owned(stall_id: int, product_id: int) -> int:
    """Return how many packs the stall's listing has; raise NotFound for another's."""
    owned = select(Product.id).where(Product.id == product_id, Product.stall_id == stall_id)
    if db.session.scalar(owned) is None:
        raise NotFound
    packs = select(func.count()).select_from(Sku).where(Sku.product_id == product_id)
    return db.session.scalar(packs) or 0


def _note_change(product_id: int) -> None:
    """Have the listing sum up its packs; a moderator who reads it now must read it again."""
    change(
        update(Product)
        .where(Product.id == product_id, Product.status == ProductStatus.SUBMITTED)
        .values(version=Product.version + 1)
    )
    refresh_summary(product_id)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: str(value) if isinstance(value, Unit) else value for name, value in values.items()
    }
