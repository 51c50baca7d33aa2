"""What invented buyers say of what they received, what stalls answer, and what is reported."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Row, Select, select

from shop.core import clock
from shop.core.context import acting_as
from shop.core.db import db
from shop.demo.content.records import DemoReview
from shop.demo.operations.goods import Listing
from shop.demo.operations.people import BUYER, Buyer
from shop.demo.operations.scene import Scene
from shop.orders.models import Order, OrderLine, StallOrder
from shop.orders.transitions import DELIVERED_STATES
from shop.reviews.models import ReportReason
from shop.reviews.operations import (
    Complaint,
    Said,
    answer_review,
    report_review,
    write_review,
)

SHARE, OWN_SHARE = 0.85, 0.4
TRIES = 12
COMPLAINTS = (Complaint(ReportReason.FALSE), Complaint(ReportReason.ADVERTISING))
Line = Row[Any]


@dataclass(frozen=True)
class Voice:
    """What one buyer says of one line, when, and when the stall answers, if it does."""

    line: Line
    listing: Listing
    author: Buyer
    said: DemoReview
    written: datetime
    answered: datetime | None


def add_feedback(
    scene: Scene, listings: Mapping[int, Listing], buyers: Mapping[int, Buyer]
) -> None:
    """Let buyers review most delivered lines, stalls answer, and somebody report the harshest."""
    voices = sorted(_voices(scene, listings, buyers), key=lambda voice: voice.written)
    ids = [_speak(voice) for voice in voices]
    scene.rows.counts["reviews"] = len(ids)
    reporter = list(buyers.values())[-1]
    others = [pair for pair in zip(voices, ids, strict=True) if pair[0].author is not reporter]
    harshest = sorted(others, key=lambda pair: pair[0].said.rating)
    for complaint, (voice, number) in zip(COMPLAINTS, harshest, strict=False):
        moment = min(voice.written + timedelta(hours=9), scene.moment)
        with clock.at(moment), acting_as(reporter.actor):
            report_review(reporter.actor.id or 0, number, complaint)


def _voices(
    scene: Scene, listings: Mapping[int, Listing], buyers: Mapping[int, Buyer]
) -> list[Voice]:
    """Return what is said; the demo buyer leaves some lines for whoever tries the floor."""
    heard: dict[int, set[str]] = defaultdict(set)
    found = []
    for line in db.session.execute(_delivered()):
        listing = listings[line.product_id]
        rng = scene.rng(f"review/{line.checkout_key}/{listing.demo.number}/{line.sku_label}")
        share = OWN_SHARE if line.buyer_id == scene.people[BUYER].id else SHARE
        if rng.random() > share:
            continue
        said = _unheard(scene, listing, heard[listing.id])
        written, answered = _moments(scene, line, rng)
        is_answered = said.answer is not None and answered < scene.moment
        author = buyers[line.buyer_id]
        found.append(Voice(line, listing, author, said, written, answered if is_answered else None))
    return found


def _unheard(scene: Scene, listing: Listing, heard: set[str]) -> DemoReview:
    """Return a review in words that nobody has used for these goods, if there are such."""
    drafts = [scene.floor.review(listing.demo, len(heard) + more) for more in range(TRIES)]
    said = next((draft for draft in drafts if draft.text not in heard), drafts[0])
    heard.add(said.text)
    return said


def _moments(scene: Scene, line: Line, rng: Random) -> tuple[datetime, datetime]:
    written = min(line.delivered_at + timedelta(hours=rng.randrange(5, 90)), scene.moment)
    return written, written + timedelta(hours=rng.randrange(1, 40))


def _speak(voice: Voice) -> int:
    """Write the review and its answer as the pages do, and return its id."""
    with clock.at(voice.written), acting_as(voice.author.actor):
        words = Said(voice.said.rating, voice.said.text)
        review = write_review(voice.author.actor.id or 0, voice.line.id, words)
    if voice.answered is not None:
        stall = voice.listing.stall
        with clock.at(voice.answered), acting_as(stall.maker):
            answer_review(stall.id, review.id, voice.said.answer or "")
    return review.id


def _delivered() -> Select[*tuple[Any, ...]]:
    return (
        select(
            OrderLine.id,
            OrderLine.product_id,
            OrderLine.sku_label,
            Order.checkout_key,
            Order.buyer_id,
            StallOrder.delivered_at,
        )
        .join(StallOrder, StallOrder.id == OrderLine.stall_order_id)
        .join(Order, Order.id == StallOrder.order_id)
        .where(Order.is_demo, StallOrder.status.in_(DELIVERED_STATES))
        .order_by(OrderLine.id)
    )
