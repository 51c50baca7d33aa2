"""How a stall moves from one status to the next; what is not in the table cannot be done."""

import enum
from typing import NamedTuple

from shop.stalls.models import StallStatus


class Move(enum.StrEnum):
    """Something that is done to a stall as a whole; the value names the audit row."""

    SUBMIT = "stall.submitted"
    ACCEPT = "stall.accepted"
    RETURN = "stall.returned"
    SUSPEND = "stall.suspended"
    REACTIVATE = "stall.reactivated"


class Step(NamedTuple):
    """From which statuses a move starts, and where it ends."""

    sources: frozenset[StallStatus]
    target: StallStatus


STEPS = {
    Move.SUBMIT: Step(frozenset({StallStatus.DRAFT, StallStatus.RETURNED}), StallStatus.SUBMITTED),
    Move.ACCEPT: Step(frozenset({StallStatus.SUBMITTED}), StallStatus.ACTIVE),
    Move.RETURN: Step(frozenset({StallStatus.SUBMITTED}), StallStatus.RETURNED),
    Move.SUSPEND: Step(frozenset({StallStatus.ACTIVE}), StallStatus.SUSPENDED),
    Move.REACTIVATE: Step(frozenset({StallStatus.SUSPENDED}), StallStatus.ACTIVE),
}
OPEN = STEPS[Move.SUBMIT].sources


def can(move: Move, status: StallStatus) -> bool:
    """Tell whether a stall of this status can make the move."""
    return status in STEPS[move].sources
