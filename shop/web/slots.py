"""Places on a page that rooms above it fill, so that no room imports upwards.

`catalogue` shows a product page; `reviews` contributes its part: `@slots.fill("product.below")`.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

Filler = TypeVar("Filler", bound=Callable[..., Any])

_fillers: dict[str, dict[str, tuple[int, Callable[..., Any]]]] = {}


def fill(slot: str, *, order: int = 50) -> Callable[[Filler], Filler]:
    """Register a function that fills a slot; lower order comes first."""

    def register(function: Filler) -> Filler:
        name = f"{function.__module__}.{function.__qualname__}"
        _fillers.setdefault(slot, {})[name] = (order, function)
        return function

    return register


def functions(slot: str) -> Iterable[Callable[..., Any]]:
    """Return the functions that fill a slot, in order."""
    ranked = sorted(_fillers.get(slot, {}).items(), key=lambda item: (item[1][0], item[0]))
    return [function for _, (_, function) in ranked]


def collect(slot: str, *args: Any) -> list[Any]:
    """Return what each room puts into a slot; None means nothing to show."""
    parts = (function(*args) for function in functions(slot))
    return [part for part in parts if part is not None]
