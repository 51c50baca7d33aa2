"""Seats of a council that change hands: the office replaces or takes away who has not handed in."""

from flask_babel import lazy_gettext
from sqlalchemy import delete, select

from shop.accounts.models import User
from shop.core import audit
from shop.core.db import change, db, transaction
from shop.core.errors import InvalidInput, NotFound, WrongState
from shop.dossiers.council import LEAST_MEMBERS
from shop.dossiers.models import CouncilSeat, Dossier
from shop.dossiers.operations.councils import all_handed_in, close, lock_council, seat
from shop.dossiers.operations.steps import open_case
from shop.dossiers.queries import dossiers as queries
from shop.dossiers.transitions import Action


def reseat(
    moderator: User, dossier_id: int, user_id: int, *, successor_id: int | None = None
) -> None:
    """Give the seat of a member who has not handed in to another, or take it away.

    Raises NotFound for who has no seat, WrongState once the sheet is handed in, InvalidInput for
    a successor who may not sit, or when too few seats would be left. A council of which every
    other sheet is there closes.
    """
    with transaction():
        dossier = open_case(moderator, dossier_id, Action.CLOSE)
        lock_council(dossier)
        if successor_id is not None:
            _check_successor(dossier, successor_id)
        _vacate(dossier, user_id, must_stay=LEAST_MEMBERS if successor_id is None else 0)
        said = {"member": user_id, "successor": successor_id}
        audit.record("dossier.reseated", dossier, said)
        if successor_id is not None:
            seat(dossier, successor_id)
        elif all_handed_in(dossier):
            close(dossier)


def _check_successor(dossier: Dossier, successor_id: int) -> None:
    """Raise InvalidInput for who may not sit in this council, or sits in it already."""
    if successor_id not in {person.id for person in queries.successors(dossier)}:
        raise InvalidInput(lazy_gettext("Somebody here may not sit in it."), "successor_id")


def _vacate(dossier: Dossier, user_id: int, *, must_stay: int) -> None:
    wanted = select(CouncilSeat).where(CouncilSeat.dossier_id == dossier.id)
    fresh = wanted.execution_options(populate_existing=True)
    seats = {each.user_id: each for each in db.session.scalars(fresh)}
    if user_id not in seats:
        raise NotFound
    if seats[user_id].handed_in_at is not None:
        raise WrongState(lazy_gettext("This sheet has been handed in: the seat stays."))
    if len(seats) - 1 < must_stay:
        raise InvalidInput(
            lazy_gettext("A council has at least %(least)s members.", least=LEAST_MEMBERS),
            "successor_id",
        )
    change(delete(CouncilSeat).where(CouncilSeat.id == seats[user_id].id))
