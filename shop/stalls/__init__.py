"""Producers and their stalls: applying, being accepted, the people who run them."""
