"""Whose cart this request is about: the person's, or the visitor's by the token in her session."""

import secrets
from typing import NamedTuple

from flask import session
from flask_login import current_user

from shop.cart import operations
from shop.cart.models import Cart

TOKEN = "cart_token"  # noqa: S105  the name of a session key


class Owner(NamedTuple):
    """A person, or a visitor's token; neither means that nothing was gathered yet."""

    user_id: int | None
    token: str | None


def owner(*, start: bool = False) -> Owner:
    """Return who owns the cart of this request; `start` gives a new visitor her token."""
    token = session.get(TOKEN)
    if current_user.is_authenticated:
        if token:
            operations.adopt(current_user.id, token)
            session.pop(TOKEN)
        return Owner(current_user.id, None)
    if token is None and start:
        token = session[TOKEN] = secrets.token_urlsafe(24)
        session.permanent = True
    return Owner(None, token)


def current_cart() -> Cart | None:
    """Return the cart of this request, if there is one."""
    return operations.cart_of(**owner()._asdict())
