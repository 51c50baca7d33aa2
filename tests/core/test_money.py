"""Whole đồng: written, shared, divided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.core.money import format_vnd, percent_of, split_pro_rata, unit_price_vnd


def test_money_is_written_with_dots_and_a_space_that_does_not_break():
    assert format_vnd(1_234_567) == "1.234.567\N{NO-BREAK SPACE}₫"
    assert format_vnd(0) == "0\N{NO-BREAK SPACE}₫"


@pytest.mark.parametrize(
    ("amount", "points", "share"), [(1000, 50, 5), (150, 100, 2), (149, 100, 1), (-150, 100, -2)]
)
def test_shares_round_halves_away_from_zero(amount, points, share):
    assert percent_of(amount, points) == share


@given(
    st.integers(-(10**12), 10**12),
    st.lists(st.integers(0, 10**9), min_size=1, max_size=30),
)
def test_a_split_loses_no_dong_and_follows_the_weights(amount, weights):
    parts = split_pro_rata(amount, weights)
    assert sum(parts) == amount
    assert all(part == 0 or (part > 0) == (amount > 0) for part in parts)
    if any(weights):
        exact = [amount * weight / sum(weights) for weight in weights]
        assert all(abs(part - share) < 1.001 for part, share in zip(parts, exact, strict=True))


@pytest.mark.parametrize("weights", [[], [1, -1]])
def test_a_split_needs_weights_that_make_sense(weights):
    with pytest.raises(ValueError, match="weights"):
        split_pro_rata(100, weights)


def test_unit_prices_round_halves_up():
    assert unit_price_vnd(360_000, 500, 1000) == 720_000
    assert unit_price_vnd(1, 3000, 1000) == 0
    assert unit_price_vnd(1, 2000, 1000) == 1
