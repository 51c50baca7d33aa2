"""Which papers of a dossier speak for a criterion; data/README.md says that this is our reading."""

import enum
import json
from collections.abc import Collection
from functools import cache
from pathlib import Path

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from shop.criteria.scoring import Answers
from shop.criteria.sheet import Criterion, Sheet
from shop.stalls.models import DocumentKind

DATA = Path(__file__).parent / "data" / "attachments.json"


class Paper(enum.StrEnum):
    """A kind of paper that a dossier holds."""

    ORIGIN = "origin"
    AREA_CERTIFICATE = "area_certificate"
    PROCESS = "process"
    LINKAGE = "linkage"
    ENVIRONMENT = "environment"
    IDEA = "idea"
    LABEL = "label"
    TRACE_CODE = "trace_code"
    REGISTRATION = "registration"
    REPRESENTATIVE = "representative"
    LABOUR = "labour"
    ACCOUNTS = "accounts"
    TRADEMARK = "trademark"
    DISTRIBUTION = "distribution"
    PROMOTION = "promotion"
    STORY = "story"
    TEST_REPORT = "test_report"
    DECLARATION = "declaration"
    FOOD_SAFETY = "food_safety"
    EXPORT = "export"
    STUDY = "study"
    MANAGEMENT = "management"
    LICENCE = "licence"
    RURAL_DECISION = "rural_decision"

    @property
    def label(self) -> LazyString:
        """Return the paper in words."""
        return _PAPERS[self]


_PAPERS = {
    Paper.ORIGIN: lazy_gettext("Proof of origin: growing area, land or material contracts"),
    Paper.AREA_CERTIFICATE: lazy_gettext("Certificate of the growing area (VietGAP, organic)"),
    Paper.PROCESS: lazy_gettext("Description or photographs of machines and process"),
    Paper.LINKAGE: lazy_gettext("Contracts of linkage, with proof that they are carried out"),
    Paper.ENVIRONMENT: lazy_gettext("Environmental papers of the workshop"),
    Paper.IDEA: lazy_gettext("Account of the idea and of what sets the product apart"),
    Paper.LABEL: lazy_gettext("Label and packaging, printed or photographed"),
    Paper.TRACE_CODE: lazy_gettext("Barcode or electronic trace code"),
    Paper.REGISTRATION: lazy_gettext("Business registration"),
    Paper.REPRESENTATIVE: lazy_gettext("Paper of the representative"),
    Paper.LABOUR: lazy_gettext("List of workers with where they live"),
    Paper.ACCOUNTS: lazy_gettext("Accounts of two years, or the cooperative's grading"),
    Paper.TRADEMARK: lazy_gettext("Trademark: accepted application or certificate"),
    Paper.DISTRIBUTION: lazy_gettext("Contracts or list of points of sale, online shop included"),
    Paper.PROMOTION: lazy_gettext("Proof of promotion: fairs, website, articles"),
    Paper.STORY: lazy_gettext("The product's story as it is published"),
    Paper.TEST_REPORT: lazy_gettext("Test report of an accredited laboratory"),
    Paper.DECLARATION: lazy_gettext("Declaration of quality or of the product"),
    Paper.FOOD_SAFETY: lazy_gettext("Certificate of food safety or of a quality system"),
    Paper.EXPORT: lazy_gettext("Export contracts or certificates that a market asks for"),
    Paper.STUDY: lazy_gettext("Studies, or proof from users"),
    Paper.MANAGEMENT: lazy_gettext("Rules and decisions on who runs the service"),
    Paper.LICENCE: lazy_gettext("Licences of the service: fire, security, food"),
    Paper.RURAL_DECISION: lazy_gettext("Decision that recognises the new-style rural commune"),
}
KEPT_BY_STALL = {
    Paper.REGISTRATION: DocumentKind.BUSINESS_REGISTRATION,
    Paper.REPRESENTATIVE: DocumentKind.REPRESENTATIVE_ID,
    Paper.FOOD_SAFETY: DocumentKind.FOOD_SAFETY,
}


@cache
def table() -> dict[str, tuple[Paper, ...]]:
    """Return the papers by the beginning of a criterion's label, spaces and case left out."""
    rows = json.loads(DATA.read_text("utf-8"))
    return {plain(row["label"]): tuple(Paper(name) for name in row["papers"]) for row in rows}


def beginning_of(criterion: Criterion) -> str:
    """Return the longest beginning in the table that fits a criterion, nothing if none does."""
    label = plain(criterion.label)
    return max((known for known in table() if label.startswith(known)), key=len, default="")


def papers_for(criterion: Criterion) -> tuple[Paper, ...]:
    """Return the papers that speak for a criterion; none where the sample itself is judged."""
    return table().get(beginning_of(criterion), ())


def without_paper(sheet: Sheet, answers: Answers, attached: Collection[str]) -> list[Criterion]:
    """Return the criteria whose answer claims points, asks for a paper and has no file."""
    return [
        each
        for each in sheet.criteria()
        if each.code in answers
        and each.code not in attached
        and each.options[answers[each.code]].points_hundredths
        and papers_for(each)
    ]


def plain(label: str) -> str:
    """Return a label without spaces and case: transcribed ones break words, `chín h`."""
    return "".join(label.split()).casefold().lstrip(".")
