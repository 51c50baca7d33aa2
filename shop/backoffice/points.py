"""A row of numbers as a line in the small box of a tile."""

from collections.abc import Sequence

WIDTH, HEIGHT, MARGIN = 100, 32, 2


def line(numbers: Sequence[int]) -> str:
    """Return the corners of the line, `x,y x,y …`, the highest number at the top of the box."""
    most = max(numbers, default=0) or 1
    step = WIDTH / max(len(numbers) - 1, 1)
    room = HEIGHT - 2 * MARGIN
    return " ".join(
        f"{place * step:.1f},{HEIGHT - MARGIN - room * number / most:.1f}"
        for place, number in enumerate(numbers)
    )
