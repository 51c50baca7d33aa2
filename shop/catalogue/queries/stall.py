"""What a stall sees of its goods: the list, one product, what runs out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from shop.catalogue.models import Product, ProductStatus, Sku, StagedStatus
from shop.catalogue.queries.pictures import first_pictures
from shop.certification.models import Certificate, CertificateStatus
from shop.certification.queries import live
from shop.certification.validity import FILING_OPENS_DAYS
from shop.core import clock
from shop.core.db import db
from shop.core.errors import NotFound
from shop.core.vietnamese import fold
from shop.web.paging import Page
from shop.web.pictures import ShownPicture

PAGE_SIZE = 20
LOW_STOCK = 5


@dataclass(frozen=True)
class GoodsRow:
    """A product in the stall's list; `certificate` is the one that matters most, if any."""

    product: Product
    picture: ShownPicture | None
    available: int
    packs: int
    certificate: Certificate | None


def goods(
    stall_id: int, number: int, *, text: str = "", status: ProductStatus | None = None
) -> Page[GoodsRow]:
    """Return a page of the stall's products, the newest first; five queries however many."""
    wanted = select(Product).where(Product.stall_id == stall_id)
    if status is not None:
        wanted = wanted.where(Product.status == status)
    if text:
        wanted = wanted.where(_speaks_of(text))
    total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    products = db.session.scalars(_slice(wanted.order_by(Product.id.desc()), number)).all()
    return Page(_rows(products), number, PAGE_SIZE, total)


def _slice(wanted: Select[Product], number: int) -> Select[Product]:
    return wanted.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)


def _speaks_of(text: str) -> ColumnElement[bool]:
    """Return the condition that the name or the code of a pack holds what was typed."""
    coded = select(Sku.id).where(
        Sku.product_id == Product.id, Sku.code.icontains(text, autoescape=True)
    )
    return or_(Product.search_key.contains(fold(text), autoescape=True), coded.exists())


def _rows(products: Sequence[Product]) -> list[GoodsRow]:
    ids = [product.id for product in products]
    pictures, certificates = first_pictures(ids), leading_certificates(ids)
    stock = {row.product_id: row for row in db.session.execute(_stock_of(ids))}
    return [
        GoodsRow(
            product,
            pictures.get(product.id),
            stock[product.id].available if product.id in stock else 0,
            stock[product.id].packs if product.id in stock else 0,
            certificates.get(product.id),
        )
        for product in products
    ]


def _stock_of(product_ids: Sequence[int]) -> Select[int, int, int]:
    return (
        select(
            Sku.product_id,
            func.sum(Sku.on_hand - Sku.held).label("available"),
            func.count().label("packs"),
        )
        .where(Sku.product_id.in_(product_ids), Sku.is_active)
        .group_by(Sku.product_id)
    )


def leading_certificates(product_ids: Sequence[int]) -> dict[int, Certificate]:
    """Return for each product the verified certificate, else the one handed in last."""
    found: dict[int, Certificate] = {}
    rows = db.session.scalars(
        select(Certificate)
        .where(
            Certificate.product_id.in_(product_ids),
            Certificate.status != CertificateStatus.REPLACED,
        )
        .order_by(Certificate.id.desc())
    )
    for certificate in rows:
        kept = found.setdefault(certificate.product_id, certificate)
        if certificate.status == CertificateStatus.VERIFIED and kept is not certificate:
            found[certificate.product_id] = certificate
    return found


def status_counts(stall_id: int) -> dict[ProductStatus, int]:
    """Return how many products of the stall are in each status."""
    rows = db.session.execute(
        select(Product.status, func.count())
        .where(Product.stall_id == stall_id)
        .group_by(Product.status)
    )
    return dict(rows.all())


def product_of(stall_id: int, product_id: int) -> Product:
    """Return a product of the stall with packs and pictures; raise NotFound for another's."""
    product = db.session.scalar(
        select(Product)
        .where(Product.id == product_id, Product.stall_id == stall_id)
        .options(
            selectinload(Product.skus), selectinload(Product.pictures), joinedload(Product.stall)
        )
    )
    if product is None:
        raise NotFound
    return product


def pack_of(product: Product, sku_id: int) -> Sku:
    """Return a pack of the product; raise NotFound for one of another product."""
    for sku in product.skus:
        if sku.id == sku_id:
            return sku
    raise NotFound


def has_live_certificate(product_id: int) -> bool:
    """Tell whether the product shows a star at this moment."""
    found = select(Certificate.id).where(Certificate.product_id == product_id, live())
    return db.session.scalar(found) is not None


def out_of_stock(stall_id: int) -> int:
    """Return how many packs that buyers see are sold out."""
    return _packs_left(stall_id, Sku.on_hand - Sku.held <= 0)


def low_stock(stall_id: int) -> int:
    """Return how many packs that buyers see are nearly sold out."""
    available = Sku.on_hand - Sku.held
    return _packs_left(stall_id, available.between(1, LOW_STOCK))


def _packs_left(stall_id: int, condition: ColumnElement[bool]) -> int:
    wanted = (
        select(func.count())
        .select_from(Sku)
        .join(Product, Product.id == Sku.product_id)
        .where(
            Product.stall_id == stall_id,
            Product.status == ProductStatus.PUBLISHED,
            Sku.is_active,
            condition,
        )
    )
    return db.session.scalar(wanted) or 0


def returned(stall_id: int) -> int:
    """Return how many listings or changes a moderator has returned."""
    wanted = select(func.count()).where(
        Product.stall_id == stall_id,
        or_(
            Product.status == ProductStatus.RETURNED,
            Product.staged_status == StagedStatus.RETURNED,
        ),
    )
    return db.session.scalar(wanted) or 0


def expiring(stall_id: int) -> list[tuple[int, date]]:
    """Return the products whose live certificate is to be renewed by now, the first to end first.

    With the printed expiry, by which the time for filing is counted.
    """
    wanted = (
        select(Certificate.product_id, Certificate.expires_on)
        .where(
            Certificate.stall_id == stall_id,
            live(),
            Certificate.expires_on <= clock.today() + timedelta(days=FILING_OPENS_DAYS),
        )
        .order_by(Certificate.expires_on, Certificate.id)
    )
    return [(product_id, day) for product_id, day in db.session.execute(wanted)]
