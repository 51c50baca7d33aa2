"""Whole đồng, and the two ways they are divided; the rounding is told in docs/pricing.md."""

from collections.abc import Sequence

BASIS_POINTS = 10_000


def format_vnd(amount_vnd: int) -> str:
    """Write đồng as people do: `1.234.567 ₫`, with a no-break space."""
    return f"{amount_vnd:,}".replace(",", ".") + "\N{NO-BREAK SPACE}₫"


def percent_of(amount_vnd: int, basis_points: int) -> int:
    """Return a share of an amount in whole đồng, halves away from zero; 1 % is 100 points."""
    scaled = abs(amount_vnd) * basis_points
    rounded = (scaled + BASIS_POINTS // 2) // BASIS_POINTS
    return rounded if amount_vnd >= 0 else -rounded


def split_pro_rata(amount_vnd: int, weights: Sequence[int]) -> list[int]:
    """Divide an amount by weights without losing a đồng, by largest remainder, first come first.

    All-zero weights divide evenly. Raises ValueError for negative weights or nothing to divide by.
    """
    if not weights or min(weights) < 0:
        raise ValueError("weights must be given and not negative")
    if not any(weights):
        weights = [1] * len(weights)
    sign, left, total = (1 if amount_vnd >= 0 else -1), abs(amount_vnd), sum(weights)
    parts = [left * weight // total for weight in weights]
    by_remainder = sorted(
        range(len(weights)), key=lambda index: (-(left * weights[index] % total), index)
    )
    for index in by_remainder[: left - sum(parts)]:
        parts[index] += 1
    return [sign * part for part in parts]


def unit_price_vnd(price_vnd: int, net_quantity: int, per: int) -> int:
    """Return the price of `per` base units (1,000 g, 1,000 ml, 1 piece), halves up."""
    return (price_vnd * per * 2 + net_quantity) // (net_quantity * 2)
