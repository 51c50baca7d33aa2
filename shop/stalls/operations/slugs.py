"""Addresses of stalls: made of the name, unique for ever, never taken over by another stall."""

from collections.abc import Callable, Iterator

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.core.db import db
from shop.core.errors import Unavailable
from shop.core.vietnamese import slugify
from shop.stalls.models import Stall, StallSlug

LONGEST = 80
MOST_TRIES = 5


def with_free_slug(name: str, stall_id: int, write: Callable[[str], None]) -> None:
    """Call `write` with a free address for the name; when another stall was faster, once more."""
    for slug in _free_slugs(name, stall_id):
        try:
            with db.session.begin_nested():
                write(slug)
            return
        except IntegrityError:
            continue
    raise Unavailable


def _free_slugs(name: str, stall_id: int) -> Iterator[str]:
    base = slugify(name, LONGEST)
    taken = _taken(base, stall_id)
    candidates = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + MOST_TRIES + 1))
    return (slug for slug in candidates if slug not in taken)


def _taken(base: str, stall_id: int) -> set[str]:
    """Return the addresses beginning like this that belong, or belonged, to other stalls."""
    now = select(Stall.slug).where(Stall.slug.startswith(base), Stall.id != stall_id)
    before = select(StallSlug.slug).where(
        StallSlug.slug.startswith(base), StallSlug.stall_id != stall_id
    )
    return set(db.session.scalars(now.union_all(before)))
