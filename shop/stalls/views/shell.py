"""What stalls put into frames and pages of other rooms."""

from typing import Any, NamedTuple

from flask_babel import gettext
from flask_login import current_user

from shop.accounts.models import User
from shop.stalls import queries
from shop.web import slots
from shop.web.templating import Shell


class StallLink(NamedTuple):
    """A stall in the menu of those who work for it."""

    slug: str
    name: str


@slots.fill("shell")
def own_stalls(shell: Shell) -> None:
    """List the stalls of the person who is signed in; ask nothing for visitors."""
    if current_user.is_authenticated:
        found = queries.stalls_run_by(current_user.id)
        shell.stall_memberships = [StallLink(stall.slug, stall.name) for stall in found]


@slots.fill("account.links", order=60)
def way_to_a_stall(_user: User) -> tuple[str, str]:
    """Lead from the account to the person's stalls, or to opening one."""
    return gettext("Your stalls"), "/quan-ly/"


@slots.fill("moderation.queues", order=10)
def applications_waiting(user: User) -> tuple[Any, ...]:
    """Say how many applications wait for this moderator, and since when."""
    found = queries.waiting(user)
    return gettext("Stalls that want to open"), found.number, "/tham-dinh/gian-hang", found.oldest


@slots.fill("operation.links", order=20)
def stalls_of_the_floor(_user: User) -> tuple[str, str]:
    """Lead operators to all stalls."""
    return gettext("Stalls"), "/van-hanh/gian-hang"
