"""The route as a table: the same in code and in words, and nothing leads out of what is over."""

import re
from datetime import date
from pathlib import Path

import pytest

from shop.dossiers.deadlines import TERMS, days_left, due_on
from shop.dossiers.transitions import MOVES, OPEN, Actor, DossierStatus, allowed, outcomes

S = DossierStatus
WORDS = Path(__file__).parents[2] / "docs" / "dossier-states.md"


def rows(heading: str) -> list[list[str]]:
    part = WORDS.read_text("utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def names(cell: str) -> set[str]:
    return {each.strip() for each in cell.split(",")}


def test_the_table_and_the_words_agree():
    told = {
        action: (names(actors), names(origins), target, reason == "yes")
        for actors, action, origins, target, reason in rows("Who may do what")
    }
    assert told == {
        action.value: (set(move.actors), set(move.origins), move.target.value, move.needs_reason)
        for action, move in MOVES.items()
    }


def test_the_terms_and_the_words_agree():
    told = {}
    for state, _, _, term, source in rows("Where a dossier can lie"):
        if term:
            days = int(re.match(r"\d+", term).group())
            told[state.strip("`")] = (days, source == "the rule")
    assert told == {state.value: tuple(term) for state, term in TERMS.items()}


@pytest.mark.parametrize("status", [each for each in S if each not in OPEN])
def test_nothing_leads_out_of_what_is_over(status):
    assert [allowed(actor, status) for actor in Actor] == [[]] * len(Actor)
    assert due_on(status, date(2026, 11, 27)) is None


@pytest.mark.parametrize("status", OPEN)
def test_each_open_state_has_a_term_and_a_way_on(status):
    assert TERMS[status].working_days > 0
    assert any(allowed(actor, status) for actor in Actor)


def test_each_state_has_words_and_a_record_that_leads_there():
    assert set(outcomes().values()) == {each.value for each in S}
    assert all(str(each.label) for each in S)


@pytest.mark.parametrize(
    ("status", "again", "last"),
    [
        (S.COMMUNE, None, date(2026, 12, 18)),
        (S.COMMUNE, date(2026, 11, 27), date(2026, 12, 18)),
        (S.PROVINCE, None, date(2027, 1, 11)),
        (S.PROVINCE, date(2026, 11, 1), date(2026, 12, 16)),  # 45 days in all
        (S.MINISTRY, date(2026, 11, 1), date(2027, 3, 1)),  # the 45 days are the province's
    ],
)
def test_terms_end_on_their_day(status, again, last):
    assert due_on(status, date(2026, 11, 27), re_evaluation_of=again) == last


def test_what_is_late_counts_below_nothing():
    assert days_left(date(2026, 11, 27), date(2026, 12, 1)) == -2
    assert days_left(date(2026, 12, 1), date(2026, 11, 27)) == 2
