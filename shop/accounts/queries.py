"""Reading people: who they are, where they live, what they may see."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, false, or_, select
from sqlalchemy.orm import joinedload

from shop.accounts.emails import normalise_email
from shop.accounts.models import Address, ModeratorScope, PasswordReset, Role, User, UserSession
from shop.core import clock
from shop.core.db import db
from shop.core.errors import NotFound
from shop.core.vietnamese import fold
from shop.places import queries as places
from shop.places.models import Commune
from shop.places.queries import Found

SESSION_IDLE = timedelta(days=30)


def hash_of(token: str) -> str:
    """Return the form in which a token is kept; tokens are long and random, so this is enough."""
    return sha256(token.encode()).hexdigest()


def by_email(email: str) -> User | None:
    """Return the person with an address, however it was typed."""
    return db.session.scalar(select(User).where(User.email == normalise_email(email)))


def live_session(token: str) -> UserSession | None:
    """Return the device a token belongs to, with its person; not once revoked, idle or blocked."""
    return db.session.scalar(
        select(UserSession)
        .join(UserSession.user)
        .where(
            UserSession.token_hash == hash_of(token),
            UserSession.revoked_at.is_(None),
            UserSession.last_seen_at > clock.now() - SESSION_IDLE,
            User.is_blocked.is_(False),
        )
        .options(joinedload(UserSession.user))
    )


def devices_of(user_id: int) -> Sequence[UserSession]:
    """Return the devices on which a person is signed in, the last seen first."""
    wanted = select(UserSession).where(
        UserSession.user_id == user_id,
        UserSession.revoked_at.is_(None),
        UserSession.last_seen_at > clock.now() - SESSION_IDLE,
    )
    return db.session.scalars(
        wanted.order_by(UserSession.last_seen_at.desc(), UserSession.id.desc()).limit(100)
    ).all()


def usable_reset(token: str) -> PasswordReset | None:
    """Return what a link for a new password stands for while it can be used."""
    return db.session.scalar(
        select(PasswordReset).where(
            PasswordReset.token_hash == hash_of(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > clock.now(),
        )
    )


def addresses_of(user_id: int) -> Sequence[Address]:
    """Return a person's addresses with their places, the default first."""
    wanted = select(Address).where(Address.user_id == user_id).options(*_places())
    return db.session.scalars(wanted.order_by(Address.is_default.desc(), Address.id)).all()


def address_of(user_id: int, address_id: int) -> Address:
    """Return an address of a person with its places; raise NotFound when it is not hers."""
    own = select(Address).where(Address.id == address_id, Address.user_id == user_id)
    found = db.session.scalar(own.options(*_places()))
    if found is None:
        raise NotFound
    return found


def commune_meant(province_code: str, *, name: str, codes: Iterable[str | None]) -> Found:
    """Return the commune that an address form means, or those it may mean.

    The first code is one that was chosen from several; it counts by itself. The others stand
    beside the typed name and count while they agree with it, for without JavaScript a name may be
    changed and the code of the old one stay behind.
    """
    for place, code in enumerate(codes):
        commune = places.commune(code) if code else None
        if commune is None or commune.province_code != province_code:
            continue
        if place == 0 or _is_called(commune, name):
            return Found(commune)
    return places.find_commune(province_code, name)


def _is_called(commune: Commune, name: str) -> bool:
    return fold(name) in {fold(commune.full_name), fold(commune.name)}


def _places() -> tuple[Any, ...]:
    return joinedload(Address.commune), joinedload(Address.province)


def in_scope(
    user: User, province_column: SQLColumnExpression[str], commune_column: SQLColumnExpression[str]
) -> ColumnElement[bool]:
    """Return the SQL condition that a row lies where a moderator may decide.

    Nobody but a moderator has a scope, and a moderator without one sees nothing.
    """
    if not user.has_role(Role.MODERATOR):
        return false()
    own = ModeratorScope.user_id == user.id
    return exists().where(own, _covers(province_column, commune_column))


def whole_provinces(user: User) -> frozenset[str] | None:
    """Return the provinces that lie wholly in a moderator's scope; None for the whole floor."""
    if not user.has_role(Role.MODERATOR):
        return frozenset()
    own = select(ModeratorScope.province_code).where(
        ModeratorScope.user_id == user.id, ModeratorScope.commune_code.is_(None)
    )
    codes = set(db.session.scalars(own))
    return None if None in codes else frozenset(code for code in codes if code)


def moderators_for(province_code: str, commune_code: str) -> list[User]:
    """Return the moderators who may decide on something in a commune."""
    wanted = select(User).where(
        User.role == Role.MODERATOR,
        User.is_blocked.is_(False),
        exists().where(ModeratorScope.user_id == User.id, _covers(province_code, commune_code)),
    )
    return list(db.session.scalars(wanted.order_by(User.id)))


def _covers(province: Any, commune: Any) -> ColumnElement[bool]:
    """A scope with a commune is that commune alone, whatever province stands beside it."""
    no_commune = ModeratorScope.commune_code.is_(None)
    return or_(
        ModeratorScope.commune_code == commune,
        and_(no_commune, ModeratorScope.province_code == province),
        and_(no_commune, ModeratorScope.province_code.is_(None)),
    )
