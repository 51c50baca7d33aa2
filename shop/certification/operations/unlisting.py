"""A list that now says other stars takes its proof off the certificates that rested on its row."""

from sqlalchemy import select

from shop.accounts.queries import moderators_for
from shop.certification.models import Certificate, EvidenceGrade, RecognitionEntry
from shop.certification.queries.conflicts import HOLDING
from shop.core import audit, clock, outbox
from shop.core.db import db
from shop.notifications.operations import notify


def take_proof_off(entry: RecognitionEntry) -> None:
    """Let the certificates bound to a row that says other stars rest on their scans alone.

    The moderators of their places are told. To be called in the transaction that changed the row.
    """
    bound = (
        select(Certificate)
        .where(
            Certificate.entry_id == entry.id,
            Certificate.status.in_(HOLDING),
            Certificate.grade == EvidenceGrade.RECOGNITION_LIST,
            Certificate.stars.is_distinct_from(entry.stars),
        )
        .order_by(Certificate.id)
        .with_for_update(key_share=True)
    )
    for certificate in db.session.scalars(bound).all():
        certificate.grade = EvidenceGrade.SCAN
        stars = [certificate.stars, entry.stars]
        audit.record(
            "certificate.unlisted", certificate, {"entry": entry.id, "stars": stars}, public=True
        )
        outbox.send("search.product_changed", {"product_id": certificate.product_id})
        _tell_desk(certificate, entry)


def _tell_desk(certificate: Certificate, entry: RecognitionEntry) -> None:
    for person in moderators_for(certificate.province_code, certificate.commune_code):
        notify(
            person.id,
            "certification/unlisted",
            key=f"certificate:{certificate.id}:unlisted:{clock.now():%Y%m%d%H%M%S}:{person.id}",
            url=f"/tham-dinh/chung-nhan/{certificate.id}",
            data={
                "product_name": certificate.product_name,
                "stars": certificate.stars,
                "listed": entry.stars or 0,
            },
        )
