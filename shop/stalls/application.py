"""What an application to open a stall says, and which papers it must carry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext

from shop.core.errors import InvalidInput, Words
from shop.stalls.models import DocumentKind, EntityKind

MOST_PAPERS = 12
REGISTERED = frozenset({EntityKind.COOPERATIVE, EntityKind.COMPANY, EntityKind.HOUSEHOLD})


@dataclass(frozen=True)
class Application:
    """The fields of an application; the commune is named as typed, with its code if known."""

    legal_name: str
    name: str
    kind: EntityKind
    tax_code: str
    representative: str
    phone: str
    street: str
    story: str
    province_code: str
    commune_name: str
    commune_code: str


@dataclass(frozen=True)
class PaperDetails:
    """What is said about a paper beside its scan; the expiry is the printed one."""

    kind: DocumentKind
    number: str
    issuer: str
    issued_on: date | None
    expires_on: date | None


def missing_paper(kind: EntityKind, papers: Iterable[DocumentKind]) -> Words | None:
    """Return what to ask for when a producer of this kind lacks a paper, else None.

    Cooperatives, companies and households show their registration; groups, farms and others,
    which have none, show any paper that names them.
    """
    handed_in = set(papers)
    if not handed_in:
        return lazy_gettext("Add at least one paper: a scan or a photograph of it.")
    if kind in REGISTERED and DocumentKind.BUSINESS_REGISTRATION not in handed_in:
        return lazy_gettext("Add the business registration: a scan or a photograph of it.")
    return None


def check_papers(kind: EntityKind, papers: Iterable[DocumentKind]) -> None:
    """Raise InvalidInput, on the field for a new paper, when one is missing."""
    if words := missing_paper(kind, papers):
        raise InvalidInput(words, field="file")
