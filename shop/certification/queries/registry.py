"""The public registry: rows of recognition lists, and which of them have a live certificate."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import joinedload, raiseload

from shop.certification.claim import may_claim
from shop.certification.models import Certificate, RecognitionEntry
from shop.certification.product_sets import ProductSet, product_set
from shop.certification.validity import Validity, end_of, validity_of, words_for
from shop.core import clock
from shop.core.db import db
from shop.core.errors import Words
from shop.core.vietnamese import fold
from shop.stalls.models import Stall
from shop.web.paging import Page

PAGE_SIZE = 30
MOST_WORDS = 8
MOST_LETTERS = 80
CLAIMABLE = 8


@dataclass(frozen=True)
class RegistryRow:
    """A row of the registry as it may be shown: a seal only with a live certificate behind it."""

    entry: RecognitionEntry
    certificate: Certificate | None
    validity: Validity
    ends_on: date | None

    @property
    def slug(self) -> str:
        """Return the address part of the row."""
        return self.entry.slug

    @property
    def name(self) -> str:
        """Return the product as the list writes it."""
        return self.entry.product_name

    @property
    def holder_name(self) -> str:
        """Return who holds the recognition, empty when the list does not say."""
        return self.entry.producer

    @property
    def place_text(self) -> str:
        """Return the place as written, and the province of today where it has another name."""
        written = ", ".join(part for part in (self.entry.place, self.entry.old_province) if part)
        today = self.entry.province.name if self.entry.province else ""
        same = not today or fold(today) == fold(self.entry.old_province)
        return written if same else f"{written} ({today})"

    @property
    def stars(self) -> int | None:
        """Return the stars of the live certificate, else what the list says, None if nothing."""
        return self.certificate.stars if self.certificate else self.entry.stars

    @property
    def has_seal(self) -> bool:
        """Tell whether the seal may be shown: the registry alone is no certificate."""
        return self.certificate is not None

    @property
    def validity_text(self) -> Words:
        """Return what is said about the validity."""
        return words_for(self.validity, self.ends_on)

    @property
    def product_set(self) -> ProductSet | None:
        """Return the set, which only a certificate tells."""
        return product_set(self.certificate.product_set) if self.certificate else None

    @property
    def product_id(self) -> int | None:
        """Return the certified product of this floor, None when nobody has claimed the row."""
        return self.certificate.product_id if self.certificate else None

    @property
    def certificate_code(self) -> str | None:
        """Return the code of the live certificate."""
        return self.certificate.product_code if self.certificate else None


@dataclass(frozen=True)
class RegistryCounts:
    """How many rows there are: in all, by stars (None: not said), by province of today."""

    total: int
    by_stars: dict[int | None, int]
    by_province: dict[str | None, int]


def registry_page(
    text: str = "", stars: int | None = None, province: str = "", *, page: int = 1
) -> Page[RegistryRow]:
    """Return a page of the registry in the order of the Vietnamese dictionary.

    The text is found without accents in product, holder and place, each of its words anywhere.
    """
    wanted = [*_containing(text), *_narrowed(stars, province)]
    total = db.session.scalar(select(func.count()).select_from(RecognitionEntry).where(*wanted))
    found = Page[RegistryRow]((), page, PAGE_SIZE, total or 0).within()
    entries = db.session.scalars(
        select(RecognitionEntry)
        .where(*wanted)
        .options(joinedload(RecognitionEntry.province), raiseload("*"))
        .order_by(RecognitionEntry.sort_key, RecognitionEntry.id)
        .limit(PAGE_SIZE)
        .offset((found.number - 1) * PAGE_SIZE)
    ).all()
    return replace(found, rows=_rows(entries))


def registry_entry(slug: str) -> RegistryRow | None:
    """Return one row of the registry with its places of today, None for an unknown address."""
    entry = db.session.scalar(
        select(RecognitionEntry)
        .where(RecognitionEntry.slug == slug)
        .options(
            joinedload(RecognitionEntry.province),
            joinedload(RecognitionEntry.commune),
            raiseload("*"),
        )
    )
    return _rows([entry])[0] if entry else None


def registry_counts() -> RegistryCounts:
    """Return the numbers beside the filters, in two questions."""
    stars, province = RecognitionEntry.stars, RecognitionEntry.province_code
    by_stars = db.session.execute(select(stars, func.count()).group_by(stars))
    by_province = db.session.execute(select(province, func.count()).group_by(province))
    counts = dict(by_stars.all())
    provinces = dict(by_province.all())
    return RegistryCounts(sum(counts.values()), counts, provinces)


def claimable_entries(
    stall: Stall, product_name: str, first: int | None = None
) -> list[RegistryRow]:
    """Return rows that may be about this product of this stall and are not taken by another.

    A row that was chosen elsewhere comes `first`, however many others bear such a name.
    """
    words = max(fold(product_name).split(), key=len, default="")
    entries = db.session.scalars(
        select(RecognitionEntry)
        .where(
            or_(
                RecognitionEntry.id == first,
                RecognitionEntry.search_key.contains(words, autoescape=True),
            )
        )
        .options(joinedload(RecognitionEntry.province), raiseload("*"))
        .order_by(
            case((RecognitionEntry.id == first, 0), else_=1),
            (RecognitionEntry.province_code == stall.province_code).desc(),
            RecognitionEntry.sort_key,
        )
        .limit(200)
    ).all()
    mine = [entry for entry in entries if may_claim(entry, product_name, stall)]
    rows = _rows(mine[:CLAIMABLE])
    return [row for row in rows if row.certificate is None or row.certificate.stall_id == stall.id]


def _containing(text: str) -> list[ColumnElement[bool]]:
    words = fold(text)[:MOST_LETTERS].split()[:MOST_WORDS]
    return [RecognitionEntry.search_key.contains(word, autoescape=True) for word in words]


def _narrowed(stars: int | None, province: str) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if stars is not None:
        found.append(RecognitionEntry.stars == stars)
    if province:
        found.append(RecognitionEntry.province_code == province)
    return found


def _rows(entries: Sequence[RecognitionEntry]) -> list[RegistryRow]:
    """Add to each row the live certificate behind it, in one question for all."""
    found = db.session.scalars(
        select(Certificate)
        .where(Certificate.entry_id.in_([entry.id for entry in entries]))
        .order_by(Certificate.id.desc())
    )
    by_entry = {each.entry_id: each for each in found if each.is_live}
    today = clock.today()
    return [_row(entry, by_entry.get(entry.id), today) for entry in entries]


def _row(entry: RecognitionEntry, certificate: Certificate | None, today: date) -> RegistryRow:
    if certificate is not None:
        return RegistryRow(entry, certificate, Validity.VALID, certificate.live_until)
    ends_on = end_of(entry.decided_on) if entry.decided_on else None
    return RegistryRow(entry, None, validity_of(entry.decided_on, today), ends_on)
