"""What must hold of stalls after any crash and any race, each a line when it does not."""

from flask_babel import lazy_gettext

from shop.core.invariants import invariant, unrecorded
from shop.stalls.models import Stall, StallStatus
from shop.stalls.transitions import STEPS

BEGUN = "stall.begun"


@invariant(7, lazy_gettext("Each stall stands where its record says"))
def check_stall_records() -> list[str]:
    """Return a line for every stall whose status its last move does not explain."""
    moves = {move.value: step.target.value for move, step in STEPS.items()}
    return unrecorded(Stall, {BEGUN: StallStatus.DRAFT.value, **moves})
