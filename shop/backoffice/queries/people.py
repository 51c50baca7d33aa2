"""Finding people, and where moderators may decide."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from shop.accounts.models import ModeratorScope, Role, User
from shop.core.db import db
from shop.core.errors import NotFound
from shop.core.vietnamese import nfc
from shop.places.models import Commune, Province
from shop.stalls.models import StallMember
from shop.web.paging import Page

PAGE = 30


class Place(NamedTuple):
    """Where a moderator may decide; without names it is the whole floor."""

    scope_id: int
    province: str | None
    commune: str | None


class Moderator(NamedTuple):
    """A moderator and where she may decide."""

    person: User
    places: Sequence[Place]


def page_of_people(words: str, role: Role | None, number: int) -> Page[User]:
    """Return people by their address or name, the newest first."""
    conditions = [_is_called(words)] if words else []
    if role is not None:
        conditions.append(User.role == role)
    total = db.session.scalar(select(func.count()).select_from(User).where(*conditions)) or 0
    wanted = select(User).where(*conditions).order_by(User.id.desc())
    rows = db.session.scalars(wanted.limit(PAGE).offset((number - 1) * PAGE)).all()
    return Page(rows, number, PAGE, total)


def _is_called(words: str) -> ColumnElement[bool]:
    """Compare names as typed, in small and in large letters: SQLite knows those of ASCII only."""
    typed = nfc(words)
    spellings = {typed, typed.lower(), typed.title(), typed.upper()}
    names = [User.name.contains(spelling, autoescape=True) for spelling in spellings]
    return or_(User.email.contains(typed.lower(), autoescape=True), *names)


def person(user_id: int) -> User:
    """Return a person; raise NotFound."""
    found = db.session.get(User, user_id)
    if found is None:
        raise NotFound
    return found


def stalls_of(user_id: int) -> Sequence[StallMember]:
    """Return the stalls that a person works for, with the kind of her account there."""
    wanted = select(StallMember).where(StallMember.user_id == user_id)
    return db.session.scalars(
        wanted.options(joinedload(StallMember.stall)).order_by(StallMember.id)
    ).all()


def moderators() -> list[Moderator]:
    """Return all moderators by name, each with where she may decide."""
    people = db.session.scalars(
        select(User).where(User.role == Role.MODERATOR).order_by(User.name, User.id)
    ).all()
    places = places_of(person.id for person in people)
    return [Moderator(person, places[person.id]) for person in people]


def places_of(user_ids: Iterable[int]) -> dict[int, list[Place]]:
    """Return where these moderators may decide, nothing for those who may nowhere."""
    wanted: Any = (
        select(ModeratorScope.user_id, ModeratorScope.id, Province.name, Commune.full_name)
        .outerjoin(Commune, Commune.code == ModeratorScope.commune_code)
        .outerjoin(
            Province,
            Province.code == func.coalesce(Commune.province_code, ModeratorScope.province_code),
        )
        .where(ModeratorScope.user_id.in_(list(user_ids)))
        .order_by(ModeratorScope.id)
    )
    found: dict[int, list[Place]] = defaultdict(list)
    for user_id, scope_id, province, commune in db.session.execute(wanted):
        found[user_id].append(Place(scope_id, province, commune))
    return found
