"""The search page."""

from flask import Blueprint, Response, request, url_for

from shop.catalogue import filters
from shop.catalogue.queries.cards import browse
from shop.certification.product_sets import PRODUCT_SETS
from shop.core.vietnamese import nfc
from shop.places.queries import province_names
from shop.search import analysis, operations
from shop.web.access import public
from shop.web.paging import page_number
from shop.web.templating import render

bp = Blueprint("search", __name__)


@bp.get("/tim-kiem")
@public
def results() -> Response:
    """Show what a text finds, narrowed and ordered as the address says."""
    text = nfc(request.args.get("q", ""))[: analysis.LONGEST_QUERY]
    chosen = filters.read(request.args, filters.Sort.RELEVANCE)
    found = operations.find(text) if text else None
    return render(
        "search/results.html",
        part="catalogue/_results.html",
        query=text,
        chosen=chosen,
        is_loose=bool(found and found.is_loose and found.ids),
        page=browse(chosen, page_number(), found.ids if found else None),
        sorts=filters.offered_sorts(has_query=bool(text)),
        sets=PRODUCT_SETS.values(),
        provinces=province_names(),
        endpoint="search.results",
        action=url_for("search.results"),
    )
