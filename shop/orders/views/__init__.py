"""The buyer's pages of orders."""

from shop.orders.views import slots
from shop.orders.views.pages import bp

__all__ = ["bp", "slots"]
