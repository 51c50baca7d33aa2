"""Addresses of listings: readable, unique, kept for good once given."""

import secrets

from shop.core.vietnamese import slugify

TRIES = 5


def candidates(name: str) -> list[str]:
    """Return addresses to try for a name: the plain one, then ones with a chance ending."""
    plain = slugify(name)
    return [plain, *(f"{plain}-{secrets.token_hex(2)}" for _ in range(TRIES))]
