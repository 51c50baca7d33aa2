"""Moving a stall's part of an order along: the table, stock, records, letters."""

import pytest

from shop.core.audit import history
from shop.core.errors import WrongState
from shop.orders.models import StallOrderStatus as S
from shop.orders.operations import Step, advance
from shop.orders.transitions import MOVES, Action, Side
from tests.orders.factories import PlacedOrderFactory, part_of

WORDS = {"reason": "Hàng bị vỡ trên đường", "carrier": "Bưu điện Đồng Văn"}
EVERY = [(side, action, status) for side in Side for action in Action for status in S]


def is_allowed(side, action, status):
    """Tell whether the table has the move."""
    move = MOVES.get((side, action))
    return move is not None and status in move.origins


@pytest.mark.parametrize(("side", "action", "status"), EVERY)
def test_does_what_the_table_says_and_nothing_else(app, db, side, action, status):
    part = part_of(PlacedOrderFactory(status=status))
    told = len(history(part))
    if is_allowed(side, action, status):
        advance(part.id, Step(side, action, **WORDS))
        db.session.refresh(part)
        assert part.status == MOVES[(side, action)].target
        assert [entry.action for entry in history(part)][told:] == [f"order.{action}"]
    else:
        with pytest.raises(WrongState):
            advance(part.id, Step(side, action, **WORDS))
        db.session.refresh(part)
        assert part.status == status
        assert len(history(part)) == told
