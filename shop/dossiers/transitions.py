"""The route of a dossier as a table: who may do what from where, and where it then stands.

docs/dossier-states.md tells the same in words. The table is the rule; operations only ask it.
"""

import enum
from typing import NamedTuple

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString


class DossierStatus(enum.StrEnum):
    """Where a dossier lies."""

    COMMUNE = "commune"
    PROVINCE = "province"
    COUNCIL = "council"
    DECISION = "decision"
    MINISTRY = "ministry"
    RETURNED = "returned"
    RECOGNISED = "recognised"
    NOT_RECOGNISED = "not_recognised"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> LazyString:
        """Return the state in words."""
        return _STATUSES[self]


S = DossierStatus
_STATUSES = {
    S.COMMUNE: lazy_gettext("Screened by the commune"),
    S.PROVINCE: lazy_gettext("Checked by the provincial office"),
    S.COUNCIL: lazy_gettext("Scored by the council"),
    S.DECISION: lazy_gettext("Waiting for the decision"),
    S.MINISTRY: lazy_gettext("With the ministry"),
    S.RETURNED: lazy_gettext("Returned for changes"),
    S.RECOGNISED: lazy_gettext("Recognised"),
    S.NOT_RECOGNISED: lazy_gettext("Not recognised"),
    S.WITHDRAWN: lazy_gettext("Withdrawn by the stall"),
}
OPEN = (S.COMMUNE, S.PROVINCE, S.COUNCIL, S.DECISION, S.MINISTRY)


class Actor(enum.StrEnum):
    """Who acts on a dossier."""

    STALL = "stall"
    COMMUNE = "commune"  # a moderator whose scope covers the commune
    OFFICE = "office"  # a moderator of the whole province, or of the floor
    COUNCIL = "council"  # the last member who hands a sheet in


class Action(enum.StrEnum):
    """What can be done to a dossier."""

    FORWARD = "forward"
    GIVE_BACK = "give_back"
    CONVENE = "convene"
    CLOSE = "close"
    SEND_UP = "send_up"
    SEND_DOWN = "send_down"
    RECOGNISE = "recognise"
    RECOGNISE_FIVE = "recognise_five"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


class Move(NamedTuple):
    """One allowed change: by whom, from which states, to which, under which name in the trail."""

    actors: frozenset[Actor]
    origins: frozenset[DossierStatus]
    target: DossierStatus
    record: str
    needs_reason: bool = False


def _by(*actors: Actor) -> frozenset[Actor]:
    return frozenset(actors)


def _from(*states: DossierStatus) -> frozenset[DossierStatus]:
    return frozenset(states)


OFFICE = _by(Actor.OFFICE)
MOVES: dict[Action, Move] = {
    Action.FORWARD: Move(_by(Actor.COMMUNE), _from(S.COMMUNE), S.PROVINCE, "dossier.forwarded"),
    Action.GIVE_BACK: Move(
        _by(Actor.COMMUNE, Actor.OFFICE),
        _from(S.COMMUNE, S.PROVINCE),
        S.RETURNED,
        "dossier.returned",
        needs_reason=True,
    ),
    Action.CONVENE: Move(OFFICE, _from(S.PROVINCE), S.COUNCIL, "dossier.convened"),
    Action.CLOSE: Move(
        _by(Actor.OFFICE, Actor.COUNCIL), _from(S.COUNCIL), S.DECISION, "dossier.scored"
    ),
    Action.SEND_UP: Move(OFFICE, _from(S.DECISION), S.MINISTRY, "dossier.sent_up"),
    Action.SEND_DOWN: Move(OFFICE, _from(S.MINISTRY), S.DECISION, "dossier.sent_down"),
    Action.RECOGNISE: Move(OFFICE, _from(S.DECISION), S.RECOGNISED, "dossier.recognised"),
    Action.RECOGNISE_FIVE: Move(OFFICE, _from(S.MINISTRY), S.RECOGNISED, "dossier.recognised"),
    Action.REFUSE: Move(
        OFFICE, _from(S.DECISION), S.NOT_RECOGNISED, "dossier.refused", needs_reason=True
    ),
    Action.WITHDRAW: Move(
        _by(Actor.STALL),
        _from(S.COMMUNE, S.PROVINCE, S.COUNCIL),
        S.WITHDRAWN,
        "dossier.withdrawn",
    ),
}
HANDED_IN = "dossier.handed_in"


def allowed(actor: Actor, status: DossierStatus) -> list[Action]:
    """Return what somebody may do to a dossier in this state, in the order of the table."""
    return [
        action for action, move in MOVES.items() if actor in move.actors and status in move.origins
    ]


def outcomes() -> dict[str, str]:
    """Return to which state each deed of the trail leads."""
    return {HANDED_IN: S.COMMUNE.value} | {
        move.record: move.target.value for move in MOVES.values()
    }
