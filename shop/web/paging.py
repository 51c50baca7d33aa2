"""Pages of a list: numbers that are read from the address without trusting it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from flask import request

T = TypeVar("T")
LAST_PAGE = 500


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of rows: `number` counts from 1, `total` is exact unless the list was capped."""

    rows: Sequence[T]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """Return how many pages can be turned to, at least one."""
        return min(max(1, -(-self.total // self.size)), LAST_PAGE)

    @property
    def has_next(self) -> bool:
        """Tell whether a page follows."""
        return self.number < self.pages

    @property
    def has_previous(self) -> bool:
        """Tell whether a page comes before."""
        return self.number > 1

    def within(self) -> "Page[T]":
        """Return the page itself, or the last one there is when it lies past the end."""
        return self if self.number <= self.pages else replace(self, number=self.pages)


def page_number(parameter: str = "trang") -> int:
    """Return the page asked for, 1 when the parameter is missing or nonsense."""
    text: Any = request.args.get(parameter, "1")
    return min(int(text), LAST_PAGE) if text.isdecimal() and len(text) < 6 and int(text) else 1
