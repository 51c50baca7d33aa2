"""What this room puts on the cockpit's first page and among its further links."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from shop.catalogue.models import ProductStatus
from shop.catalogue.queries import stall as goods
from shop.catalogue.queries.stock import Level
from shop.certification.validity import filing_window
from shop.core import clock
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission, may
from shop.web import slots
from shop.web.templating import day


@dataclass(frozen=True)
class Today:
    """One thing to do today, with the way to it."""

    count: int
    title: str
    text: str
    url: str
    label: str
    tone: str


@dataclass(frozen=True)
class Link:
    """A further page of the cockpit."""

    title: str
    url: str


@slots.fill("cockpit.today", order=30)
def sold_out(membership: StallMember) -> Today | None:
    """Say what buyers see as sold out."""
    if not (count := goods.out_of_stock(membership.stall_id)):
        return None
    title = ngettext("%(num)s pack is sold out", "%(num)s packs are sold out", count)
    text = gettext("Buyers see it, and cannot order it.")
    url = _url(membership, "stock", muc=Level.OUT)
    return Today(count, title, text, url, gettext("Add to stock"), "danger")


@slots.fill("cockpit.today", order=40)
def running_low(membership: StallMember) -> Today | None:
    """Say what will soon be sold out."""
    if not (count := goods.low_stock(membership.stall_id)):
        return None
    title = ngettext("%(num)s pack runs low", "%(num)s packs run low", count)
    text = gettext("Five pieces or fewer are left.")
    url = _url(membership, "stock", muc=Level.LOW)
    return Today(count, title, text, url, gettext("Add to stock"), "warn")


@slots.fill("cockpit.today", order=20)
def came_back(membership: StallMember) -> Today | None:
    """Say what a moderator has returned."""
    if not (count := goods.returned(membership.stall_id)):
        return None
    title = ngettext(
        "%(num)s product was returned for changes",
        "%(num)s products were returned for changes",
        count,
    )
    text = gettext("Read the reason, change it and hand it in again.")
    url = _url(membership, "goods", loc=ProductStatus.RETURNED)
    return Today(count, title, text, url, gettext("Have a look"), "warn")


@slots.fill("cockpit.today", order=50)
def runs_out(membership: StallMember) -> Today | None:
    """Say which certificates need to be renewed."""
    if not may(membership, Permission.MANAGE_CERTIFICATES):
        return None
    if not (found := goods.expiring(membership.stall_id)):
        return None
    product_id, first = found[0]
    title = ngettext(
        "%(num)s certificate is to be renewed", "%(num)s certificates are to be renewed", len(found)
    )
    url = _url(membership, "certificate", product_id=product_id)
    return Today(len(found), title, _what_to_do(first), url, gettext("Have a look"), "warn")


def _what_to_do(expires_on: date) -> str:
    """Return until when a re-evaluation is filed in time, or that this time is over."""
    closes = filing_window(expires_on)[1]
    words = {"day": day(expires_on), "closes": day(closes)}
    if clock.today() <= closes:
        return str(
            gettext("The first ends on %(day)s. File for re-evaluation by %(closes)s.", **words)
        )
    return str(
        gettext("The first ends on %(day)s; filing in time ended on %(closes)s. File now.", **words)
    )


@slots.fill("cockpit.more", order=20)
def stock_link(membership: StallMember) -> Link | None:
    """Lead to the stock of all packs."""
    return Link(gettext("Stock"), _url(membership, "stock"))


@slots.fill("cockpit.more", order=21)
def journal_link(membership: StallMember) -> Link | None:
    """Lead to the journal of the stock."""
    return Link(gettext("Stock journal"), _url(membership, "journal"))


def _url(membership: StallMember, endpoint: str, **values: Any) -> str:
    slug = membership.stall.slug
    return url_for(f"catalogue_stall.{endpoint}", stall_slug=slug, **values)
