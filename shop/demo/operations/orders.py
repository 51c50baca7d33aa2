"""The orders of the demo floor, lived through by the real use cases, each at its own time."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from sqlalchemy import select

from shop.catalogue.operations import stock
from shop.checkout.operations import current_quote
from shop.core import clock
from shop.core.context import Actor, acting_as
from shop.core.db import db
from shop.demo.operations import people
from shop.demo.operations.journeys import ENDINGS, Journey, Part
from shop.demo.operations.scene import Scene
from shop.orders.models import StallOrder
from shop.orders.operations import NewOrder, Step, advance, create_order
from shop.orders.reasons import Reason
from shop.orders.transitions import MOVES, Action, Side
from shop.payments.methods import COD, VIETQR
from shop.payments.operations import follow_stall_order, open_payment
from shop.promotions.operations import redeem

CARRIERS = ("Bưu tá xã (mẫu)", "Xe khách liên tỉnh (mẫu)", "Gian hàng tự giao")
WORDS_IN = 3  # one order in so many carries a word to the stalls

CODES_IN = 4  # one order in so many uses vouchers


class Event(NamedTuple):
    """Something that happens at a moment; orders of the same moment follow their numbers."""

    at: datetime
    number: int
    happen: Callable[[], None]


def live_through(scene: Scene, journeys: Sequence[Journey]) -> None:
    """Place the orders and move their parts along, in the order in which it all happened."""
    events = [event for journey in journeys for event in Story(scene, journey).events()]
    for event in sorted(events, key=lambda each: each[:2]):
        with clock.at(event.at):
            event.happen()


class Story:
    """One order, told by the use cases that the pages call."""

    def __init__(self, scene: Scene, journey: Journey) -> None:
        """Keep what is to happen; nothing has happened yet."""
        self.scene, self.journey = scene, journey
        self.ids: dict[int, int] = {}

    def events(self) -> Iterator[Event]:
        """Yield the button, then what becomes of each part."""
        number = self.journey.number
        yield Event(self.journey.placed_at, number, self.place)
        for part in self.journey.parts:
            rng = self.scene.rng(f"order/{number}/{part.stall.demo.number}")
            moment = self.journey.placed_at
            for side, action, least, most in ENDINGS[part.ending].deeds:
                moment += timedelta(minutes=rng.randrange(least * 60, most * 60))
                yield Event(moment, number, partial(self.move, part, side, action))

    def place(self) -> None:
        """Do what the button of the checkout does, for an order that is marked as a sample."""
        buyer = self.journey.buyer
        lines = [line for part in self.journey.parts for line in part.lines]
        with acting_as(buyer.actor):
            stock.lock_skus(sku_id for sku_id, _ in lines)
            offer = current_quote(
                lines,
                buyer.address["province_code"],
                voucher_ids=self._vouchers(),
                buyer_id=buyer.actor.id,
            )
            order = create_order(
                NewOrder(
                    buyer_id=buyer.actor.id or 0,
                    checkout_key=self._key(),
                    address=buyer.address,
                    payment_method=VIETQR if self.journey.is_unpaid else COD,
                    is_prepaid=self.journey.is_unpaid,
                    stall_orders=offer.stall_orders,
                    note="" if self.journey.number % WORDS_IN else buyer.note,
                    is_demo=True,
                )
            )
            parts = select(StallOrder).where(StallOrder.order_id == order.id)
            found = list(db.session.scalars(parts.order_by(StallOrder.id)))
            redeem(offer.uses, order, {part.stall_id: part.id for part in found})
            open_payment(order, found)
        self.ids = {part.stall_id: part.id for part in found}

    def move(self, part: Part, side: Side, action: Action) -> None:
        """Do one thing to a part, and let its money follow in the same moment."""
        number = self.ids[part.stall.id]
        with acting_as(self._actor(part, side)):
            advance(number, self._step(side, action))
            status = MOVES[side, action].target.value
            follow_stall_order({"stall_order_id": number, "status": status})

    def _vouchers(self) -> list[int]:
        """Return what the buyer has typed as voucher codes: nothing, most of the time."""
        return [] if self.journey.number % CODES_IN else self.scene.voucher_ids

    def _key(self) -> str:
        words = f"{self.scene.floor.seed}/order/{self.journey.number}"
        return hashlib.sha256(words.encode()).hexdigest()[:32]

    def _actor(self, part: Part, side: Side) -> Actor:
        if side is Side.BUYER:
            return self.journey.buyer.actor
        is_first = part.stall.demo.number == 1
        return self.scene.people[people.OPERATOR] if is_first else part.stall.maker

    def _step(self, side: Side, action: Action) -> Step:
        number = self.journey.number
        if action is Action.SHIP:
            carrier = CARRIERS[number % len(CARRIERS)]
            return Step(side, action, carrier=carrier, tracking_number=f"MAU-{number:05d}")
        if action is Action.BRING_BACK:
            return Step(side, action, reason_code=Reason.NOBODY_THERE)
        if action is Action.CANCEL:
            words = self.scene.floor.reason(f"{side.value}_cancel", number)
            return Step(side, action, reason=words, reason_code=Reason.OTHER)
        return Step(side, action)
