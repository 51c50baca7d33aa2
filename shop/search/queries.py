"""The text of products for the index, and the plain list for when there is none."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Row, Select, select

from shop.catalogue.models import Product
from shop.catalogue.queries.cards import on_sale
from shop.certification.product_sets import product_set
from shop.core.db import db
from shop.core.vietnamese import fold
from shop.places.models import Commune, OldPlace, Province
from shop.search.port import Document
from shop.stalls.models import Stall

BATCH = 1000


def all_documents() -> Iterator[Document]:
    """Return the text of every product on sale, a batch of rows in memory at a time."""
    ids = list(db.session.scalars(select(Product.id).join(Product.stall).where(*on_sale())))
    for start in range(0, len(ids), BATCH):
        yield from documents(ids[start : start + BATCH])


def ids_on_sale() -> set[int]:
    """Return every product that is on sale now."""
    return set(db.session.scalars(select(Product.id).join(Product.stall).where(*on_sale())))


def documents(ids: Iterable[int]) -> list[Document]:
    """Return the text of those of these products that are on sale."""
    wanted = _columns().where(Product.id.in_(list(ids)), *on_sale())
    before = _old_provinces()
    return [_document(row, before.get(row.province_code, ())) for row in db.session.execute(wanted)]


def _old_provinces() -> dict[str, list[str]]:
    """Return the provinces of before July 2025 by the code of today's."""
    found: dict[str, list[str]] = {}
    pairs = select(OldPlace.province_code, OldPlace.old_province).distinct()
    for code, name in db.session.execute(pairs):
        found.setdefault(code, []).append(name)
    return found


def _columns() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Product.id,
            Product.name,
            Product.product_set,
            Product.province_code,
            Product.summary,
            Product.description,
            Stall.name.label("stall"),
            Province.name.label("province"),
            Commune.name.label("commune"),
        )
        .join(Stall, Stall.id == Product.stall_id)
        .join(Province, Province.code == Product.province_code)
        .join(Commune, Commune.code == Product.commune_code)
    )


def _document(row: Row[Any], old_provinces: Iterable[str]) -> Document:
    places = [row.province, row.commune, *old_provinces]
    set_name = str(product_set(row.product_set).name)
    return Document(
        product_id=row.id,
        name=row.name,
        maker=" ".join([row.stall, *places]),
        description=" ".join([set_name, row.summary, row.description]),
    )


def plain_ids(text: str, limit: int) -> list[int]:
    """Return products whose name holds the text, for the time the index is not there."""
    key = fold(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    wanted = (
        select(Product.id)
        .join(Product.stall)
        .where(*on_sale(), Product.search_key.like(f"%{key}%", escape="\\"))
        .order_by(Product.published_at.desc(), Product.id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(wanted))


def products_of_stalls(stall_ids: Iterable[int]) -> list[int]:
    """Return all products of these stalls, on sale or not."""
    return list(db.session.scalars(select(Product.id).where(Product.stall_id.in_(list(stall_ids)))))
