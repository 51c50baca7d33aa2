"""The timeline of a stall's part, the same words for buyer and stall: what was, what comes."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from flask_babel import gettext, lazy_gettext

from shop.core.audit import AuditEntry
from shop.orders.models import StallOrderStatus as S
from shop.orders.reasons import reason_text
from shop.orders.transitions import PROGRESS, Action, Side


class Event(NamedTuple):
    """One point of a timeline; `at` is None for what is still to come."""

    title: str
    at: datetime | None
    text: str | None = None
    tone: str | None = None


_WHO = {
    Side.BUYER: lazy_gettext("By the buyer"),
    Side.STALL: lazy_gettext("By the stall"),
    Side.FLOOR: lazy_gettext("By the floor"),
}

_DONE = {
    "placed": lazy_gettext("Order placed"),
    Action.PAY: lazy_gettext("The payment has come"),
    Action.EXPIRE: lazy_gettext("Not paid in time; cancelled"),
    Action.REVIVE: lazy_gettext("Paid late, taken up again"),
    Action.CONFIRM: lazy_gettext("The stall has confirmed"),
    Action.PACK: lazy_gettext("Packed"),
    Action.SHIP: lazy_gettext("Handed to the carrier"),
    Action.DELIVER: lazy_gettext("Delivered"),
    Action.RECEIVE: lazy_gettext("The buyer has received it"),
    Action.CANCEL: lazy_gettext("Cancelled"),
    Action.BRING_BACK: lazy_gettext("The parcel came back; cancelled"),
}

_AHEAD = {
    S.PLACED: (
        lazy_gettext("The payment arrives"),
        lazy_gettext("The goods are held for it; then the stall hears of the order."),
    ),
    S.CONFIRMED: (
        lazy_gettext("The stall confirms"),
        lazy_gettext("Usually within a day. The goods are held for this order."),
    ),
    S.PACKED: (
        lazy_gettext("The stall packs"),
        lazy_gettext("Usually within two days. Until then the buyer can still cancel."),
    ),
    S.SHIPPED: (
        lazy_gettext("Handed to a carrier"),
        lazy_gettext("The stall writes down who carries the parcel."),
    ),
    S.DELIVERED: (
        lazy_gettext("Delivered"),
        lazy_gettext("The parcel is on its way. Have the amount ready if it is paid in cash."),
    ),
    S.COMPLETED: (
        lazy_gettext("The buyer confirms the receipt"),
        lazy_gettext("After that, the goods can be reviewed."),
    ),
}


def events(entries: Sequence[AuditEntry], status: S) -> list[Event]:
    """Return the public record of a part in words, then what comes next; oldest first."""
    return [*(_event(entry) for entry in entries), *ahead(status)]


def ahead(status: S) -> list[Event]:
    """Return what is still to come from a status on; only the next point is explained."""
    if status == S.CANCELLED:
        return []
    coming = PROGRESS[PROGRESS.index(status) + 1 :]
    return [
        Event(str(_AHEAD[each][0]), None, str(_AHEAD[each][1]) if place == 0 else None)
        for place, each in enumerate(coming)
    ]


def _event(entry: AuditEntry) -> Event:
    step = entry.action.removeprefix("order.")
    is_end = step in {Action.CANCEL, Action.EXPIRE, Action.BRING_BACK}
    who = _WHO[Side(entry.data.get("side", Side.BUYER))]
    said = " · ".join([str(who), *_papers(entry)])
    return Event(str(_DONE.get(step, step)), entry.at, said, "danger" if is_end else None)


def _papers(entry: AuditEntry) -> list[str]:
    data = entry.data
    papers = []
    if reason := reason_text(data.get("reason_code", ""), data.get("reason", "")):
        papers.append(str(gettext("Reason: %(reason)s", reason=reason)))
    if carrier := data.get("carrier"):
        papers.append(str(gettext("Carrier: %(carrier)s", carrier=carrier)))
    if number := data.get("tracking_number"):
        papers.append(str(gettext("Tracking number: %(number)s", number=number)))
    return papers
