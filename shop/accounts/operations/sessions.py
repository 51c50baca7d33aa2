"""Signing in and out, one device at a time."""

import secrets
from contextlib import suppress
from datetime import timedelta

from flask_babel import lazy_gettext
from sqlalchemy import delete, update
from sqlalchemy.exc import OperationalError

from shop.accounts import passwords, queries
from shop.accounts.devices import Device
from shop.accounts.emails import normalise_email
from shop.accounts.models import User, UserSession
from shop.core import clock, outbox, throttle
from shop.core.db import change, db, transaction
from shop.core.errors import InvalidInput, NotFound
from shop.core.throttle import Limit

SIGN_IN_ACCOUNT = Limit("sign-in-account", 10, timedelta(minutes=15))
SIGN_IN_ADDRESS = Limit("sign-in-address", 60, timedelta(minutes=15))
SEEN_EVERY = timedelta(minutes=5)
KEPT = timedelta(days=90)


def sign_in(email: str, password: str, *, device: Device) -> str:
    """Let a person in on a device and return the token that the device keeps.

    Raises InvalidInput, in the same words and after the same time whether or not the address is
    known, and TooOften after too many wrong tries for the account or from the address.
    """
    email, visitor = normalise_email(email), throttle.network(device.ip_address)
    throttle.guard(SIGN_IN_ADDRESS, visitor)
    throttle.guard(SIGN_IN_ACCOUNT, email)
    person = queries.by_email(email)
    known_hash = person.password_hash if person else None
    if not passwords.is_right(password, known_hash) or person is None or known_hash is None:
        raise InvalidInput(
            lazy_gettext("The e-mail address or the password is not right."), "password"
        )
    if person.is_blocked:
        raise InvalidInput(lazy_gettext("This account is blocked. Please contact us."), "email")
    with transaction():
        throttle.give_back(SIGN_IN_ADDRESS, visitor)
        throttle.forget(SIGN_IN_ACCOUNT.key(email))
        return _let_in(person.id, password, known_hash, device=device)


def _let_in(user_id: int, password: str, known_hash: str, *, device: Device) -> str:
    """Begin a session, unless the password was changed while it was being checked."""
    person = db.session.get_one(User, user_id)
    if person.password_hash != known_hash:
        raise InvalidInput(lazy_gettext("Please sign in again."), "password")
    if passwords.is_outdated(known_hash):
        person.password_hash = passwords.hash_password(password)
    return open_session(user_id, device)


def open_session(user_id: int, device: Device) -> str:
    """Write down a signed-in device and return its token, of which only the hash is kept."""
    token, moment = secrets.token_urlsafe(32), clock.now()
    db.session.add(
        UserSession(
            user_id=user_id,
            token_hash=queries.hash_of(token),
            user_agent=device.user_agent[:300],
            ip_address=device.ip_address[:45],
            created_at=moment,
            last_seen_at=moment,
        )
    )
    db.session.flush()
    return token


def close_sessions(user_id: int) -> int:
    """Sign a person out everywhere, within a transaction, and return from how many devices."""
    live = (UserSession.user_id == user_id, UserSession.revoked_at.is_(None))
    return change(update(UserSession).where(*live).values(revoked_at=clock.now()))


def sign_out(token: str) -> None:
    """Sign the device of a token out; a token that is not known changes nothing."""
    own = (UserSession.token_hash == queries.hash_of(token), UserSession.revoked_at.is_(None))
    with transaction():
        change(update(UserSession).where(*own).values(revoked_at=clock.now()))


def revoke_device(user_id: int, session_id: int) -> None:
    """Sign one of a person's devices out; raise NotFound when it is not hers."""
    own = (UserSession.user_id == user_id, UserSession.id == session_id)
    with transaction():
        if not change(update(UserSession).where(*own).values(revoked_at=clock.now())):
            raise NotFound


def revoke_all(user_id: int, *, but_token: str | None = None) -> int:
    """Sign a person out on all her devices, but the one with a token, and return how many."""
    live = [UserSession.user_id == user_id, UserSession.revoked_at.is_(None)]
    if but_token:
        live.append(UserSession.token_hash != queries.hash_of(but_token))
    with transaction():
        return change(update(UserSession).where(*live).values(revoked_at=clock.now()))


def note_seen(session_id: int) -> None:
    """Note that a device is in use, at most once in five minutes.

    While the database can only be read, a page is worth more than the note.
    """
    moment = clock.now()
    stale = (UserSession.id == session_id, UserSession.last_seen_at <= moment - SEEN_EVERY)
    with suppress(OperationalError), transaction():
        change(update(UserSession).where(*stale).values(last_seen_at=moment))


@outbox.every(timedelta(days=1))
def sweep_sessions() -> None:
    """Forget the devices that have not been seen for long."""
    with transaction():
        db.session.execute(
            delete(UserSession).where(UserSession.last_seen_at <= clock.now() - KEPT)
        )
