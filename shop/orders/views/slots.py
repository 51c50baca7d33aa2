"""What orders put on the pages of other rooms: the account, and the stall's first page."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext, ngettext

from shop.accounts.models import User
from shop.orders import queries
from shop.orders.models import StallOrderStatus
from shop.orders.queries import Count
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission, may
from shop.web import slots


@dataclass(frozen=True)
class Today:
    """One thing to do today, with the way to it."""

    count: int
    title: str
    text: str
    url: str
    label: str
    tone: str


@slots.fill("account.links", order=10)
def my_orders(_user: User) -> tuple[str, str]:
    """Lead from the account to the person's orders."""
    return gettext("My orders"), url_for("orders.orders")


@slots.fill("cockpit.today", order=1)
def to_confirm(membership: StallMember) -> Today | None:
    """Say which orders wait for a yes."""
    count = _count(membership, StallOrderStatus.PLACED)
    return count and Today(
        count.number,
        ngettext("%(num)s new order", "%(num)s new orders", count.number),
        _with_late(count, gettext("Look through it and confirm; the goods are held for it.")),
        _url(membership, StallOrderStatus.PLACED),
        gettext("Confirm"),
        _tone(count),
    )


@slots.fill("cockpit.today", order=2)
def to_pack(membership: StallMember) -> Today | None:
    """Say which orders wait to be packed."""
    count = _count(membership, StallOrderStatus.CONFIRMED)
    return count and Today(
        count.number,
        ngettext("%(num)s order to pack", "%(num)s orders to pack", count.number),
        _with_late(count, gettext("Print the slip and put it into the parcel.")),
        _url(membership, StallOrderStatus.CONFIRMED),
        gettext("Pack it"),
        _tone(count),
    )


@slots.fill("cockpit.today", order=3)
def to_hand_over(membership: StallMember) -> Today | None:
    """Say which parcels wait for a carrier."""
    count = _count(membership, StallOrderStatus.PACKED)
    return count and Today(
        count.number,
        ngettext("%(num)s parcel to hand over", "%(num)s parcels to hand over", count.number),
        _with_late(count, gettext("Write down who carries it, so that the buyer can follow it.")),
        _url(membership, StallOrderStatus.PACKED),
        gettext("Hand it over"),
        _tone(count),
    )


@slots.fill("cockpit.today", order=4)
def long_on_the_way(membership: StallMember) -> Today | None:
    """Say which parcels have been on their way for too long."""
    count = _count(membership, StallOrderStatus.SHIPPED)
    if count is None or not count.late:
        return None
    return Today(
        count.late,
        ngettext("%(num)s parcel is slow", "%(num)s parcels are slow", count.late),
        gettext("More than a week on its way. Ask the carrier, then note what became of it."),
        _url(membership, StallOrderStatus.SHIPPED),
        gettext("Have a look"),
        "warn",
    )


def _count(membership: StallMember, status: StallOrderStatus) -> Count | None:
    """Return how many parts stand at a status; None when there is none, or none of his business."""
    if not may(membership, Permission.HANDLE_ORDERS):
        return None
    count = queries.counts(membership.stall_id)[status]
    return count if count.number else None


def _with_late(count: Count, text: str) -> str:
    if not count.late:
        return text
    late = ngettext("%(num)s order is late.", "%(num)s orders are late.", count.late)
    return f"{late} {text}"


def _tone(count: Count) -> str:
    return "danger" if count.late else "leaf"


def _url(membership: StallMember, status: StallOrderStatus) -> str:
    slug = membership.stall.slug
    return url_for("orders_stall.orders", stall_slug=slug, trang_thai=status.value)
