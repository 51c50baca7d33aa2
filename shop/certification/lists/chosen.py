"""Which good rows of a list are taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shop.certification.lists.rows import ListedProduct


@dataclass(frozen=True)
class Chosen:
    """Which good rows are taken: all, these lines, or all from one line to another."""

    lines: Sequence[int] = field(default=())
    span: tuple[int, int] | None = None

    def of(self, rows: Sequence[ListedProduct]) -> list[ListedProduct]:
        """Return the rows that are meant."""
        if self.span is not None:
            first, last = self.span
            return [row for row in rows if first <= row.line <= last]
        lines = set(self.lines)
        return [row for row in rows if not lines or row.line in lines]

    def to_json(self) -> dict[str, Any]:
        """Return the choice as it is kept with an import."""
        return {"lines": list(self.lines), "span": self.span}


def of_json(kept: Mapping[str, Any]) -> Chosen:
    """Return a choice that was kept with an import."""
    span = kept.get("span")
    return Chosen(kept.get("lines", ()), (span[0], span[1]) if span else None)
