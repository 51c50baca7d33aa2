"""The bundled sheets, and small ones made for one rule."""

import copy
import json
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


def best_answers(sheet):
    """Return the answers that bring most points."""
    return {each.code: each.cheapest(each.most_hundredths) for each in sheet.criteria()}


@st.composite
def answered(draw):
    """Draw a bundled sheet and answers to some of its criteria."""
    sheet = bundled_sheet(draw(st.integers(1, 26)))
    answers = {}
    for criterion in sheet.criteria():
        chosen = draw(st.none() | st.integers(0, len(criterion.options) - 1))
        if chosen is not None:
            answers[criterion.code] = chosen
    return sheet, answers
