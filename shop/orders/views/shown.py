"""An order as its pages show it: each part with its timeline, and what its reader may do now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shop.catalogue.queries.pictures import first_pictures
from shop.catalogue.queries.product import published_slugs
from shop.certification.queries import Sold, revoked_since
from shop.core.audit import AuditEntry
from shop.orders import queries, timeline
from shop.orders.models import Order, OrderLine, StallOrder, StallOrderStatus
from shop.orders.timeline import Event
from shop.orders.transitions import Action, Side, allowed, order_status
from shop.web import slots
from shop.web.pictures import ShownPicture


@dataclass(frozen=True)
class ShownPart:
    """A stall's part: what happened to it, and what one side may do to it."""

    part: StallOrder
    number: int
    events: list[Event]
    actions: frozenset[Action]

    @property
    def is_cancelled(self) -> bool:
        """Tell whether the part has ended without goods."""
        return self.part.status == StallOrderStatus.CANCELLED


@dataclass(frozen=True)
class ShownOrder:
    """A whole order; `due_vnd` is what its living parts come to, `slugs` lead to its goods.

    `pay_until` is by when it has to be paid, None when it has not; `refunds` are by part.
    `revoked` says of certificates that were live at the sale on which day they were revoked.
    """

    order: Order
    status: StallOrderStatus
    parts: Sequence[ShownPart]
    pictures: dict[int, ShownPicture]
    slugs: dict[int, str]
    links: dict[int, tuple[str, str]]
    payment: str
    due_vnd: int
    revoked: dict[str, date]
    pay_until: datetime | None
    refunds: dict[int, list[tuple[str, int, str]]]


@dataclass(frozen=True)
class Row:
    """An order in the buyer's list."""

    order: Order
    status: StallOrderStatus
    goods: str
    more: int
    due_vnd: int


def row(order: Order) -> Row:
    """Return an order as the list shows it: the first goods by name, how many more, what is due."""
    names = [line.product_name for part in order.stall_orders for line in part.lines]
    return Row(order, _status(order), ", ".join(names[:2]), max(0, len(names) - 2), _due(order))


def whole(order: Order) -> ShownOrder:
    """Return a buyer's order with everything its page shows."""
    records = queries.records_of(order.stall_orders)
    lines = [line for part in order.stall_orders for line in part.lines]
    product_ids = [line.product_id for line in lines]
    return ShownOrder(
        order=order,
        status=_status(order),
        parts=[shown_part(part, Side.BUYER, records[part.id]) for part in order.stall_orders],
        pictures=first_pictures(product_ids),
        slugs=published_slugs(product_ids),
        links=_links(order.buyer_id, lines),
        payment=payment_of(order),
        due_vnd=_due(order),
        revoked=revoked_of(order.stall_orders),
        pay_until=next(iter(slots.collect("order.pay_until", order)), None),
        refunds=next(iter(slots.collect("order.refunds", order)), {}),
    )


def revoked_of(parts: Iterable[StallOrder]) -> dict[str, date]:
    """Return the days on which certificates of these parts were revoked since, by their codes."""
    return revoked_since(
        Sold(line.certificate_code, line.product_id, part.placed_at)
        for part in parts
        for line in part.lines
    )


def shown_part(part: StallOrder, side: Side, records: Sequence[AuditEntry]) -> ShownPart:
    """Return a part with its timeline and what a side may do to it."""
    return ShownPart(
        part=part,
        number=part.number,
        events=timeline.events(records, part.status),
        actions=frozenset(allowed(side, part.status)),
    )


def payment_of(order: Order) -> str:
    """Return in words how an order is paid."""
    return next(iter(slots.collect("order.payment", order)), "")


def to_collect(part: StallOrder) -> int:
    """Return how much money is still to be collected with a parcel, in đồng."""
    if part.status == StallOrderStatus.CANCELLED:
        return 0
    known = slots.collect("stall_order.due", part.id)
    return int(known[0]) if known else part.total_vnd


def _status(order: Order) -> StallOrderStatus:
    return order_status(part.status for part in order.stall_orders)


def _due(order: Order) -> int:
    living = (p for p in order.stall_orders if p.status != StallOrderStatus.CANCELLED)
    return sum(part.total_vnd for part in living)


def _links(buyer_id: int, lines: Sequence[OrderLine]) -> dict[int, tuple[str, str]]:
    """Return what other rooms offer for a line, such as a review: (title, address) by line."""
    found: dict[int, tuple[str, str]] = {}
    for offered in slots.collect("order.lines", buyer_id, lines):
        found |= offered
    return found
