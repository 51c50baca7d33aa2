"""Telling the people of a stall."""

from typing import Any

from sqlalchemy import select

from shop.core.db import db
from shop.notifications.operations import notify
from shop.stalls.models import StallMember


def tell_members(
    stall_id: int,
    template: str,
    *,
    key: str,
    url: str = "",
    data: dict[str, Any] | None = None,
) -> None:
    """Tell every member of a stall, in the transaction of the deed; the same key tells once."""
    people = select(StallMember.user_id).where(StallMember.stall_id == stall_id)
    for user_id in db.session.scalars(people.order_by(StallMember.user_id)).all():
        notify(user_id, template, key=f"{key}:{user_id}", url=url, data=data)
