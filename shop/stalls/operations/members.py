"""The people of a stall: added, given another kind of account, removed; never without a manager."""

from datetime import timedelta

from flask_babel import lazy_gettext
from sqlalchemy import func, select

from shop.accounts.models import User
from shop.accounts.queries import by_email
from shop.core import audit, clock, throttle
from shop.core.db import db, transaction
from shop.core.errors import InvalidInput, NotFound, WrongState
from shop.notifications.operations import notify
from shop.stalls import queries
from shop.stalls.models import MemberKind, Stall, StallMember
from shop.stalls.queries.applications import UNDECIDED

MOST_TRIES = 20


def add_member(stall_id: int, email: str, kind: MemberKind) -> StallMember:
    """Let the person with this address work for the stall, and tell her.

    Raises InvalidInput before the stall is accepted, when there is no such account, which a stall
    may ask 20 times an hour, or when the person works there already.
    """
    throttle.hit(f"stall-members:{stall_id}", limit=MOST_TRIES, per=timedelta(hours=1))
    with transaction():
        stall = _locked(stall_id)
        if stall.status in UNDECIDED:  # or anybody could begin a stall and ask whom we know
            raise InvalidInput(
                lazy_gettext("People can be added once the stall is accepted."), field="email"
            )
        person = _person(email)
        if queries.is_member(person.id, stall.id):
            raise InvalidInput(lazy_gettext("This person works here already."), field="email")
        member = StallMember(
            stall_id=stall.id, user_id=person.id, kind=kind, created_at=clock.now()
        )
        db.session.add(member)
        db.session.flush()
        _record("stall.member_added", stall, person=person, kind=kind)
        _tell("stalls/member_added", stall, person=person, kind=kind)
    return member


def change_kind(stall_id: int, member_id: int, kind: MemberKind) -> None:
    """Give a member the other kind of account; raise WrongState for the last manager."""
    with transaction():
        stall = _locked(stall_id)
        member = _member(stall_id, member_id)
        if member.kind == kind:
            return
        _keep_a_manager(member)
        member.kind = kind
        _record("stall.member_changed", stall, person=member.user, kind=kind)
        _tell("stalls/member_changed", stall, person=member.user, kind=kind)


def remove_member(stall_id: int, member_id: int) -> None:
    """End somebody's work for the stall; raise WrongState for the last manager."""
    with transaction():
        stall = _locked(stall_id)
        member = _member(stall_id, member_id)
        _keep_a_manager(member)
        _record("stall.member_removed", stall, person=member.user, kind=member.kind)
        _tell("stalls/member_removed", stall, person=member.user, kind=member.kind)
        db.session.delete(member)


def _locked(stall_id: int) -> Stall:
    """Return the stall under a lock, so that its managers are counted one change at a time."""
    stall = db.session.scalar(
        select(Stall).where(Stall.id == stall_id).with_for_update(key_share=True)
    )
    if stall is None:
        raise NotFound
    return stall


def _member(stall_id: int, member_id: int) -> StallMember:
    found = queries.member(stall_id, member_id)
    if found is None:
        raise NotFound
    return found


def _person(email: str) -> User:
    found = by_email(email)
    if found is None or found.is_blocked:
        raise InvalidInput(
            lazy_gettext("Nobody can be added by this address. Ask the person to register first."),
            field="email",
        )
    return found


def _keep_a_manager(leaving: StallMember) -> None:
    if leaving.kind != MemberKind.MANAGER:
        return
    others = select(func.count()).where(
        StallMember.stall_id == leaving.stall_id,
        StallMember.kind == MemberKind.MANAGER,
        StallMember.id != leaving.id,
    )
    if not db.session.scalar(others):
        raise WrongState(
            lazy_gettext("A stall needs a manager. Give somebody else that account first.")
        )


def _record(action: str, stall: Stall, *, person: User, kind: MemberKind) -> None:
    audit.record(action, stall, {"user_id": person.id, "kind": kind.value}, public=True)


def _tell(template: str, stall: Stall, *, person: User, kind: MemberKind) -> None:
    moment = clock.now().isoformat()
    notify(
        person.id,
        template,
        key=f"{template}:{stall.id}:{person.id}:{moment}",
        url="/quan-ly/",
        data={"stall": stall.name, "kind": kind.value},
    )
