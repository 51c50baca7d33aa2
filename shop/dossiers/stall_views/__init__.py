"""The stall's side of the way to a star."""

from shop.dossiers.stall_views import evidence
from shop.dossiers.stall_views.blueprint import bp

__all__ = ("bp", "evidence")
