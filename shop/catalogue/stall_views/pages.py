"""What the pages of one product share: the blueprint, the frame, the way back to it."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from shop.catalogue import publishing, staging
from shop.catalogue.models import Product
from shop.catalogue.queries import stall as goods
from shop.stalls.models import StallMember, StallStatus
from shop.stalls.permissions import Permission, may
from shop.web.templating import render

bp = Blueprint("catalogue_stall", "shop.catalogue.stall_views", url_prefix="/quan-ly/<stall_slug>")


@dataclass(frozen=True)
class Tab:
    """A link to a sibling page of the same product."""

    key: str
    label: str
    href: str
    count: int | None = None


def product_page(
    template: str, membership: StallMember, product: Product, *, status: int = 200, **ctx: Any
) -> Response:
    """Render a page of one product, with its state, what it lacks and its sibling pages.

    The product has to be read after the last write, with its stall, packs and pictures.
    """
    words = staging.words_of(product)
    return render(
        f"catalogue/stall/{template}.html",
        status=status,
        stall=product.stall,
        product=product,
        tabs=_tabs(membership, product),
        lacks=publishing.missing(words, product.skus, staging.shots_of(product)),
        is_reviewed=staging.is_reviewed(product),
        stall_is_open=product.stall.status == StallStatus.ACTIVE,
        has_certificate=goods.has_live_certificate(product.id),
        **ctx,
    )


def _tabs(membership: StallMember, product: Product) -> list[Tab]:
    tabs = [
        Tab("words", gettext("Description"), _url("edit", product)),
        Tab("packs", gettext("Prices"), _url("packs", product)),
        Tab("pictures", gettext("Photos"), _url("pictures", product)),
        Tab("stock", gettext("Stock"), _url("product_stock", product)),
    ]
    if may(membership, Permission.MANAGE_CERTIFICATES):
        tabs.append(Tab("certificate", "OCOP", _url("certificate", product)))
    return tabs


def _url(endpoint: str, product: Product) -> str:
    slug = product.stall.slug
    return url_for(f"catalogue_stall.{endpoint}", stall_slug=slug, product_id=product.id)


def back_to(endpoint: str, **values: Any) -> BaseResponse:
    """Go on to a page of the same cockpit after something was written."""
    slug = (request.view_args or {})["stall_slug"]
    return redirect(url_for(f"catalogue_stall.{endpoint}", stall_slug=slug, **values), 303)
