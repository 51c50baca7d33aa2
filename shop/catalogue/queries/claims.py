"""Who may say that a row of the registry is theirs, and with which goods."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from shop.catalogue.models import Product
from shop.certification.claim import may_claim
from shop.certification.matching import Match, compare
from shop.certification.models import RecognitionEntry
from shop.core.db import db
from shop.stalls.models import Stall, StallStatus
from shop.stalls.permissions import Permission, may
from shop.stalls.queries import memberships

MOST_GOODS = 500


@dataclass(frozen=True)
class NamedProduct:
    """One of a stall's goods, by its number and its name."""

    id: int
    name: str


@dataclass(frozen=True)
class Offer:
    """A stall that somebody runs, beside a row: whether it bears the name, and which goods do."""

    stall: Stall
    is_named: bool
    goods: list[NamedProduct]


def offers(user_id: int, entry: RecognitionEntry) -> list[Offer]:
    """Return the open stalls that a person runs, each with its goods that can be the row's."""
    stalls = [
        each.stall
        for each in memberships(user_id)
        if may(each, Permission.MANAGE_CERTIFICATES) and each.stall.status is StallStatus.ACTIVE
    ]
    goods = _goods([stall.id for stall in stalls])
    return [_offer(stall, entry, goods.get(stall.id, [])) for stall in stalls]


def _offer(stall: Stall, entry: RecognitionEntry, goods: list[NamedProduct]) -> Offer:
    names = {compare(name, entry.producer) for name in (stall.legal_name, stall.name)}
    named = [each for each in goods if may_claim(entry, each.name, stall)]
    return Offer(stall, names != {Match.DIFFERENT}, named)


def _goods(stall_ids: Sequence[int]) -> dict[int, list[NamedProduct]]:
    found: dict[int, list[NamedProduct]] = {}
    if not stall_ids:
        return found
    wanted = select(Product.stall_id, Product.id, Product.name)
    own = wanted.where(Product.stall_id.in_(stall_ids)).order_by(Product.id.desc())
    for stall_id, number, name in db.session.execute(own.limit(MOST_GOODS)):
        found.setdefault(stall_id, []).append(NamedProduct(number, name))
    return found
