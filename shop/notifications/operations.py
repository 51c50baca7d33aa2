"""Telling people: a line in the inbox and a letter, each once."""

from typing import Any

from sqlalchemy import Insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from shop.accounts import operations as accounts
from shop.accounts.models import User
from shop.core import clock, outbox
from shop.core.db import change, db, is_sqlite, transaction
from shop.core.errors import NotFound
from shop.notifications import gateway, letters, queries
from shop.notifications.models import Notification

MAIL_TOPIC = "notifications.mail"


def notify(
    user_id: int, template: str, *, key: str, url: str = "", data: dict[str, Any] | None = None
) -> None:
    """Tell a person something, in the transaction in which it becomes true.

    Writes a line into the inbox at once, and promises the letter `templates/emails/<template>.txt`
    (see `letters.compose` for what it holds). `url` is a path of ours, `data` what the template
    needs as JSON. The same key twice is one telling.
    """
    with transaction():
        person = db.session.get_one(User, user_id)
        subject = letters.subject_of(template, person=person, data=data or {})
        if _write(user_id, template, key=key, subject=subject, more={"url": url, "data": data}):
            outbox.send(MAIL_TOPIC, {"key": key}, key=f"mail:{key}")


def _write(user_id: int, template: str, *, key: str, subject: str, more: dict[str, Any]) -> bool:
    """Add the line unless its key is there, and tell whether it was added."""
    insert = sqlite.insert if is_sqlite() else postgresql.insert
    row: Insert = (
        insert(Notification)
        .values(
            user_id=user_id,
            key=key,
            template=template,
            subject=subject,
            url=more["url"],
            data=more["data"] or {},
            created_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=[Notification.key])
    )
    return db.session.scalar(row.returning(Notification.id)) is not None


@outbox.handler(MAIL_TOPIC)
def mail_notification(payload: outbox.Payload) -> None:
    """Send the letter of a line of the inbox."""
    line = queries.by_key(payload["key"])
    if line is None:
        return
    person = db.session.get_one(User, line.user_id)
    _mail(person, line.template, key=line.key, data=line.data, path=line.url)


@outbox.handler(accounts.LETTER_TOPIC)
def mail_account_letter(payload: outbox.Payload) -> None:
    """Send a letter about the account itself, which leaves no line in the inbox."""
    person = db.session.get_one(User, payload["user_id"])
    _mail(
        person,
        payload["template"],
        key=payload["key"],
        data=payload.get("data") or {},
        path=payload.get("path", ""),
    )


@outbox.handler(accounts.FORGOTTEN_TOPIC)
def mail_reset_link(payload: outbox.Payload) -> None:
    """Send the owner of an address a link for a new password; nobody else learns anything.

    The link is made here, when it is sent, so that it is written down nowhere.
    """
    reset = accounts.begin_reset(payload["email"])
    if reset is None:
        return
    key = f"accounts:reset:{reset.reset_id}"
    path = f"/dat-lai-mat-khau/{reset.token}"
    data = {"minutes": reset.minutes}
    _mail(reset.user, "accounts/reset", key=key, data=data, path=path)


def _mail(person: User, template: str, *, key: str, data: dict[str, Any], path: str) -> None:
    """Compose and send; letters to the invented people of the demo floor stay in the house."""
    if person.is_demo and gateway.leaves_the_house():
        return
    letter = letters.compose(template, person=person, data=data, path=path)
    gateway.send(letter, to=person.email, key=key)


def mark_read(user_id: int, notification_id: int) -> str:
    """Note that a person has seen a line, and return the path it leads to."""
    own = (Notification.user_id == user_id, Notification.id == notification_id)
    with transaction():
        url = db.session.scalar(select(Notification.url).where(*own))
        if url is None:
            raise NotFound
        unread = update(Notification).where(*own, Notification.read_at.is_(None))
        change(unread.values(read_at=clock.now()))
    return url


def mark_all_read(user_id: int) -> int:
    """Note that a person has seen the whole inbox, and return how many lines were new."""
    with transaction():
        return change(
            update(Notification)
            .where(Notification.user_id == user_id, Notification.read_at.is_(None))
            .values(read_at=clock.now())
        )
