"""Certificates that rest on a scan alone, and rows of lists that came later and name them."""

from collections.abc import Sequence

from sqlalchemy import select

from shop.certification.matching import Match, compare, compare_values
from shop.certification.models import (
    Certificate,
    CertificateStatus,
    EvidenceGrade,
    RecognitionEntry,
)
from shop.core.db import db
from shop.core.vietnamese import sort_key


def fits(certificate: Certificate, entry: RecognitionEntry) -> bool:
    """Tell whether a row says the same of product, holder and stars, short forms aside."""
    names = compare(certificate.product_name, entry.product_name)
    holders = compare(certificate.holder, entry.producer)
    return {names, holders} <= {Match.SAME, Match.SIMILAR} and compare_values(
        certificate.stars, entry.stars
    ) is Match.SAME


def rests_on_scan(certificate: Certificate) -> bool:
    """Tell whether a certificate counts, with no published list behind it."""
    is_verified = certificate.status is CertificateStatus.VERIFIED
    return is_verified and certificate.grade is EvidenceGrade.SCAN


def may_match(certificate: Certificate, entry: RecognitionEntry | None) -> bool:
    """Tell whether a moderator can take a row as the proof of a certificate."""
    return entry is not None and rests_on_scan(certificate) and fits(certificate, entry)


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
