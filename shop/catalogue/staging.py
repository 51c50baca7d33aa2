"""A change of a listing that buyers already see: kept beside it until a moderator accepts it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from shop.catalogue.models import Product, ProductStatus, StagedStatus
from shop.core import clock

WORDS = (
    "name",
    "product_set",
    "summary",
    "description",
    "ingredients",
    "storage",
    "shelf_life",
)
CERTIFIED = frozenset({"name", "product_set"})
REVIEWED = frozenset({ProductStatus.PUBLISHED, ProductStatus.HIDDEN})


@dataclass(frozen=True)
class Words:
    """What a stall writes about its goods; `season_months` lists months as `3,4,5`."""

    name: str
    product_set: int
    summary: str = ""
    description: str = ""
    ingredients: str = ""
    storage: str = ""
    shelf_life: str = ""
    season_months: str = ""


@dataclass(frozen=True)
class Shot:
    """A picture in its place in the row: the file and the words for those who do not see it."""

    file_id: int
    alt: str


def is_reviewed(product: Product) -> bool:
    """Tell whether a moderator has let the listing in, so that its changes wait for one."""
    return product.status in REVIEWED


def words_of(product: Product) -> Words:
    """Return the words of a listing as its stall last wrote them, accepted or not."""
    staged = product.staged or {}
    told = {name: staged.get(name, getattr(product, name)) for name in WORDS}
    return Words(**told, season_months=product.season_months)


def shots_of(product: Product) -> list[Shot]:
    """Return the pictures as the stall last put them; needs `pictures` loaded."""
    staged = (product.staged or {}).get("pictures")
    return shown_shots(product) if staged is None else [Shot(**shot) for shot in staged]


def shown_shots(product: Product) -> list[Shot]:
    """Return the pictures that buyers see; needs `pictures` loaded."""
    return [Shot(picture.file_id, picture.alt) for picture in product.pictures]


def changed_words(product: Product, words: Words) -> dict[str, Any]:
    """Return the words that differ from those buyers see, by field."""
    return {
        name: getattr(words, name)
        for name in WORDS
        if getattr(words, name) != getattr(product, name)
    }


def stage_words(product: Product, words: Words) -> None:
    """Keep new words until a moderator accepts them; the same words as shown undo the change."""
    kept = {"pictures": shots} if (shots := (product.staged or {}).get("pictures")) else {}
    _stage(product, {**kept, **changed_words(product, words)})


def stage_shots(product: Product, shots: Sequence[Shot]) -> None:
    """Keep a new row of pictures until a moderator accepts it."""
    staged = {name: value for name, value in (product.staged or {}).items() if name != "pictures"}
    if list(shots) != shown_shots(product):
        staged["pictures"] = [asdict(shot) for shot in shots]
    _stage(product, staged)


def forget(product: Product) -> None:
    """Drop what was staged; the listing stays as buyers see it."""
    product.staged = None
    product.staged_status = None
    product.staged_reason = ""


def _stage(product: Product, staged: dict[str, Any]) -> None:
    product.version += 1
    if not staged:
        forget(product)
        return
    if product.staged_status != StagedStatus.SUBMITTED:
        product.submitted_at = clock.now()
    product.staged = staged
    product.staged_status = StagedStatus.SUBMITTED
    product.staged_reason = ""
