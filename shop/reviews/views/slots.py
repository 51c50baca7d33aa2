"""What reviews put on other rooms' pages: a product's, an order's, the stall's, the desk's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext, ngettext
from flask_login import current_user
from markupsafe import Markup

from shop.accounts.models import User
from shop.catalogue.models import Product
from shop.core import clock
from shop.orders.models import OrderLine
from shop.reviews import queries
from shop.reviews.reviewing import is_editable
from shop.reviews.views.shown import shown_review
from shop.stalls.models import StallMember
from shop.stalls.permissions import Permission, may
from shop.web import slots
from shop.web.paging import page_number

PAGE = "trang_danh_gia"


@dataclass(frozen=True)
class Today:
    """One thing to do today, with the way to it."""

    count: int
    title: str
    text: str
    url: str
    label: str
    tone: str


@slots.fill("product.below", order=60)
def reviews_of_product(product: Product) -> Markup:
    """Show what buyers say of a product, and how their ratings spread."""
    spread = queries.spread(product.id)
    page = queries.page_of_reviews(product.id, page_number(PAGE), spread.count)
    return Markup(  # noqa: S704  a rendered template
        render_template(
            "reviews/_product.html",
            product=product,
            spread=spread,
            page=page,
            page_name=PAGE,
            reviews=[shown_review(review) for review in page.rows],
            own_id=current_user.id if current_user.is_authenticated else None,
        )
    )


@slots.fill("order.lines")
def ways_to_review(buyer_id: int, lines: Sequence[OrderLine]) -> dict[int, tuple[str, str]]:
    """Lead from each delivered line of an order to its review."""
    found = queries.reviewables(buyer_id, [line.id for line in lines])
    links = {}
    for line_id, review in found.items():
        if review is None:
            label = gettext("Write a review")
        elif is_editable(review.created_at, clock.now()):
            label = gettext("Change the review")
        else:
            label = gettext("Your review")
        links[line_id] = (str(label), url_for("reviews.write", line_id=line_id))
    return links


@slots.fill("cockpit.today", order=60)
def to_answer(membership: StallMember) -> Today | None:
    """Say how many reviews have no answer yet."""
    if not may(membership, Permission.ANSWER_REVIEWS):
        return None
    if not (count := queries.unanswered(membership.stall_id)):
        return None
    return Today(
        count,
        ngettext("%(num)s review to answer", "%(num)s reviews to answer", count),
        gettext("A few friendly words; everybody reads them."),
        url_for("reviews_stall.reviews", stall_slug=membership.stall.slug),
        gettext("Answer"),
        "leaf",
    )


@slots.fill("cockpit.more", order=40)
def reviews_link(membership: StallMember) -> tuple[str, str] | None:
    """Lead to the reviews of the stall's goods."""
    if not may(membership, Permission.ANSWER_REVIEWS):
        return None
    url = url_for("reviews_stall.reviews", stall_slug=membership.stall.slug, loc="tat-ca")
    return str(gettext("Reviews")), url


@slots.fill("moderation.queues", order=60)
def reports_waiting(user: User) -> tuple[str, int, str, datetime | None]:
    """Say how many reported reviews wait for this moderator, and since when."""
    found: Any = queries.waiting(user)
    title = str(gettext("Reported reviews"))
    return title, found.number, url_for("reviews_moderator.queue"), found.oldest
