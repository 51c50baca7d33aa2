"""docs/order-states.md says what the code does."""

import re
from datetime import timedelta
from pathlib import Path

from shop.orders.lateness import LIMITS
from shop.orders.models import StallOrderStatus
from shop.orders.transitions import MOVES, PROGRESS, order_status

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "order-states.md"
S = StallOrderStatus


def rows(heading):
    """Return the cells of the table below a heading, without its head."""
    section = DOCUMENT.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


def test_the_document_has_every_move_of_the_table_and_no_other():
    told = {
        (side, action, frozenset(re.split(r",\s*", origins)), target, stock, reason == "yes")
        for side, action, origins, target, stock, reason in rows("Who may do what")
    }
    known = {
        (side.value, action.value, frozenset(move.origins), move.target, move.stock, move[4])
        for (side, action), move in MOVES.items()
    }
    assert told == known


def test_the_document_names_every_state_with_its_words():
    told = {state: words for state, words, _meaning in rows("Where a part can stand")}
    assert list(told) == [state.value for state in S]
    english = [state.label._args[0] for state in S]
    assert list(told.values()) == english


def test_the_document_has_the_limits():
    told = {S(state): timedelta(hours=int(after.split()[0])) for state, after in rows(LATE)}
    assert told == LIMITS


LATE = "When a part is late"


def test_an_order_stands_where_its_least_advanced_living_part_stands():
    assert order_status([S.SHIPPED, S.CONFIRMED, S.CANCELLED]) == S.CONFIRMED
    assert order_status([S.CANCELLED, S.COMPLETED]) == S.COMPLETED
    assert order_status([S.CANCELLED, S.CANCELLED]) == S.CANCELLED


def test_every_state_but_the_final_ones_has_a_way_on():
    left = {origin for move in MOVES.values() for origin in move.origins}
    assert set(S) - left == {S.COMPLETED}
    assert set(PROGRESS) | {S.CANCELLED} == set(S)
