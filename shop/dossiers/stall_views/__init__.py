"""The stall's side of the way to a star, a file for each matter."""

from shop.dossiers.stall_views import (
    assessment,
    dossiers,
    evidence,
    handing_in,
    papers,
    slots,
)
from shop.dossiers.stall_views.blueprint import bp

__all__ = ("assessment", "bp", "dossiers", "evidence", "handing_in", "papers", "slots")
