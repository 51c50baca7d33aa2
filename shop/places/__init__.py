"""Provinces and communes of today, and where the places of before July 2025 went."""
