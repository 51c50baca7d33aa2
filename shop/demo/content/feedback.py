"""What invented buyers think of invented goods, and how stalls answer."""

from random import Random

from shop.demo.content.catalogue import texts
from shop.demo.content.records import DemoProduct, DemoReview

_RATINGS = (5, 4, 3, 2, 1)
_WEIGHTS = (58, 26, 9, 4, 3)
_TONES = {5: "good", 4: "good", 3: "fair", 2: "bad", 1: "bad"}
_ANSWERED = {"good": 0.3, "fair": 0.6, "bad": 0.85}


def review(rng: Random, product: DemoProduct) -> DemoReview:
    """Return a rating, words that suit the sort of goods, and perhaps an answer."""
    rating = rng.choices(_RATINGS, _WEIGHTS)[0]
    return DemoReview(rating, _words(rng, rating, product.group), _answer(rng, rating))


def _words(rng: Random, rating: int, group: str) -> str:
    book = texts("reviews")[str(rating)]
    about_goods, about_service = rng.choice(book[group]), rng.choice(book["any"])
    luck = rng.random()
    if luck < 0.4:
        return str(about_goods)
    return f"{about_goods} {about_service}" if luck < 0.65 else str(about_service)


def _answer(rng: Random, rating: int) -> str | None:
    tone = _TONES[rating]
    if rng.random() > _ANSWERED[tone]:
        return None
    return str(rng.choice(texts("reviews")["answers"][tone]))
