"""What the front page shows: counts, the newest certified goods, what is in season."""

from dataclasses import dataclass

from sqlalchemy import and_, func, select

from shop.catalogue.models import Product
from shop.catalogue.queries.cards import Card, cards, on_sale
from shop.certification.models import Certificate, RecognitionEntry
from shop.certification.queries import live
from shop.core import clock
from shop.core.db import db
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
    """Count goods on sale, those with a live certificate, active stalls, and registry rows."""
    products = select(func.count(Product.id)).join(Stall).where(*on_sale())
    certified = products.join(Certificate, and_(Certificate.product_id == Product.id, live()))
    stalls = select(func.count(Stall.id)).where(Stall.status == StallStatus.ACTIVE)
    registry = select(func.count(RecognitionEntry.id))
    row = db.session.execute(
        select(*(part.scalar_subquery() for part in (products, certified, stalls, registry)))
    ).one()
    return FloorCounts(*row)


def newly_certified() -> list[Card]:
    """Return the goods whose certificates were verified last."""
    ids = db.session.scalars(
        select(Product.id)
        .join(Stall, Stall.id == Product.stall_id)
        .join(Certificate, and_(Certificate.product_id == Product.id, live()))
        .where(*on_sale(), Product.is_in_stock)
        .order_by(Certificate.decided_at.desc(), Certificate.id.desc())
        .limit(ROW)
    )
    return cards(list(ids))


def in_season() -> list[Card]:
    """Return goods that are harvested this month, the newest first."""
    month = f"%,{clock.today().month},%"
    ids = db.session.scalars(
        select(Product.id)
        .join(Stall, Stall.id == Product.stall_id)
        .where(*on_sale(), Product.is_in_stock)
        .where(("," + Product.season_months + ",").like(month))
        .order_by(Product.published_at.desc(), Product.id.desc())
        .limit(ROW)
    )
    return cards(list(ids))
