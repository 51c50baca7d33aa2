"""The things of the demo floor, as plain records that a loader can write anywhere."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

EntityKind = Literal["htx", "company", "cooperative_group", "household", "farm"]
CertificateState = Literal["valid", "expiring", "expired", "awaiting", "refused"]
ListingState = Literal["published", "submitted", "draft", "returned"]
Unit = Literal["g", "ml", "piece"]


@dataclass(frozen=True, slots=True)
class PictureRecipe:
    """How a picture is composed; goods with the same recipe share one picture."""

    shape: str
    subject: str
    tone: str
    label: str

    @property
    def key(self) -> str:
        """Return what a cache may store the picture under."""
        return "|".join((self.shape, self.subject, self.tone, self.label))


@dataclass(frozen=True, slots=True)
class DemoStall:
    """An invented stall, marked as a sample in its very name."""

    number: int
    display_name: str
    legal_name: str
    entity_kind: EntityKind
    theme: str
    province_code: str
    commune_pick: int  # the loader takes communes[commune_pick % len(communes)]
    place: str
    address_line: str
    representative: str
    story: str
    tax_code: str
    phone: str
    founded_year: int


@dataclass(frozen=True, slots=True)
class DemoSku:
    """One pack of a product."""

    label: str
    net_quantity: int
    unit: Unit
    weight_g: int
    price_vnd: int
    stock: int


@dataclass(frozen=True, slots=True)
class DemoCertificate:
    """A certificate as a stall claims it; the loader adds the product code and the dates.

    The end is told in days from today; the issue is 36 months before the end.
    """

    state: CertificateState
    stars: int
    score: Decimal
    running_number: int
    decision_number: str
    issuer: str
    expires_in_days: int
    refusal_reason: str | None


@dataclass(frozen=True, slots=True)
class DemoProduct:
    """An invented product of a stall, with its words, packs, picture and certificate."""

    number: int
    stall_number: int
    kind: str
    group: str
    product_set: int
    name: str
    summary: str
    description: str  # three paragraphs, an empty line between them
    ingredients: str | None
    storage: str
    shelf_life: str | None
    season_months: tuple[int, ...]
    skus: tuple[DemoSku, ...]
    picture: PictureRecipe
    certificate: DemoCertificate | None
    listing: ListingState
    return_reason: str | None
    listed_days_ago: int
    demand: float  # 0 to 1: how often the loader should let people order it


@dataclass(frozen=True, slots=True)
class DemoBuyer:
    """An invented buyer with one address."""

    number: int
    name: str
    phone: str
    province_code: str
    commune_pick: int
    street: str
    note: str


@dataclass(frozen=True, slots=True)
class DemoReview:
    """What a buyer thought of a line, and what the stall answered, if it did."""

    rating: int
    text: str
    answer: str | None
