"""Deciding on stalls: moderators on applications, operators on stalls that sell."""

from dataclasses import dataclass

from flask_babel import lazy_gettext

from shop.accounts.models import User
from shop.core import clock
from shop.core.db import transaction
from shop.core.errors import Forbidden, InvalidInput, NotFound
from shop.stalls import queries
from shop.stalls.models import Stall
from shop.stalls.operations.moves import move
from shop.stalls.operations.telling import tell_members
from shop.stalls.reasons import NEEDS_WORDS, ReturnReason, SuspensionReason
from shop.stalls.transitions import Move


@dataclass(frozen=True)
class Reason:
    """Why something is refused: one of a list, and words of one's own."""

    code: ReturnReason | SuspensionReason
    words: str = ""

    def check(self) -> None:
        """Raise InvalidInput when the list alone says nothing."""
        if self.code in NEEDS_WORDS and not self.words:
            raise InvalidInput(lazy_gettext("Please say in a few words why."), field="words")


def accept_stall(moderator: User, stall_id: int, *, seen_version: int) -> Stall:
    """Open the stall, as the page of this version shows it; raise WrongState if it has moved on."""
    with transaction():
        stall = _case(moderator, stall_id)
        move(
            stall,
            Move.ACCEPT,
            seen_version=seen_version,
            status_reason="",
            reason_code="",
            decided_at=clock.now(),
        )
        _tell(stall, "stalls/accepted", url=f"/quan-ly/{stall.slug}")
    return stall


def return_stall(moderator: User, stall_id: int, *, seen_version: int, reason: Reason) -> Stall:
    """Give the application back with what to change; raise WrongState if it has moved on."""
    reason.check()
    with transaction():
        stall = _case(moderator, stall_id)
        move(
            stall,
            Move.RETURN,
            seen_version=seen_version,
            status_reason=reason.words,
            reason_code=reason.code.value,
            decided_at=clock.now(),
        )
        _tell(stall, "stalls/returned", url="/mo-gian-hang", reason=reason)
    return stall


def suspend_stall(stall_id: int, reason: Reason) -> Stall:
    """Close a selling stall until an operator opens it again, and tell its members why."""
    reason.check()
    with transaction():
        stall = _any(stall_id)
        move(
            stall,
            Move.SUSPEND,
            status_reason=reason.words,
            reason_code=reason.code.value,
            decided_at=clock.now(),
        )
        _tell(stall, "stalls/suspended", url=f"/quan-ly/{stall.slug}", reason=reason)
    return stall


def reactivate_stall(stall_id: int) -> Stall:
    """Let a suspended stall sell again."""
    with transaction():
        stall = _any(stall_id)
        move(stall, Move.REACTIVATE, status_reason="", reason_code="", decided_at=clock.now())
        _tell(stall, "stalls/reactivated", url=f"/quan-ly/{stall.slug}")
    return stall


def _case(moderator: User, stall_id: int) -> Stall:
    """Return a stall this moderator may decide on: within the scope, and not her own."""
    stall = queries.case(moderator, stall_id)
    if stall is None:
        raise NotFound
    if queries.is_member(moderator.id, stall.id):
        raise Forbidden(
            lazy_gettext("You work for this stall, so somebody else must decide on it.")
        )
    return stall


def _any(stall_id: int) -> Stall:
    stall = queries.stall_by_id(stall_id)
    if stall is None:
        raise NotFound
    return stall


def _tell(stall: Stall, template: str, *, url: str, reason: Reason | None = None) -> None:
    told = {"reason": reason.code.words, "words": reason.words} if reason else {}
    tell_members(
        stall.id,
        template,
        key=f"stall-{stall.id}-v{stall.version}",
        url=url,
        data={"stall": stall.name, "slug": stall.slug, **told},
    )
