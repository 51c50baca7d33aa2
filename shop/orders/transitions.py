"""The life of a stall order as a table: who may do what from where, and what stock then does.

docs/order-states.md tells the same in words. The table is the rule; views only ask it.
"""

import enum
from collections.abc import Iterable
from typing import NamedTuple

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from shop.orders.models import StallOrderStatus as S


class Side(enum.StrEnum):
    """Who acts on a stall order; the floor does so when money comes, or does not come in time."""

    BUYER = "buyer"
    STALL = "stall"
    FLOOR = "floor"


class Action(enum.StrEnum):
    """What can be done to a stall order."""

    PAY = "pay"
    EXPIRE = "expire"
    REVIVE = "revive"
    CONFIRM = "confirm"
    PACK = "pack"
    SHIP = "ship"
    DELIVER = "deliver"
    RECEIVE = "receive"
    CANCEL = "cancel"
    BRING_BACK = "bring_back"

    @property
    def label(self) -> LazyString:
        """Return the action as a button says it."""
        return _LABELS[self]


_LABELS = {
    Action.PAY: lazy_gettext("Payment has come"),
    Action.EXPIRE: lazy_gettext("Not paid in time"),
    Action.REVIVE: lazy_gettext("Take the order up again"),
    Action.CONFIRM: lazy_gettext("Confirm order"),
    Action.PACK: lazy_gettext("Packed"),
    Action.SHIP: lazy_gettext("Hand over"),
    Action.DELIVER: lazy_gettext("Delivered"),
    Action.RECEIVE: lazy_gettext("I have received it"),
    Action.CANCEL: lazy_gettext("Cancel order"),
    Action.BRING_BACK: lazy_gettext("Parcel came back"),
}


class StockEffect(enum.StrEnum):
    """What an action does to the stock of the lines."""

    NONE = "none"
    COMMIT = "commit"
    SHIP = "ship"
    RELEASE = "release"
    HOLD_AGAIN = "hold_again"
    PUT_BACK = "put_back"


class Move(NamedTuple):
    """One allowed change: by whom, from which states, to which, with what effect on stock."""

    side: Side
    origins: frozenset[S]
    target: S
    stock: StockEffect = StockEffect.NONE
    needs_reason: bool = False


def _from(*states: S) -> frozenset[S]:
    return frozenset(states)


MOVES: dict[tuple[Side, Action], Move] = {
    (move.side, action): move
    for action, move in (
        (Action.PAY, Move(Side.FLOOR, _from(S.UNPAID), S.PLACED)),
        (Action.EXPIRE, Move(Side.FLOOR, _from(S.UNPAID), S.CANCELLED, StockEffect.RELEASE)),
        (Action.REVIVE, Move(Side.FLOOR, _from(S.CANCELLED), S.PLACED, StockEffect.HOLD_AGAIN)),
        (Action.CONFIRM, Move(Side.STALL, _from(S.PLACED), S.CONFIRMED, StockEffect.COMMIT)),
        (Action.PACK, Move(Side.STALL, _from(S.CONFIRMED), S.PACKED)),
        (Action.SHIP, Move(Side.STALL, _from(S.PACKED), S.SHIPPED, StockEffect.SHIP)),
        (Action.DELIVER, Move(Side.STALL, _from(S.SHIPPED), S.DELIVERED)),
        (Action.RECEIVE, Move(Side.BUYER, _from(S.SHIPPED, S.DELIVERED), S.COMPLETED)),
        (
            Action.CANCEL,
            Move(
                Side.BUYER,
                _from(S.UNPAID, S.PLACED, S.CONFIRMED),
                S.CANCELLED,
                StockEffect.RELEASE,
                needs_reason=True,
            ),
        ),
        (
            Action.CANCEL,
            Move(
                Side.STALL,
                _from(S.UNPAID, S.PLACED, S.CONFIRMED, S.PACKED),
                S.CANCELLED,
                StockEffect.RELEASE,
                needs_reason=True,
            ),
        ),
        (
            Action.BRING_BACK,
            Move(
                Side.STALL,
                _from(S.SHIPPED),
                S.CANCELLED,
                StockEffect.PUT_BACK,
                needs_reason=True,
            ),
        ),
    )
}

PROGRESS = (S.UNPAID, S.PLACED, S.CONFIRMED, S.PACKED, S.SHIPPED, S.DELIVERED, S.COMPLETED)
DELIVERED_STATES = _from(S.DELIVERED, S.COMPLETED)


def allowed(side: Side, status: S) -> list[Action]:
    """Return what a side may do to a stall order in this state, in the order of the table."""
    return [
        action for (who, action), move in MOVES.items() if who == side and status in move.origins
    ]


def order_status(statuses: Iterable[S]) -> S:
    """Return the status of a whole order: that of its least advanced living part."""
    living = [status for status in statuses if status != S.CANCELLED]
    return min(living, key=PROGRESS.index) if living else S.CANCELLED
