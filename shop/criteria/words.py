"""Faults of the sheets as people read them."""

from flask_babel import gettext

from shop.criteria.validation import Fault


def fault_text(fault: Fault) -> str:
    """Return a fault on one line: where it is, what it is, what is written there."""
    place = gettext("Set %(set)s", set=fault.product_set)
    if fault.code:
        place = gettext("%(place)s, %(code)s", place=place, code=fault.code)
    detail = f" ({fault.detail})" if fault.detail else ""
    return f"{place}: {fault.kind.label}{detail}"
