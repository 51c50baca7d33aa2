"""The ways a use case can say no; one place in `web` turns them into a page."""

from http import HTTPStatus
from typing import TypeAlias

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

Words: TypeAlias = str | LazyString


class ShopError(Exception):
    """A refusal that a person may read: a stable code, words, and the HTTP status that fits."""

    code = "refused"
    status = HTTPStatus.CONFLICT
    message: Words = lazy_gettext("This cannot be done now.")

    def __init__(self, message: Words | None = None) -> None:
        """Keep the words of this very case, or the words of the class."""
        if message is not None:
            self.message = message
        super().__init__(self.code)


class NotFound(ShopError):
    """The thing is not there, or is not yours, which sounds the same on purpose."""

    code = "not_found"
    status = HTTPStatus.NOT_FOUND
    message = lazy_gettext("We could not find that page.")


class Forbidden(ShopError):
    """You are known, and may not do this."""

    code = "forbidden"
    status = HTTPStatus.FORBIDDEN
    message = lazy_gettext("Your account may not do this.")


class InvalidInput(ShopError):
    """Input of the right shape that the shop cannot accept; `field` names where to show it."""

    code = "invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, message: Words, field: str | None = None) -> None:
        """Keep the words and the form field they belong to."""
        super().__init__(message)
        self.field = field


class WrongState(ShopError):
    """The thing has moved on since the page was shown."""

    code = "wrong_state"
    message = lazy_gettext("This has changed since you opened the page. Please look again.")


class TooOften(ShopError):
    """Too many tries in a short time."""

    code = "too_often"
    status = HTTPStatus.TOO_MANY_REQUESTS
    message = lazy_gettext("Too many tries. Please wait a few minutes and try again.")


class Unavailable(ShopError):
    """A part of the floor is down or busy; the same request may succeed soon."""

    code = "unavailable"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    message = lazy_gettext("The floor is busy. Please try again in a moment.")
