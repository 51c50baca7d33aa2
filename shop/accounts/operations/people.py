"""Becoming a person of the floor, and what the floor knows of her."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from shop.accounts import passwords, queries
from shop.accounts.emails import normalise_email
from shop.accounts.models import ModeratorScope, Role, User, UserSession
from shop.accounts.operations.scopes import check_place
from shop.core import audit, clock, outbox, throttle
from shop.core.context import current_actor
from shop.core.db import db, transaction
from shop.core.errors import Forbidden, InvalidInput, NotFound
from shop.core.throttle import Limit
from shop.core.vietnamese import nfc

LETTER_TOPIC = "accounts.letter"
REGISTER = Limit("register", 30, timedelta(hours=1))


@dataclass(frozen=True)
class NewPerson:
    """What somebody says of herself when she registers."""

    email: str
    name: str
    password: str
    phone: str | None = None
    locale: str = "vi"


def register(new: NewPerson, *, ip_address: str) -> None:
    """Make an account, or write to the owner of the one that is there; the answer is the same.

    Raises InvalidInput for a password that is too easy, TooOften for a visitor in a hurry.
    """
    refuse_weak(new.password, new.email, new.name)
    throttle.guard(REGISTER, throttle.network(ip_address))
    password_hash = passwords.hash_password(new.password)
    with transaction():
        known = queries.by_email(new.email)
        person = known or _add(new, password_hash)
        if person is None:  # somebody else has just registered the address
            person = queries.by_email(new.email)
            known = person
        if person is not None:
            send_letter(person, "known_address" if known else "welcome")


def create_person(
    new: NewPerson,
    *,
    role: Role,
    province_code: str | None = None,
    commune_code: str | None = None,
) -> User:
    """Make an account for somebody, with a role; a moderator without a place has the floor.

    Raises InvalidInput when the address is taken or the place is not known.
    """
    password_hash = passwords.hash_password(new.password)
    with transaction():
        check_place(province_code, commune_code)
        person = None if queries.by_email(new.email) else _add(new, password_hash)
        if person is None:
            raise InvalidInput(lazy_gettext("There is an account with this address."), "email")
        person.role = role
        if role is Role.MODERATOR:
            place = {"province_code": province_code, "commune_code": commune_code}
            db.session.add(ModeratorScope(user_id=person.id, **place))
        db.session.flush()
        said = {"role": role, "province": province_code}
        audit.record("accounts.created", person, said | _in(commune_code))
    return person


def _in(commune_code: str | None) -> dict[str, str]:
    return {"commune": commune_code} if commune_code else {}


def _add(new: NewPerson, password_hash: str) -> User | None:
    """Add the person; None when the address has been taken in this very moment."""
    moment = clock.now()
    person = User(
        email=normalise_email(new.email),
        name=nfc(new.name),
        phone=new.phone or None,
        password_hash=password_hash,
        role=Role.BUYER,
        locale=new.locale,
        terms_accepted_at=moment,
        created_at=moment,
    )
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError:
        return None
    return person


def refuse_weak(password: str, *personal: str) -> None:
    """Raise InvalidInput, worded for the field, when a password is too short or too common."""
    if not passwords.is_long_enough(password):
        raise InvalidInput(
            lazy_gettext("A password has at least 10 characters. A short sentence is easiest."),
            "password",
        )
    if passwords.is_common(password, *personal):
        raise InvalidInput(
            lazy_gettext("This password is easily guessed. Please choose another one."),
            "password",
        )


def send_letter(person: User, template: str, data: dict[str, Any] | None = None) -> None:
    """Promise a letter about the account, at most one of a kind in an hour."""
    key = f"accounts:{template}:{person.id}:{clock.now():%Y%m%d%H}"
    path = {"known_address": "/quen-mat-khau", "password_changed": "/quen-mat-khau"}.get(template)
    payload = {
        "user_id": person.id,
        "template": f"accounts/{template}",
        "key": key,
        "data": data or {},
        "path": path or "/",
    }
    outbox.send(LETTER_TOPIC, payload, key=key)


def update_profile(user_id: int, *, name: str, phone: str | None, locale: str) -> None:
    """Keep what a person says of herself."""
    with transaction():
        person = db.session.get_one(User, user_id)
        person.name, person.phone, person.locale = nfc(name), phone or None, locale


def set_blocked(user_id: int, *, is_blocked: bool, reason: str = "") -> None:
    """Shut a person out at once, on all her devices, or let her in again; `reason` is recorded.

    Raises Forbidden for who would shut herself out.
    """
    with transaction():
        person = db.session.get(User, user_id, with_for_update={"key_share": True})
        if person is None:
            raise NotFound
        if is_blocked and current_actor().id == user_id:
            raise Forbidden(lazy_gettext("You cannot block yourself."))
        person.is_blocked = is_blocked
        if is_blocked:
            live = (UserSession.user_id == user_id, UserSession.revoked_at.is_(None))
            db.session.execute(update(UserSession).where(*live).values(revoked_at=clock.now()))
        said = {"reason": reason} if reason else {}
        audit.record("accounts.blocked" if is_blocked else "accounts.unblocked", person, said)
