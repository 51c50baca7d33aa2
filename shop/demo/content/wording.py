"""The words of a product: its name, one line, three paragraphs."""

from dataclasses import dataclass
from random import Random

from shop.demo.content.catalogue import Kind, provinces, texts
from shop.demo.content.records import DemoStall

FEWEST_WORDS, MOST_WORDS = 80, 150


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of product in one grade, as one stall offers it."""

    stall: DemoStall
    kind: Kind
    title: str
    markup: float


def product_name(rng: Random, offer: Offer) -> str:
    """Return the name on the listing: often with the invented place it comes from."""
    return f"{offer.title} {offer.stall.place}" if rng.random() < 0.55 else offer.title


def title(kind: Kind, grade: str) -> str:
    """Return kind and grade in one: "Mật ong bạc hà nguyên chất"."""
    return f"{kind.name} {grade}" if grade else kind.name


def summary(rng: Random, offer: Offer) -> str:
    """Return the one line under the name."""
    return _filled(rng.choice(texts("words")["shorts"][offer.kind.family.group]), offer)


def description(rng: Random, offer: Offer) -> str:
    """Return three paragraphs of 80 to 150 words: material and place, making, taste and use."""
    kind, family = offer.kind, offer.kind.family
    opener = _filled(rng.choice(texts("words")["openers"][family.group]), offer)
    raw_extra = rng.choice(family.raw)
    making = rng.sample(family.making, 2)
    first = [opener, kind.raw]
    second = [kind.making, making[0]] if kind.making else making
    third = [kind.taste, rng.choice(family.use), family.keep]
    length = _words(first, second, third)
    if length + _words([raw_extra]) <= MOST_WORDS and (length < 105 or rng.random() < 0.35):
        first.append(raw_extra)
    spare = making[1] if kind.making else ""
    if spare and _words(first, second, third) < FEWEST_WORDS + 10:
        second.append(spare)
    return "\n\n".join(" ".join(part) for part in (first, second, third))


def _words(*parts: list[str]) -> int:
    return sum(len(sentence.split()) for part in parts for sentence in part)


def _filled(pattern: str, offer: Offer) -> str:
    return pattern.format(
        name=offer.title,
        taste=offer.kind.taste,
        place=offer.stall.place,
        province=provinces()[offer.stall.province_code].name,
    )
