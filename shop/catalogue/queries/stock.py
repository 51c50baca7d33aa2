"""The stall's stock: what lies where, and the journal of how it came to that."""

import enum
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager

from shop.accounts.models import User
from shop.catalogue.models import Product, Sku, StockMovement
from shop.catalogue.queries.stall import LOW_STOCK
from shop.core.db import db
from shop.core.errors import NotFound
from shop.web.paging import Page

PAGE_SIZE = 30


class Level(enum.StrEnum):
    """Which packs to list: all, those sold out, those that soon will be."""

    ALL = ""
    OUT = "het"
    LOW = "sap-het"

    @property
    def label(self) -> LazyString:
        """Return the choice in words."""
        return _LEVELS[self]


_LEVELS = {
    Level.ALL: lazy_gettext("All packs"),
    Level.OUT: lazy_gettext("Out of stock"),
    Level.LOW: lazy_gettext("Running low"),
}


@dataclass(frozen=True)
class JournalRow:
    """One movement with the pack it belongs to and who made it, empty for the floor itself."""

    movement: StockMovement
    product_name: str
    sku_label: str
    sku_code: str
    actor_name: str


def packs(stall_id: int, number: int, level: Level = Level.ALL) -> Page[Sku]:
    """Return a page of the stall's packs with their products, the emptiest first."""
    wanted = (
        select(Sku)
        .join(Sku.product)
        .where(Sku.stall_id == stall_id, *_of_level(level))
        .options(contains_eager(Sku.product))
        .order_by(Sku.is_active.desc(), Sku.on_hand - Sku.held, Sku.id)
    )
    counted = (
        select(func.count()).select_from(Sku).where(Sku.stall_id == stall_id, *_of_level(level))
    )
    rows = db.session.scalars(_slice(wanted, number)).all()
    return Page(rows, number, PAGE_SIZE, db.session.scalar(counted) or 0)


def _of_level(level: Level) -> list[ColumnElement[bool]]:
    available = Sku.on_hand - Sku.held
    if level == Level.ALL:
        return []
    bounds = [available <= 0] if level == Level.OUT else [available > 0, available <= LOW_STOCK]
    return [Sku.is_active.is_(True), *bounds]


def pack_of_stall(stall_id: int, sku_id: int) -> Sku:
    """Return a pack of the stall with product and stall; raise NotFound for another's."""
    sku = db.session.scalar(
        select(Sku)
        .join(Sku.product)
        .where(Sku.id == sku_id, Sku.stall_id == stall_id)
        .options(contains_eager(Sku.product).joinedload(Product.stall))
    )
    if sku is None:
        raise NotFound
    return sku


def journal(stall_id: int, number: int, *, sku_id: int | None = None) -> Page[JournalRow]:
    """Return a page of the stall's movements, the newest first, of one pack or of all."""
    mine = [Sku.stall_id == stall_id]
    if sku_id is not None:
        mine.append(Sku.id == sku_id)
    wanted = (
        select(StockMovement, Product.name, Sku.label, Sku.code, User.name)
        .join(Sku, Sku.id == StockMovement.sku_id)
        .join(Product, Product.id == Sku.product_id)
        .outerjoin(User, User.id == StockMovement.actor_id)
        .where(*mine)
        .order_by(StockMovement.id.desc())
    )
    counted = (
        select(func.count())
        .select_from(StockMovement)
        .join(Sku, Sku.id == StockMovement.sku_id)
        .where(*mine)
    )
    rows = [
        JournalRow(movement, product, label, code, actor or "")
        for movement, product, label, code, actor in db.session.execute(_slice(wanted, number))
    ]
    return Page(rows, number, PAGE_SIZE, db.session.scalar(counted) or 0)


def _slice(wanted: Select[*tuple[Any, ...]], number: int) -> Select[*tuple[Any, ...]]:
    return wanted.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
