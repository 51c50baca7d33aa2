"""Who acts, and in which request: set once at the edge, read by audit and logs."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


class Actor(NamedTuple):
    """The person, or the part of the floor, in whose name something is done."""

    id: int | None
    name: str


SYSTEM = Actor(None, "system")

_actor: ContextVar[Actor] = ContextVar("actor", default=SYSTEM)
_request_id: ContextVar[str | None] = ContextVar("request_id", default=None)


def current_actor() -> Actor:
    """Return who acts now; a job or a command acts as the system."""
    return _actor.get()


def set_actor(actor: Actor) -> None:
    """Say who acts for the rest of this request."""
    _actor.set(actor)


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Act as somebody for the length of the block."""
    mark = _actor.set(actor)
    try:
        yield
    finally:
        _actor.reset(mark)


def request_id() -> str | None:
    """Return the id of the request in hand, or None outside one."""
    return _request_id.get()


def set_request_id(value: str | None) -> None:
    """Name the request in hand."""
    _request_id.set(value)
