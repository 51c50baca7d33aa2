"""Provinces and communes of today, and the places of before July 2025 that became them."""
