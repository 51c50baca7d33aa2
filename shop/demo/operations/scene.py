"""What all parts of a load share: the floor to be built, the clock it counts from, the people."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import count
from random import Random
from typing import NamedTuple

from sqlalchemy import select

from shop.core import clock
from shop.core.context import Actor
from shop.core.db import db
from shop.core.vietnamese import slugify
from shop.demo.content.floor import DemoFloor
from shop.demo.operations.files import Gallery
from shop.demo.operations.rows import Rows
from shop.places.models import Commune, Province


class Place(NamedTuple):
    """A real commune of today, by its codes and names."""

    province_code: str
    commune_code: str
    province: str
    commune: str


@dataclass(frozen=True)
class Hashes:
    """What signs the people of the list in, and what signs nobody in; dear, so made once."""

    known: str
    unknown: str


@dataclass(frozen=True)
class Scene:
    """A load in progress; every choice it makes is drawn from the seed of its floor."""

    floor: DemoFloor
    moment: datetime
    hashes: Hashes
    gallery: Gallery
    rows: Rows = field(default_factory=Rows)
    taken: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    people: dict[str, Actor] = field(default_factory=dict)
    voucher_ids: list[int] = field(default_factory=list)

    def rng(self, name: str) -> Random:
        """Return the dice of one part of the load."""
        return Random(f"{self.floor.seed}/load/{name}")

    def ago(self, days: float, rng: Random) -> datetime:
        """Return a moment so many days ago, at no round time; the order of days stays."""
        return self.moment - timedelta(days=days, minutes=rng.randrange(600))

    @property
    def today(self) -> date:
        """Return the day of the load as Vietnam counts it."""
        return clock.local(self.moment).date()

    def address(self, kind: str, name: str) -> str:
        """Return an address part for a name that nothing of this kind has yet."""
        plain, taken = slugify(name), self.taken[kind]
        slug = next(
            slug
            for number in count(1)
            if (slug := plain if number == 1 else f"{plain}-{number}") not in taken
        )
        taken.add(slug)
        return slug

    def place(self, province_code: str, pick: int) -> Place:
        """Return codes and names of a real commune of a province."""
        communes = self._communes[province_code]
        code, name = communes[pick % len(communes)]
        return Place(province_code, code, self._provinces[province_code], name)

    @cached_property
    def _communes(self) -> dict[str, list[tuple[str, str]]]:
        rows = db.session.execute(
            select(Commune.province_code, Commune.code, Commune.full_name).order_by(Commune.code)
        )
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for province, code, name in rows:
            found[province].append((code, name))
        return found

    @cached_property
    def _provinces(self) -> dict[str, str]:
        return dict(db.session.execute(select(Province.code, Province.name)).all())
