"""A new password: by a link in a letter for who forgot hers, by the old one for who knows it."""

import secrets
from datetime import timedelta
from typing import NamedTuple

from flask_babel import lazy_gettext
from sqlalchemy import delete, update

from shop.accounts import passwords, queries
from shop.accounts.devices import Device
from shop.accounts.emails import normalise_email
from shop.accounts.models import PasswordReset, User
from shop.accounts.operations.people import refuse_weak, send_letter
from shop.accounts.operations.sessions import SIGN_IN_ACCOUNT, close_sessions, open_session
from shop.core import audit, clock, outbox, throttle
from shop.core.context import acting_as
from shop.core.db import change, db, transaction
from shop.core.errors import InvalidInput, ShopError
from shop.core.throttle import Limit

FORGOTTEN_TOPIC = "accounts.forgotten"
USABLE = timedelta(minutes=60)
KEPT = timedelta(days=30)
RESET_ACCOUNT = Limit("reset-account", 5, timedelta(hours=1))
RESET_ADDRESS = Limit("reset-address", 30, timedelta(hours=1))
CHANGE_PASSWORD = Limit("change-password", 10, timedelta(minutes=15))


class LinkGone(ShopError):
    """The link was used, is too old, or never was."""

    code = "link_gone"
    message = lazy_gettext("This link no longer works.")


class Reset(NamedTuple):
    """A link for a new password, to be sent and then forgotten."""

    reset_id: int
    user: User
    token: str
    minutes: int


def ask_for_reset(email: str, *, ip_address: str) -> None:
    """Promise to write to the owner of an address, if there is one.

    Whether there is one is looked up by the worker, so that this takes the same time and leaves
    the same traces for every address.
    """
    email = normalise_email(email)
    throttle.guard(RESET_ADDRESS, throttle.network(ip_address))
    throttle.guard(RESET_ACCOUNT, email)
    with transaction():
        outbox.send(FORGOTTEN_TOPIC, {"email": email})


def begin_reset(email: str) -> Reset | None:
    """Make a link for the owner of an address; a new link ends those before it."""
    with transaction():
        person = queries.by_email(email)
        if person is None or person.is_blocked:
            return None
        token, moment = secrets.token_urlsafe(32), clock.now()
        _end_links(person.id)
        reset = PasswordReset(
            user_id=person.id,
            token_hash=queries.hash_of(token),
            created_at=moment,
            expires_at=moment + USABLE,
        )
        db.session.add(reset)
        db.session.flush()
        reset_id = reset.id
    return Reset(reset_id, person, token, int(USABLE.total_seconds()) // 60)


def choose_password(token: str, password: str, *, device: Device) -> str:
    """Set the password by a link, sign all devices out and this one in; return its token.

    Raises LinkGone, or InvalidInput for a password that is too easy, which does not use the link.
    """
    reset = queries.usable_reset(token)
    if reset is None:
        raise LinkGone
    person = db.session.get_one(User, reset.user_id)
    refuse_weak(password, person.email, person.name)
    password_hash = passwords.hash_password(password)
    with transaction():
        _use(token)
        person = db.session.get_one(User, person.id)
        if person.is_blocked:
            raise LinkGone
        throttle.forget(SIGN_IN_ACCOUNT.key(person.email))
        return _renew(person, password_hash, device=device, action="accounts.password_reset")


def change_password(user_id: int, current: str, new: str, *, device: Device) -> str:
    """Set the password of who knows the old one; return the new token of this device.

    All other devices are signed out. Raises InvalidInput on the field that is wrong.
    """
    throttle.guard(CHANGE_PASSWORD, str(user_id))
    person = db.session.get_one(User, user_id)
    old_hash = person.password_hash
    if not passwords.is_right(current, old_hash):
        raise InvalidInput(lazy_gettext("This is not your present password."), "current")
    refuse_weak(new, person.email, person.name)
    password_hash = passwords.hash_password(new)
    with transaction():
        throttle.forget(CHANGE_PASSWORD.key(str(user_id)))
        person = db.session.get_one(User, user_id)
        if person.password_hash != old_hash:
            raise InvalidInput(lazy_gettext("This is not your present password."), "current")
        return _renew(person, password_hash, device=device, action="accounts.password_changed")


def _renew(person: User, password_hash: str, *, device: Device, action: str) -> str:
    person.password_hash = password_hash
    _end_links(person.id)
    close_sessions(person.id)
    with acting_as(person.actor):
        audit.record(action, person)
    send_letter(person, "password_changed")
    return open_session(person.id, device)


def _use(token: str) -> None:
    """Use a link up; of two browsers that do so at once, one gets LinkGone."""
    moment = clock.now()
    usable = (
        PasswordReset.token_hash == queries.hash_of(token),
        PasswordReset.used_at.is_(None),
        PasswordReset.expires_at > moment,
    )
    if not change(update(PasswordReset).where(*usable).values(used_at=moment)):
        raise LinkGone


def _end_links(user_id: int) -> None:
    unused = (PasswordReset.user_id == user_id, PasswordReset.used_at.is_(None))
    change(update(PasswordReset).where(*unused).values(used_at=clock.now()))


@outbox.every(timedelta(days=1))
def sweep_links() -> None:
    """Forget the links of long ago."""
    with transaction():
        db.session.execute(
            delete(PasswordReset).where(PasswordReset.expires_at <= clock.now() - KEPT)
        )
