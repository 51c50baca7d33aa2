"""What payments say on the pages of an order."""

from shop.orders.models import Order
from shop.payments import queries
from shop.payments.methods import method
from shop.web import slots


@slots.fill("order.payment")
def way_of_paying(order: Order) -> str:
    """Say how an order is paid."""
    return str(method(order.payment_method).label)


@slots.fill("stall_order.due")
def still_due(stall_order_id: int) -> int | None:
    """Say how much is still to be collected for a stall's part."""
    return queries.due_vnd(stall_order_id)
