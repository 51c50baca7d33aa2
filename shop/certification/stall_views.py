"""What this room puts on the first page of a stall's cockpit; its form is among the goods."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext, ngettext

from shop.certification.queries import returned_products
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


@slots.fill("cockpit.today", order=21)
def returned_certificates(membership: StallMember) -> Today | None:
    """Say which certificates a moderator has given back."""
    if not may(membership, Permission.MANAGE_CERTIFICATES):
        return None
    if not (products := returned_products(membership.stall_id)):
        return None
    title = ngettext(
        "%(num)s certificate was returned", "%(num)s certificates were returned", len(products)
    )
    text = gettext("A moderator asks for a change before the seal can show.")
    url = url_for(
        "catalogue_stall.certificate",
        stall_slug=membership.stall.slug,
        product_id=products[0],
    )
    return Today(len(products), title, text, url, gettext("Have a look"), "warn")
