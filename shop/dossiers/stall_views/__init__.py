"""The stall's side of the way to a star, a file for each matter."""

from shop.dossiers.stall_views import assessment, dossiers, evidence, papers, slots
from shop.dossiers.stall_views.blueprint import bp

__all__ = ("assessment", "bp", "dossiers", "evidence", "papers", "slots")
