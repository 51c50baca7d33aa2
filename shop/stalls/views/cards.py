"""Stalls as cards: what this room knows, and what rooms above add through a slot."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from shop.stalls.models import Stall, StallStatus
from shop.web import slots
from shop.web.pictures import ShownPicture, shown

LONGEST_TAGLINE = 110


@dataclass
class StallCard:
    """A stall as the component `stall_card` shows it."""

    slug: str
    name: str
    kind_text: str
    place_text: str
    tagline: str
    picture: ShownPicture | None
    closed_text: str
    product_count: int = 0
    certified_count: int = 0
    rating_average: float | None = None
    rating_count: int = 0


def cards(stalls: Sequence[Stall]) -> list[StallCard]:
    """Return stalls as cards; `stall.facts` is asked once for all of them.

    A filler takes the ids and returns, by id, the fields of the card that it knows.
    """
    facts: dict[int, dict[str, Any]] = {}
    for part in slots.collect("stall.facts", [stall.id for stall in stalls]):
        for stall_id, known in part.items():
            facts.setdefault(stall_id, {}).update(known)
    return [_card(stall, facts.get(stall.id, {})) for stall in stalls]


def _card(stall: Stall, facts: dict[str, Any]) -> StallCard:
    is_closed = stall.status is StallStatus.SUSPENDED
    return StallCard(
        slug=stall.slug,
        name=stall.name,
        kind_text=str(stall.kind.label),
        place_text=place_text(stall),
        tagline=tagline(stall.story),
        picture=shown(stall.picture, width=320) if stall.picture else None,
        closed_text=gettext("Closed for now") if is_closed else "",
        **facts,
    )


def links(parts: Iterable[Any]) -> list[tuple[str, str]]:
    """Return the (title, url) of each way on, given as a tuple or as an object with both."""
    return [part if isinstance(part, tuple) else (part.title, part.url) for part in parts]


def place_text(stall: Stall) -> str:
    """Return commune and province as people write them."""
    return f"{stall.commune.full_name}, {stall.province.name}" if stall.commune_code else ""


def tagline(story: str) -> str:
    """Return the beginning of a story, cut between words."""
    first = story.partition("\n")[0]
    if len(first) <= LONGEST_TAGLINE:
        return first
    return first[:LONGEST_TAGLINE].rsplit(" ", 1)[0] + "…"
