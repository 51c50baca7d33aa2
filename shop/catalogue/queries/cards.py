"""Goods in lists: which ones, in which order, and what a card shows of each."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal_column, select

from shop.catalogue.filters import Filters, Sort
from shop.catalogue.models import Product, ProductPicture, ProductStatus, Sku
from shop.catalogue.queries.prices import former_prices, has_new_price
from shop.certification.models import Certificate
from shop.certification.queries import live
from shop.core import clock
from shop.core.db import db, is_sqlite
from shop.core.files import StoredFile
from shop.core.memory import remembered
from shop.core.money import format_vnd, unit_price_vnd
from shop.places.models import Province
from shop.stalls.models import Stall, StallStatus
from shop.web.paging import Page
from shop.web.pictures import ShownPicture, shown_by_name

PAGE_SIZE = 24
MANY = 1000  # totals beyond it may be a minute old
FEW = 2000  # certificates that are quicker read than looked up one by one
ON_SALE = (ProductStatus.PUBLISHED, StallStatus.ACTIVE)
SHUT = tuple(status for status in StallStatus if status != StallStatus.ACTIVE)


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
    former_vnd: int | None = None


def browse(filters: Filters, number: int, ranked: Sequence[int] | None = None) -> Page[Card]:
    """Return a page of goods on sale; `ranked` are the ids a search found, best first.

    Four queries, five if some are reduced, however many goods there are. Past the end, the last
    page is given.
    """
    if ranked is not None:
        found = _among(filters, ranked)
        page = Page[Card]((), number, PAGE_SIZE, len(found)).within()
        start = (page.number - 1) * PAGE_SIZE
        return replace(page, rows=cards(found[start : start + PAGE_SIZE]))
    page = Page[Card]((), number, PAGE_SIZE, total(filters)).within()
    wanted = select(Product.id).where(*_conditions(filters, in_order=page.total > FEW))
    wanted = wanted.order_by(*_order(filters.sort)).limit(PAGE_SIZE)
    ids = list(db.session.scalars(wanted.offset((page.number - 1) * PAGE_SIZE)))
    return replace(page, rows=cards(ids))


def total(filters: Filters) -> int:
    """Return how many goods a choice holds: exact, but thousands may be a minute old."""
    key = ("goods", clock.today(), replace(filters, sort=Sort.NEWEST))
    return remembered(key, lambda: _count(filters), worth=lambda count: count > MANY)


def _count(filters: Filters) -> int:
    chosen = replace(filters, sort=Sort.NEWEST)
    wanted = select(func.count()).select_from(Product)
    if filters.stars and not filters.is_placed:  # the certificates are fewer than the goods
        wanted = wanted.join(Certificate, Certificate.product_id == Product.id)
        wanted = wanted.where(*_certified(filters.stars))
        chosen = replace(chosen, stars=frozenset())
    return db.session.scalar(wanted.where(*_conditions(chosen))) or 0


def _among(filters: Filters, ranked: Sequence[int]) -> list[int]:
    """Return those that a search found and the filters leave, in its order unless told another."""
    chosen = select(Product.id).where(*_conditions(filters), Product.id.in_(ranked))
    if filters.sort == Sort.RELEVANCE:
        rank = {product_id: place for place, product_id in enumerate(ranked)}
        return sorted(db.session.scalars(chosen), key=rank.__getitem__)
    return list(db.session.scalars(chosen.order_by(*_order(filters.sort))))


def on_sale() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions under which a product is shown to buyers; they need no join."""
    shut = select(Stall.id).where(Stall.status.in_(SHUT)).correlate(None)
    return (is_listed(), Product.stall_id.not_in(shut))


def is_listed() -> ColumnElement[bool]:
    """Return the condition of a published listing, whatever its stall.

    The status is a literal, so that both engines use the indexes of listed goods.
    """
    return Product.status == literal_column("'published'")


def _conditions(filters: Filters, *, in_order: bool = False) -> list[ColumnElement[bool]]:
    """Return what chooses the goods.

    `in_order` is for a wide choice: walk along the order that is asked for and look at each of
    the goods, rather than gather all by their price or their star and then sort them.
    """
    found = list(on_sale())
    if filters.stars:
        wanted = select(Certificate.product_id).where(*_certified(filters.stars))
        own = wanted.where(Certificate.product_id == Product.id)
        found.append(own.exists() if in_order else Product.id.in_(wanted))
    if filters.province:
        found.append(Product.province_code == filters.province)
    if filters.commune:
        found.append(Product.commune_code == filters.commune)
    if filters.product_set:
        found.append(Product.product_set == filters.product_set)
    if filters.stall_id is not None:
        found.append(Product.stall_id == filters.stall_id)
    price: Any = Product.price_from_vnd
    is_by_price = filters.sort in {Sort.CHEAPEST, Sort.DEAREST}
    if is_sqlite() and not is_by_price and (in_order or filters.is_placed):
        price = price + 0  # else it would gather by price, without statistics, and then sort
    return [*found, *_bounds(price, filters)]


def _bounds(price: Any, filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.price_from_vnd is not None:
        yield price >= filters.price_from_vnd
    if filters.price_to_vnd is not None:
        yield price <= filters.price_to_vnd


def _certified(stars: Collection[int]) -> tuple[ColumnElement[bool], ...]:
    return (live(), Certificate.stars.in_(sorted(stars)))


def _order(sort: Sort) -> tuple[ColumnElement[Any], ...]:
    return {
        Sort.CHEAPEST: (Product.price_from_vnd.asc(), Product.id.asc()),
        Sort.DEAREST: (Product.price_from_vnd.desc(), Product.id.desc()),
        Sort.UNIT_PRICE: (Product.unit_price_vnd.asc(), Product.id.asc()),
    }.get(sort, (Product.published_at.desc(), Product.id.desc()))


def cards(ids: Sequence[int]) -> list[Card]:
    """Return the cards of those of these products that are on sale, in this order.

    Two queries, three if one of the goods may have a former price.
    """
    if not ids:
        return []
    packs = _packs(ids)
    former = former_prices(pack.sku.id for pack in packs.values() if pack.sku.is_new_price)
    found = db.session.execute(_card_columns().where(Product.id.in_(ids)))
    rows = {row.id: row for row in found if (row.status, row.stall_status) == ON_SALE}
    return [_card(rows[number], packs.get(number), former) for number in ids if number in rows]


def _card_columns() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Product.id,
            Product.slug,
            Product.name,
            Stall.name.label("stall_name"),
            Stall.slug.label("stall_slug"),
            Province.name.label("province_name"),
            Product.status,
            Stall.status.label("stall_status"),
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

    sku: Any
    is_only: bool


def _packs(ids: Sequence[int]) -> dict[int, _Pack]:
    wanted = (
        select(
            Sku.id,
            Sku.product_id,
            Sku.label,
            Sku.unit,
            Sku.net_quantity,
            Sku.price_vnd,
            has_new_price().label("is_new_price"),
        )
        .where(Sku.product_id.in_(ids), Sku.is_active)
        .order_by(Sku.product_id, Sku.price_vnd, Sku.id)
    )
    packs: dict[int, _Pack] = {}
    for sku in db.session.execute(wanted):
        first = packs.get(sku.product_id)
        packs[sku.product_id] = (
            _Pack(sku, is_only=True) if first is None else _Pack(first.sku, is_only=False)
        )
    return packs


def _card(row: Row[Any], pack: _Pack | None, former: dict[int, int]) -> Card:
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
        former_vnd=former.get(pack.sku.id) if pack else None,
    )


def unit_price_text(sku: Any) -> str:
    """Return a pack's price per kilogram or litre, nothing for goods sold by the piece."""
    if sku.unit.per == 1:
        return ""
    price = unit_price_vnd(sku.price_vnd, sku.net_quantity, sku.unit.per)
    return f"{format_vnd(price)}/{sku.unit.per_label}"
