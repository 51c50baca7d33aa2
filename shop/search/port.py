"""What an engine must do for the floor; it ranks text, and the database has the last word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Document:
    """The text of a product: folded and cut by `analysis` before it is indexed."""

    product_id: int
    name: str
    maker: str
    description: str


@dataclass(frozen=True)
class Found:
    """Product ids, best first. `is_loose` says that not every word was found in the names."""

    ids: Sequence[int]
    is_loose: bool = False


class Engine(Protocol):
    """An index of products."""

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build the index anew beside the one in use, then switch; return how many it holds."""

    def update(self, documents: Iterable[Document], gone: Iterable[int]) -> None:
        """Put these documents in place of what was known of them, and forget those gone."""

    def search(self, text: str, limit: int) -> Found:
        """Return the products that a text finds; raise SearchDown when there is no index."""

    def ids(self) -> set[int]:
        """Return every product the index knows, for checks."""


class SearchDown(Exception):
    """The index is missing or being made; the floor falls back to a plain list."""
