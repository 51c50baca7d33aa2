"""Counting tries per key in the database, so that every process and machine counts together."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from flask import current_app
from sqlalchemy import String, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock, outbox
from shop.core.db import Base, db, is_sqlite, transaction
from shop.core.errors import TooOften


class ThrottleWindow(Base):
    """How often a key was used in the window that began at a moment."""

    __tablename__ = "throttle_windows"

    key: Mapped[str] = mapped_column(String(160), primary_key=True)
    started_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int]


@dataclass(frozen=True)
class Limit:
    """So many tries in so long a time; RATE_LIMITS in the environment may say otherwise by name."""

    name: str
    most: int
    per: timedelta

    def key(self, subject: str) -> str:
        """Return the key under which tries are counted; it does not tell the subject."""
        return f"{self.name}:{sha256(subject.encode()).hexdigest()[:32]}"


def guard(limit: Limit, subject: str) -> None:
    """Count a try of a subject; raise TooOften when it has had its share."""
    most, per = current_app.config["RATE_LIMITS"].get(limit.name, (limit.most, limit.per))
    hit(limit.key(subject), limit=most, per=per)


def give_back(limit: Limit, subject: str) -> None:
    """Take a try back that turned out well."""
    with transaction():
        db.session.execute(
            update(ThrottleWindow)
            .where(ThrottleWindow.key == limit.key(subject), ThrottleWindow.count > 0)
            .values(count=ThrottleWindow.count - 1)
        )


def network(ip_address: str) -> str:
    """Return what counts as one visitor: an IPv4 address, or the /64 that one line is given."""
    try:
        address = ipaddress.ip_address(ip_address)
    except ValueError:
        return "unknown"
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))


def hit(key: str, *, limit: int, per: timedelta) -> None:
    """Count a try; raise TooOften when the key was used more than `limit` times in the window."""
    moment = clock.now()
    insert = sqlite.insert if is_sqlite() else postgresql.insert
    with transaction():
        db.session.execute(
            delete(ThrottleWindow).where(
                ThrottleWindow.key == key, ThrottleWindow.ends_at <= moment
            )
        )
        added = insert(ThrottleWindow).values(
            key=key, started_at=moment, ends_at=moment + per, count=1
        )
        count = db.session.scalar(
            added.on_conflict_do_update(
                index_elements=[ThrottleWindow.key], set_={"count": ThrottleWindow.count + 1}
            ).returning(ThrottleWindow.count)
        )
    if count is not None and count > limit:
        raise TooOften


def forget(key: str) -> None:
    """Start the count of a key anew, for instance after a right password."""
    with transaction():
        db.session.execute(update(ThrottleWindow).where(ThrottleWindow.key == key).values(count=0))


@outbox.every(timedelta(hours=1))
def sweep() -> None:
    """Remove the windows that have ended."""
    with transaction():
        db.session.execute(delete(ThrottleWindow).where(ThrottleWindow.ends_at <= clock.now()))
