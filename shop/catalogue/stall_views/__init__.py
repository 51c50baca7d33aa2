"""The goods side of a stall's cockpit: the list, the listing, its packs, pictures and stock."""

from shop.catalogue.stall_views import certificate, goods, packs, pictures, slots, stock
from shop.catalogue.stall_views.pages import bp

__all__ = ("bp", "certificate", "goods", "packs", "pictures", "slots", "stock")
