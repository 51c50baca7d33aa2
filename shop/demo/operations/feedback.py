"""What invented buyers say of what they received, what stalls answer, and what is reported."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any, cast

from sqlalchemy import Row, Select, Table, bindparam, select, update

from shop.catalogue.models import Product
from shop.core.db import db
from shop.demo.content.records import DemoProduct, DemoReview
from shop.demo.operations.goods import Listing
from shop.demo.operations.people import BUYER, Buyer
from shop.demo.operations.scene import Scene
from shop.orders.models import Order, OrderLine, StallOrder
from shop.orders.transitions import DELIVERED_STATES
from shop.reviews.models import ReportReason, ReportStatus, Review, ReviewReport, ReviewStatus

SHARE, OWN_SHARE = 0.85, 0.4
REPORTS = (ReportReason.FALSE, ReportReason.ADVERTISING)
Line = Row[Any]


class Feedback:
    """All reviews of a load: the rows, and what they come to for each product."""

    def __init__(self, scene: Scene) -> None:
        """Begin with nothing said."""
        self.scene = scene
        self.sums: Counter[int] = Counter()
        self.counts: Counter[int] = Counter()
        self.said: list[tuple[int, int, datetime]] = []  # rating, id, moment

    def add(self, line: Line, demo: DemoProduct) -> None:
        """Add what the buyer of a delivered line says, if she says anything."""
        rng = self.scene.rng(f"review/{line.code}/{line.sku_code}")
        share = OWN_SHARE if line.buyer_id == self.scene.people[BUYER].id else SHARE
        if rng.random() > share:
            return
        said = self.scene.floor.review(demo, self.counts[line.product_id])
        written = min(line.delivered_at + timedelta(hours=rng.randrange(5, 90)), self.scene.moment)
        number = self.scene.rows.add(
            Review,
            order_line_id=line.id,
            product_id=line.product_id,
            author_id=line.buyer_id,
            rating=said.rating,
            words=said.text,
            status=ReviewStatus.SHOWN,
            hidden_reason="",
            **self._answer(said, written, rng),
            created_at=written,
        )
        self.sums[line.product_id] += said.rating
        self.counts[line.product_id] += 1
        self.said.append((said.rating, number, written))

    def _answer(self, said: DemoReview, written: datetime, rng: Random) -> dict[str, Any]:
        moment = written + timedelta(hours=rng.randrange(1, 40))
        has_answer = said.answer is not None and moment < self.scene.moment
        return {
            "answer": (said.answer or "") if has_answer else "",
            "answered_at": moment if has_answer else None,
        }

    def report(self, reporter: Buyer) -> None:
        """Let somebody report the harshest reviews, for a moderator to decide on."""
        for reason, (_, number, written) in zip(REPORTS, sorted(self.said), strict=False):
            moment = min(written + timedelta(hours=9), self.scene.moment)
            self.scene.rows.add(
                ReviewReport,
                review_id=number,
                reporter_id=reporter.actor.id,
                reason=reason,
                words="",
                status=ReportStatus.OPEN,
                decision_words="",
                created_at=moment,
            )

    def sum_up(self) -> None:
        """Write on each product what its reviews come to."""
        changed = [
            {"number": number, "sum": total, "count": self.counts[number]}
            for number, total in self.sums.items()
        ]
        if changed:
            products = cast(Table, Product.__table__)
            db.session.connection().execute(
                update(products)
                .where(products.c.id == bindparam("number"))
                .values(rating_sum=bindparam("sum"), rating_count=bindparam("count")),
                changed,
            )


def add_feedback(scene: Scene, listings: Mapping[int, Listing], reporter: Buyer) -> None:
    """Add reviews of most delivered lines; the demo buyer leaves some for who tries the floor."""
    feedback = Feedback(scene)
    for line in db.session.execute(_delivered()):
        feedback.add(line, listings[line.product_id].demo)
    feedback.report(reporter)
    scene.rows.write()
    feedback.sum_up()


def _delivered() -> Select[*tuple[Any, ...]]:
    return (
        select(
            OrderLine.id,
            OrderLine.product_id,
            OrderLine.sku_code,
            Order.code,
            Order.buyer_id,
            StallOrder.delivered_at,
        )
        .join(StallOrder, StallOrder.id == OrderLine.stall_order_id)
        .join(Order, Order.id == StallOrder.order_id)
        .where(Order.is_demo, StallOrder.status.in_(DELIVERED_STATES))
        .order_by(OrderLine.id)
    )
