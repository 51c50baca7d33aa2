"""Settings that a rule of the floor depends on, for use cases, which know nothing of Flask."""

from flask import current_app


def discount_limit_bp() -> int:
    """Return how much of a list price may be taken off, in basis points: 5,000 are one half."""
    return int(current_app.config["DISCOUNT_LIMIT_PERCENT"]) * 100
