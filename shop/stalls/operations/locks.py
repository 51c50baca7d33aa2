"""Taking turns at what belongs to a stall: its goods, its claims, their certificates."""

from sqlalchemy import select

from shop.core.db import db
from shop.core.errors import NotFound
from shop.stalls.models import Stall


def lock_stall(stall_id: int) -> Stall:
    """Return a stall once nobody else works on what belongs to it.

    Rows that point to it can still be written by others. Raises NotFound for no stall.
    """
    locked = select(Stall).where(Stall.id == stall_id).with_for_update(key_share=True)
    stall = db.session.scalars(locked).one_or_none()
    if stall is None:
        raise NotFound
    return stall
