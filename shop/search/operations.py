"""Keeping the index true, and asking it."""

from datetime import timedelta

import structlog

from shop.core import outbox
from shop.core.db import transaction
from shop.search import queries
from shop.search.gateway import engine
from shop.search.port import Found, SearchDown

MOST_HITS = 1000

log = structlog.get_logger()


def find(text: str) -> Found:
    """Return the products that a text finds, best first, at most a thousand.

    Without an index it is a plain look at names, marked as loose.
    """
    try:
        return engine().search(text, MOST_HITS)
    except SearchDown:
        return Found(queries.plain_ids(text, MOST_HITS), is_loose=True)


def reindex() -> int:
    """Build the whole index anew while the old one serves; return how many goods it holds.

    What went on sale or off it meanwhile, told to the old index, is told to the new one as well.
    """
    count = engine().rebuild(queries.all_documents())
    with transaction():  # reads anew: what was read for the build is of before the build
        late = queries.ids_on_sale() ^ engine().ids()
    if late:
        _update(late)
    log.info("search.rebuilt", products=count, late=len(late))
    return count


@outbox.batch_handler("search.product_changed")
def follow_products(payloads: list[outbox.Payload]) -> None:
    """Bring changed products into the index, and those no longer on sale out of it."""
    _update({payload["product_id"] for payload in payloads})


@outbox.batch_handler("search.stall_changed")
def follow_stalls(payloads: list[outbox.Payload]) -> None:
    """Bring all products of changed stalls up to date."""
    stalls = {payload["stall_id"] for payload in payloads}
    _update(set(queries.products_of_stalls(stalls)))


def _update(ids: set[int]) -> None:
    found = queries.documents(ids)
    gone = ids - {document.product_id for document in found}
    try:
        engine().update(found, gone)
    except SearchDown:
        reindex()


@outbox.every(timedelta(minutes=1))
def make_if_missing() -> None:
    """Build the index when there is none, or one of an older analysis."""
    try:
        engine().search("a", 1)
    except SearchDown:
        reindex()
