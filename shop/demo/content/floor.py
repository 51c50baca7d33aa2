"""The demo floor as a whole: the same seed and size give the same floor, byte for byte."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from random import Random

from shop.demo.content import feedback, names, products, stalls
from shop.demo.content.catalogue import provinces, texts
from shop.demo.content.records import DemoBuyer, DemoProduct, DemoReview, DemoStall


@dataclass(frozen=True)
class DemoFloor:
    """A floor of invented stalls and goods; everything is made while one walks over it."""

    seed: int
    stalls: int
    products: int

    def each_stall(self) -> Iterator[DemoStall]:
        """Yield the stalls by number, from 1."""
        taken: set[str] = set()
        for number, where in enumerate(self._plan, start=1):
            yield stalls.make(self.seed, number, where, taken=taken)

    def goods_of(self, stall: DemoStall) -> Iterator[DemoProduct]:
        """Yield the products of one stall."""
        start = self._start(stall.number)
        return products.goods(self.seed, stall, range(start, self._start(stall.number + 1)))

    def each_product(self) -> Iterator[DemoProduct]:
        """Yield the products of all stalls by number, from 1."""
        for stall in self.each_stall():
            yield from self.goods_of(stall)

    def each_buyer(self, count: int) -> Iterator[DemoBuyer]:
        """Yield invented buyers by number, from 1."""
        codes = sorted(provinces())
        for number in range(1, count + 1):
            rng = Random(f"{self.seed}/buyer/{number}")
            yield DemoBuyer(
                number=number,
                name=names.person(rng),
                phone=names.phone(90_000 + number % 10_000),
                province_code=rng.choice(codes),
                commune_pick=rng.randrange(10_000),
                street=names.street(rng),
                note=rng.choice(texts("reasons")["buyer_notes"]),
            )

    def review(self, product: DemoProduct, number: int) -> DemoReview:
        """Return what buyer `number` of that product thought of it."""
        return feedback.review(Random(f"{self.seed}/review/{product.number}/{number}"), product)

    def reason(self, book: str, number: int) -> str:
        """Return a sentence of a book of `reasons.json`, as "buyer_cancel" or "stall_cancel"."""
        sentences: list[str] = texts("reasons")[book]
        return Random(f"{self.seed}/{book}/{number}").choice(sentences)

    @cached_property
    def _plan(self) -> list[tuple[str, str]]:
        return stalls.plan(self.seed, self.stalls)

    def _start(self, stall_number: int) -> int:
        """Return the first product number of a stall; neighbours differ, pairs are even."""
        before = stall_number - 1
        even = before * self.products // self.stalls
        swing = self.products // self.stalls // 4
        is_inside_pair = before % 2 == 1 and before < self.stalls
        return even + (swing if is_inside_pair else 0) + 1
