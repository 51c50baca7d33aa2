"""The pages of operators: the floor at a glance, its audit trail, its people."""

from shop.backoffice.operator_views import home, people, trail
from shop.backoffice.operator_views.frame import bp

__all__ = ["bp", "home", "people", "trail"]
