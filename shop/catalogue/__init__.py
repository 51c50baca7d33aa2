"""Certified goods: products, SKUs, stock, pictures, and the public pages that show them."""
