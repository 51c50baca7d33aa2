"""The bundled sheets, and small ones made for one rule."""

import copy
import json
import random
from functools import cache

from hypothesis import strategies as st

from shop.criteria.operations import BUNDLED
from shop.criteria.sheet import Block, Criterion, Option, Part, Sheet, read_sheet


@cache
def _bundled():
    return json.loads(BUNDLED.read_text("utf-8"))


def bundled():
    """Return a copy of the bundled data that a test may spoil."""
    return copy.deepcopy(_bundled())


@cache
def bundled_sheet(number):
    """Return the sheet of one product set."""
    return read_sheet(_bundled()[number - 1])


def sheet_of_options(**criteria):
    """Return a sheet of one block whose criteria have options of (points, floor)."""
    made = tuple(
        Criterion(
            code,
            code,
            max(points for points, _ in options),
            tuple(Option(str(points), points, floor) for points, floor in options),
        )
        for code, options in criteria.items()
    )
    most = sum(criterion.most_hundredths for criterion in made)
    return Sheet(1, "Thử", (Part("A", "A", most, (Block("1", "Khối", most, made),)),))


def _answer(number, seed, missing):
    """Answer a sheet by chance; `missing` of ten criteria stay without an answer."""
    chance = random.Random(seed)
    sheet = bundled_sheet(number)
    answers = {
        criterion.code: chance.randrange(len(criterion.options))
        for criterion in sheet.criteria()
        if chance.randrange(10) >= missing
    }
    return sheet, answers


def answered():
    """Draw a bundled sheet and answers to some of its criteria."""
    return st.builds(_answer, st.integers(1, 26), st.integers(0, 2**32), st.integers(0, 9))
