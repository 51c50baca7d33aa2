"""The public pages: home, goods, a product."""

from typing import Any

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup

from shop.catalogue import certificate_views, filters, registry_views
from shop.catalogue.queries.cards import browse as browse_goods
from shop.catalogue.queries.home import floor_counts, in_season, newly_certified
from shop.catalogue.queries.page import ProductPage
from shop.catalogue.queries.product import public_product
from shop.catalogue.queries.stall_page import facts_of
from shop.certification.product_sets import PRODUCT_SETS, SetGroup
from shop.places.queries import province_names
from shop.stalls.models import Stall
from shop.web import slots
from shop.web.access import public
from shop.web.paging import page_number
from shop.web.templating import render

bp = Blueprint("catalogue", __name__)
registry_views.register(bp)
certificate_views.register(bp)


@bp.get("/")
@public
def home() -> Response:
    """Show the market: search first, then what is new, in season, and where it comes from."""
    counts = floor_counts()
    return render(
        "catalogue/home.html",
        counts=counts,
        newest=newly_certified(),
        season=in_season(counts),
        groups=list(SetGroup)[:5],
        sets=PRODUCT_SETS.values(),
        provinces=province_names(),
        sections=slots.collect("home.sections"),
    )


@bp.get("/san-pham")
@public
def browse() -> Response:
    """Show goods on sale, narrowed and ordered as the address says."""
    chosen = filters.read(request.args)
    return render(
        "catalogue/browse.html",
        part="catalogue/_results.html",
        chosen=chosen,
        page=browse_goods(chosen, page_number()),
        sorts=filters.offered_sorts(has_query=False),
        sets=PRODUCT_SETS.values(),
        provinces=province_names(),
    )


@bp.get("/san-pham/<slug>")
@public
def product(slug: str) -> Response:
    """Show a product with its packs, its certificate, its maker, and what other rooms add."""
    found = public_product(slug)
    return render(
        "catalogue/product.html",
        product=found,
        page=ProductPage.of(found, request.args.get("quy-cach", "")),
        aside=slots.collect("product.aside", found),
        below=slots.collect("product.below", found),
    )


@slots.fill("stall.facts")
def stall_facts(stall_ids: list[int]) -> dict[int, dict[str, Any]]:
    """Say on the cards of stalls how much they sell, and how it is rated."""
    return facts_of(stall_ids)


@slots.fill("stall.below", order=20)
def goods_of_stall(stall: Stall) -> Markup:
    """Show a stall's goods on its page."""
    chosen = filters.Filters(stall_id=stall.id)
    part = render_template(
        "catalogue/_stall_goods.html", stall=stall, page=browse_goods(chosen, page_number())
    )
    return Markup(part)  # noqa: S704  rendered by our own template, which escapes
