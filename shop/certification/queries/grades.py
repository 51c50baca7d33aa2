"""Certificates that rest on a scan alone, and rows of lists that came later and name them."""

from collections.abc import Sequence

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.certification.matching import Match, compare, is_same_holder
from shop.certification.models import (
    Certificate,
    CertificateStatus,
    EvidenceGrade,
    RecognitionEntry,
)
from shop.core.db import db
from shop.core.errors import WrongState
from shop.core.vietnamese import sort_key

NO_PROOF = lazy_gettext(
    "This claim has no scan, and its row of the list says something else. Please return it."
)


def fits(certificate: Certificate, entry: RecognitionEntry, stars: int | None = None) -> bool:
    """Tell whether a row says the same of product, legal holder and stars, short forms aside.

    A holder whose name only resembles is another; `stars` are what is read where they are not yet
    those of the certificate.
    """
    names = compare(certificate.product_name, entry.product_name)
    is_product = names in {Match.SAME, Match.SIMILAR}
    is_stars = entry.stars is not None and entry.stars == (stars or certificate.stars)
    return is_product and is_stars and is_same_holder(certificate.holder, entry.producer)


def grade_of(certificate: Certificate, entry: RecognitionEntry | None, stars: int) -> EvidenceGrade:
    """Return the strength of a claim's proof: its row of a list where that says the same.

    Raises WrongState for a claim without a scan whose row says something else: nothing proves it.
    """
    if entry is not None and fits(certificate, entry, stars):
        return EvidenceGrade.RECOGNITION_LIST
    if entry is not None and certificate.scan_id is None:
        raise WrongState(NO_PROOF)
    return EvidenceGrade.SCAN


def rests_on_scan(certificate: Certificate) -> bool:
    """Tell whether a certificate counts, with no published list behind it."""
    is_verified = certificate.status is CertificateStatus.VERIFIED
    return is_verified and certificate.grade is EvidenceGrade.SCAN


def may_match(certificate: Certificate, entry: RecognitionEntry | None) -> bool:
    """Tell whether a moderator can take a row as the proof of a certificate."""
    return entry is not None and rests_on_scan(certificate) and fits(certificate, entry)


def listed_otherwise(certificates: Sequence[Certificate]) -> set[int]:
    """Return those that still count while their own row of a list says other stars by now."""
    bound = {each.entry_id: None for each in certificates if rests_on_scan(each) and each.entry_id}
    if not bound:
        return set()
    rows = select(RecognitionEntry.id, RecognitionEntry.stars).where(RecognitionEntry.id.in_(bound))
    said = {row.id: row.stars for row in db.session.execute(rows)}
    return {
        each.id
        for each in certificates
        if rests_on_scan(each) and each.entry_id in said and said[each.entry_id] != each.stars
    }


def now_listed(certificates: Sequence[Certificate]) -> set[int]:
    """Return those that rest on a scan while a list names their very product by now.

    One question for a whole page, along the index of names.
    """
    weak = [each for each in certificates if rests_on_scan(each)]
    if not weak:
        return set()
    names = {sort_key(each.product_name) for each in weak}
    wanted = select(RecognitionEntry).where(RecognitionEntry.sort_key.in_(names))
    entries = db.session.scalars(wanted).all()
    return {each.id for each in weak if any(fits(each, entry) for entry in entries)}
