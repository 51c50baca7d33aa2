"""What a buyer reads of vouchers on the page of a product."""

from flask import render_template
from markupsafe import Markup

from shop.catalogue.models import Product
from shop.promotions.queries import live_for
from shop.web import slots


@slots.fill("product.aside", order=15)
def vouchers_on_product_page(product: Product) -> Markup | None:
    """Tell which vouchers hold for a product, with their conditions, as the law asks."""
    found = live_for(product.stall_id, product.product_set)
    if not found:
        return None
    part = render_template("promotions/_on_product.html", vouchers=found)
    return Markup(part)  # noqa: S704  rendered by our own template, which escapes
