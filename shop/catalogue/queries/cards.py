"""Goods in lists: which ones, in which order, and what a card shows of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, select

from shop.catalogue.filters import Filters, Sort
from shop.catalogue.models import Product, ProductPicture, ProductStatus, Sku
from shop.certification.models import Certificate
from shop.certification.queries import live
from shop.core.db import db
from shop.core.files import StoredFile
from shop.core.money import format_vnd
from shop.places.models import Province
from shop.stalls.models import Stall, StallStatus
from shop.web.paging import Page
from shop.web.pictures import ShownPicture, shown_by_name

PAGE_SIZE = 24


@dataclass(frozen=True)
class Card:
    """A product in a list; the star is that of a certificate which lives at this moment."""

    id: int
    slug: str
    name: str
    stall_name: str
    stall_slug: str
    province_name: str
    price_vnd: int
    price_is_from: bool
    unit_price_text: str
    pack_text: str
    stars: int | None
    certificate_code: str | None
    picture: ShownPicture | None
    in_stock: bool
    rating_average: float | None
    rating_count: int


def browse(filters: Filters, number: int, ranked: Sequence[int] | None = None) -> Page[Card]:
    """Return a page of goods on sale; `ranked` are the ids a search found, best first.

    Three queries, however many goods there are.
    """
    ids, total = _ranked_page(filters, number, ranked) if ranked is not None else (None, 0)
    if ids is None:
        chosen = select(Product.id).where(*_conditions(filters))
        chosen = _joined(chosen, filters)
        total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
        ids = list(
            db.session.scalars(
                chosen.order_by(*_order(filters.sort))
                .limit(PAGE_SIZE)
                .offset((number - 1) * PAGE_SIZE)
            )
        )
    return Page(cards(ids), number, PAGE_SIZE, total)


def _ranked_page(filters: Filters, number: int, ranked: Sequence[int]) -> tuple[list[int], int]:
    """Return the page's ids among those a search found, in its order unless another is asked."""
    chosen = _joined(select(Product.id), filters)
    chosen = chosen.where(*_conditions(filters), Product.id.in_(ranked))
    if filters.sort == Sort.RELEVANCE:
        rank = {product_id: place for place, product_id in enumerate(ranked)}
        found = sorted(db.session.scalars(chosen), key=rank.__getitem__)
    else:
        found = list(db.session.scalars(chosen.order_by(*_order(filters.sort))))
    start = (number - 1) * PAGE_SIZE
    return found[start : start + PAGE_SIZE], len(found)


def _joined(chosen: Select[*tuple[Any, ...]], filters: Filters) -> Select[*tuple[Any, ...]]:
    chosen = chosen.join(Stall, Stall.id == Product.stall_id)
    if filters.stars:
        chosen = chosen.join(Certificate, and_(Certificate.product_id == Product.id, live()))
    return chosen


def on_sale() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a product is shown to buyers."""
    return (Product.status == ProductStatus.PUBLISHED, Stall.status == StallStatus.ACTIVE)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    found = list(on_sale())
    if filters.stars:
        found.append(Certificate.stars.in_(sorted(filters.stars)))
    if filters.province:
        found.append(Product.province_code == filters.province)
    if filters.commune:
        found.append(Product.commune_code == filters.commune)
    if filters.product_set:
        found.append(Product.product_set == filters.product_set)
    if filters.price_from_vnd is not None:
        found.append(Product.price_from_vnd >= filters.price_from_vnd)
    if filters.price_to_vnd is not None:
        found.append(Product.price_from_vnd <= filters.price_to_vnd)
    if filters.stall_id is not None:
        found.append(Product.stall_id == filters.stall_id)
    return found


def _order(sort: Sort) -> tuple[ColumnElement[Any], ...]:
    return {
        Sort.CHEAPEST: (Product.price_from_vnd.asc(), Product.id.asc()),
        Sort.DEAREST: (Product.price_from_vnd.desc(), Product.id.desc()),
        Sort.UNIT_PRICE: (Product.unit_price_vnd.asc(), Product.id.asc()),
    }.get(sort, (Product.published_at.desc(), Product.id.desc()))


def cards(ids: Sequence[int]) -> list[Card]:
    """Return the cards of these products, in this order; one query for them, one for packs."""
    if not ids:
        return []
    packs = _packs(ids)
    rows = {row.id: row for row in db.session.execute(_card_columns().where(Product.id.in_(ids)))}
    return [_card(rows[number], packs.get(number)) for number in ids if number in rows]


def _card_columns() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Product.id,
            Product.slug,
            Product.name,
            Stall.name.label("stall_name"),
            Stall.slug.label("stall_slug"),
            Province.name.label("province_name"),
            Product.is_in_stock,
            Product.rating_sum,
            Product.rating_count,
            Certificate.stars,
            Certificate.product_code,
            StoredFile.name.label("file_name"),
            StoredFile.width,
            StoredFile.height,
            ProductPicture.alt,
        )
        .join(Stall, Stall.id == Product.stall_id)
        .join(Province, Province.code == Product.province_code)
        .outerjoin(Certificate, and_(Certificate.product_id == Product.id, live()))
        .outerjoin(
            ProductPicture,
            and_(ProductPicture.product_id == Product.id, ProductPicture.position == 0),
        )
        .outerjoin(StoredFile, StoredFile.id == ProductPicture.file_id)
    )


@dataclass(frozen=True)
class _Pack:
    """The cheapest pack of a product, and whether there are others."""

    sku: Sku
    is_only: bool


def _packs(ids: Sequence[int]) -> dict[int, _Pack]:
    skus = db.session.scalars(
        select(Sku)
        .where(Sku.product_id.in_(ids), Sku.is_active)
        .order_by(Sku.product_id, Sku.price_vnd, Sku.id)
    )
    packs: dict[int, _Pack] = {}
    for sku in skus:
        first = packs.get(sku.product_id)
        packs[sku.product_id] = (
            _Pack(sku, is_only=True) if first is None else _Pack(first.sku, is_only=False)
        )
    return packs


def _card(row: Row[Any], pack: _Pack | None) -> Card:
    picture = (
        shown_by_name(row.file_name, row.width or 0, row.height or 0, alt=row.alt, width=320)
        if row.file_name
        else None
    )
    return Card(
        id=row.id,
        slug=row.slug,
        name=row.name,
        stall_name=row.stall_name,
        stall_slug=row.stall_slug,
        province_name=row.province_name,
        price_vnd=pack.sku.price_vnd if pack else 0,
        price_is_from=bool(pack and not pack.is_only),
        unit_price_text=unit_price_text(pack.sku) if pack else "",
        pack_text=pack.sku.label if pack else "",
        stars=row.stars,
        certificate_code=row.product_code,
        picture=picture,
        in_stock=row.is_in_stock,
        rating_average=row.rating_sum / row.rating_count if row.rating_count else None,
        rating_count=row.rating_count,
    )


def unit_price_text(sku: Sku) -> str:
    """Return the price per kilogram or litre in words, nothing for goods sold by the piece."""
    if sku.unit.per == 1:
        return ""
    price, unit = format_vnd(sku.unit_price_vnd), str(sku.unit.per_label)
    return f"{price}/{unit}"
