"""What the public can ask of a product code: its page, card, QR code and JSON, and a report."""

from shop.catalogue.certificate_views.pages import register

__all__ = ("register",)
