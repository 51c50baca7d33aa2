"""What must hold of the index: it knows what is on sale, and nothing else."""

from flask_babel import lazy_gettext

from shop.core import outbox
from shop.core.invariants import invariant
from shop.search import queries
from shop.search.gateway import engine
from shop.search.port import SearchDown


@invariant(5, lazy_gettext("The index of goods holds what is on sale, and nothing else"))
def check_index() -> list[str]:
    """Return a line for every product that is wrongly found or not found.

    What the worker has yet to bring into the index is no fault.
    """
    on_sale = queries.ids_on_sale()
    try:
        indexed = engine().ids()
    except SearchDown:
        return ["index: ∅"] if on_sale else []
    wrong = sorted((on_sale ^ indexed) - _under_way())
    return [f"product {number}: {'+' if number in indexed else '-'}" for number in wrong]


def _under_way() -> set[int]:
    products = {
        payload["product_id"] for payload in outbox.waiting_payloads("search.product_changed")
    }
    stalls = {payload["stall_id"] for payload in outbox.waiting_payloads("search.stall_changed")}
    return products | set(queries.products_of_stalls(stalls))
