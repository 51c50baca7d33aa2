"""A process remembers for a minute what is worth it, and nothing longer."""

from datetime import timedelta

import pytest
import time_machine

from shop.core import clock, memory
from shop.core.memory import remembered


@pytest.fixture
def ask(app):
    app.extensions.pop("memory", None)
    answers = iter(range(1, 100))
    return lambda key="k", **how: remembered(key, lambda: next(answers), **how)


@pytest.mark.parametrize(("seconds", "expected"), [(0, 1), (59, 1), (60, 2), (-5, 2)])
def test_an_answer_lasts_a_minute(ask, seconds, expected):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        ask()
        traveller.shift(timedelta(seconds=seconds))
        assert ask() == expected


def test_each_question_has_its_own_answer(ask):
    assert (ask("a"), ask("b"), ask("a")) == (1, 2, 1)


def test_what_is_not_worth_it_is_asked_again(ask):
    assert [ask(worth=lambda answer: answer > 1) for _ in range(3)] == [1, 2, 2]


def test_no_more_is_kept_than_there_is_room_for(ask, monkeypatch):
    monkeypatch.setattr(memory, "MOST_KEPT", 2)
    assert [ask("a"), ask("b"), ask("c"), ask("c"), ask("a")] == [1, 2, 3, 3, 4]
