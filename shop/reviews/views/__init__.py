"""The pages of buyers and readers of reviews, and what reviews put on other rooms' pages."""

from shop.reviews.views import slots
from shop.reviews.views.pages import bp

__all__ = ["bp", "slots"]
