"""Paying: the buyer's pages, the gateways' messages, and the sandbox that stands in for them."""

from shop.payments.views import sandbox
from shop.payments.views.pages import bp

__all__ = ["bp", "sandbox"]
