"""What the front page shows: counts, the newest certified goods, what is in season."""

from dataclasses import dataclass

from sqlalchemy import and_, func, select

from shop.catalogue.models import Product
from shop.catalogue.queries.cards import MANY, Card, cards, is_listed, on_sale
from shop.certification.models import Certificate, RecognitionEntry
from shop.certification.queries import live
from shop.core import clock
from shop.core.db import db
from shop.core.memory import remembered
from shop.stalls.models import Stall, StallStatus

ROW = 8


@dataclass(frozen=True)
class FloorCounts:
    """How much there is on the floor at this moment."""

    products: int
    certified: int
    stalls: int
    registry: int


def floor_counts() -> FloorCounts:
    """Count goods on sale, those with a live certificate, active stalls, and registry rows.

    On a large floor the numbers may be a minute old.
    """
    key = ("floor counts", clock.today())
    return remembered(key, _counts, worth=lambda counts: counts.products > MANY)


def _counts() -> FloorCounts:
    products = select(func.count()).select_from(Product).where(*on_sale())
    certificate = select(Certificate.id).where(Certificate.product_id == Product.id, live())
    parts = (
        products,
        products.where(certificate.exists()),
        select(func.count(Stall.id)).where(Stall.status == StallStatus.ACTIVE),
        select(func.count(RecognitionEntry.id)),
    )
    row = db.session.execute(select(*(part.scalar_subquery() for part in parts))).one()
    return FloorCounts(*row)


def newly_certified() -> list[Card]:
    """Return the goods whose certificates were verified last."""
    ids = db.session.scalars(
        select(Product.id)
        .join(Certificate, and_(Certificate.product_id == Product.id, live()))
        .join(Stall, Stall.id == Product.stall_id)
        .where(is_listed(), Stall.status == StallStatus.ACTIVE, Product.is_in_stock)
        .order_by(Certificate.decided_at.desc(), Certificate.id.desc())
        .limit(ROW)
    )
    return cards(list(ids))


def in_season(counts: FloorCounts) -> list[Card]:
    """Return goods that are harvested this month, the newest first.

    On a large floor the choice may be a minute old; what was hidden since is left out.
    """
    is_large = counts.products > MANY
    return cards(remembered(("season", clock.today()), _in_season, worth=lambda _ids: is_large))


def _in_season() -> list[int]:
    month = f"%,{clock.today().month},%"
    return list(
        db.session.scalars(
            select(Product.id)
            .where(*on_sale(), Product.season_months != "", Product.is_in_stock)
            .where(("," + Product.season_months + ",").like(month))
            .order_by(Product.published_at.desc(), Product.id.desc())
            .limit(ROW)
        )
    )
