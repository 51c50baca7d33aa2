"""Pictures of a listing as its stall and a moderator see them: those shown, those that wait."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from shop.catalogue.models import Product, ProductPicture
from shop.catalogue.staging import Shot, shots_of, shown_shots
from shop.core.db import db
from shop.core.files import StoredFile
from shop.web.pictures import ShownPicture, shown, shown_by_name


@dataclass(frozen=True)
class RowPicture:
    """A picture in the row: its file and name, what was written about it, how to show it."""

    file_id: int
    master: str
    alt: str
    shown: ShownPicture


def working_pictures(product: Product) -> list[RowPicture]:
    """Return the pictures as the stall last put them; needs `pictures` loaded."""
    return _row(shots_of(product), product)


def buyers_pictures(product: Product) -> list[RowPicture]:
    """Return the pictures that buyers see; needs `pictures` loaded."""
    return _row(shown_shots(product), product)


def _row(shots: Sequence[Shot], product: Product) -> list[RowPicture]:
    wanted = [shot.file_id for shot in shots]
    found = db.session.scalars(select(StoredFile).where(StoredFile.id.in_(wanted)))
    kept = {stored.id: stored for stored in found}
    return [
        RowPicture(
            shot.file_id,
            kept[shot.file_id].name,
            shot.alt,
            shown(kept[shot.file_id], shot.alt or product.name),
        )
        for shot in shots
        if shot.file_id in kept
    ]


def first_pictures(product_ids: Sequence[int]) -> dict[int, ShownPicture]:
    """Return the first picture of each of these listings, by their id; one query."""
    rows = db.session.execute(
        select(
            ProductPicture.product_id,
            ProductPicture.alt,
            StoredFile.name,
            StoredFile.width,
            StoredFile.height,
        )
        .join(StoredFile, StoredFile.id == ProductPicture.file_id)
        .where(ProductPicture.product_id.in_(product_ids), ProductPicture.position == 0)
    )
    return {
        row.product_id: shown_by_name(
            row.name, row.width or 0, row.height or 0, alt=row.alt, width=320
        )
        for row in rows
    }
