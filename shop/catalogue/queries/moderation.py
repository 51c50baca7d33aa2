"""What a moderator sees of goods: the queue of the own area, and one case with all it needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from shop.accounts.models import User
from shop.accounts.queries import in_scope
from shop.catalogue.models import Product, ProductStatus, StagedStatus
from shop.catalogue.staging import CERTIFIED, WORDS
from shop.certification.goods import Goods
from shop.certification.product_sets import product_set
from shop.core.db import db
from shop.core.errors import NotFound
from shop.stalls.models import Stall, StallMember
from shop.web.paging import Page

PAGE_SIZE = 30

LABELS: dict[str, LazyString] = {
    "name": lazy_gettext("Name of the product"),
    "product_set": lazy_gettext("Product set"),
    "summary": lazy_gettext("In short"),
    "description": lazy_gettext("Description"),
    "ingredients": lazy_gettext("Ingredients"),
    "storage": lazy_gettext("Storage and use"),
    "shelf_life": lazy_gettext("Shelf life"),
}


@dataclass(frozen=True)
class Difference:
    """A field that a change touches; `is_certified` when a certificate speaks of it too."""

    label: LazyString
    before: str
    after: str
    is_certified: bool


def queue(moderator: User, number: int) -> Page[Product]:
    """Return a page of the listings and changes that wait, with their stalls, the oldest first."""
    wanted = (
        _waiting(moderator)
        .join(Product.stall)
        .options(contains_eager(Product.stall).joinedload(Stall.province))
        .order_by(Product.submitted_at, Product.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page(db.session.scalars(wanted).all(), number, PAGE_SIZE, queue_size(moderator))


def queue_size(moderator: User) -> int:
    """Return how many listings and changes wait for this moderator."""
    return db.session.scalar(select(func.count()).select_from(_waiting(moderator).subquery())) or 0


def next_case(moderator: User) -> int | None:
    """Return the listing that has waited longest, None when nothing waits."""
    oldest = _waiting(moderator).order_by(Product.submitted_at, Product.id).limit(1)
    product = db.session.scalar(oldest)
    return product.id if product else None


def _waiting(moderator: User) -> Select[Product]:
    """What a moderator may decide on: nobody judges the goods of a stall they work for."""
    own = select(StallMember.stall_id).where(StallMember.user_id == moderator.id)
    return select(Product).where(
        Product.stall_id.not_in(own),
        or_(
            Product.status == ProductStatus.SUBMITTED,
            Product.staged_status == StagedStatus.SUBMITTED,
        ),
        _in_scope(moderator),
    )


def _in_scope(moderator: User) -> ColumnElement[bool]:
    return in_scope(moderator, Product.province_code, Product.commune_code)


def case(moderator: User, product_id: int) -> Product:
    """Return a listing of the own area that was once handed in; raise NotFound otherwise."""
    product = db.session.scalar(
        select(Product)
        .where(
            Product.id == product_id, Product.status != ProductStatus.DRAFT, _in_scope(moderator)
        )
        .options(
            selectinload(Product.skus),
            selectinload(Product.pictures),
            joinedload(Product.stall).joinedload(Stall.province),
            joinedload(Product.stall).joinedload(Stall.commune),
        )
    )
    if product is None:
        raise NotFound
    return product


def goods_now(product_id: int) -> Goods | None:
    """Return what goods are called today, and their set."""
    wanted = select(Product.name, Product.product_set).where(Product.id == product_id)
    found = db.session.execute(wanted).one_or_none()
    return Goods(*found) if found else None


def differences(product: Product) -> Sequence[Difference]:
    """Return the words that a waiting change touches, before and after."""
    staged = product.staged or {}
    return [
        Difference(
            LABELS[name],
            _told(name, getattr(product, name)),
            _told(name, staged[name]),
            name in CERTIFIED,
        )
        for name in WORDS
        if name in staged
    ]


def _told(name: str, value: object) -> str:
    if name == "product_set" and isinstance(value, int):
        return f"{value}. {product_set(value).name}"
    return str(value)
