"""Reading what people were told."""

from sqlalchemy import func, select

from shop.core.db import db
from shop.notifications.models import Notification
from shop.web.paging import Page

PAGE_SIZE = 20


def inbox(user_id: int, number: int) -> Page[Notification]:
    """Return a page of a person's inbox, newest first."""
    own = Notification.user_id == user_id
    total = db.session.scalar(select(func.count()).select_from(Notification).where(own)) or 0
    rows = db.session.scalars(
        select(Notification)
        .where(own)
        .order_by(Notification.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return Page(rows, number, PAGE_SIZE, total)


def unread_count(user_id: int) -> int:
    """Return how many lines of the inbox are unread."""
    unread = select(func.count()).where(
        Notification.user_id == user_id, Notification.read_at.is_(None)
    )
    return db.session.scalar(unread) or 0


def by_key(key: str) -> Notification | None:
    """Return the line that was written under a key."""
    return db.session.scalar(select(Notification).where(Notification.key == key))
