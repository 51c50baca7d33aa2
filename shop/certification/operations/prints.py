"""What a scan looks like, kept so that one scan used twice is seen even when it was saved anew."""

from sqlalchemy import select

from shop.certification.models import Certificate, ScanPrint, ScanTwin
from shop.certification.prints import alike
from shop.core import files, images, outbox
from shop.core.db import db, transaction

TOPIC = "certification.scan_print"


@outbox.handler(TOPIC)
def compare_scan(payload: outbox.Payload) -> None:
    """Keep the look of a claim's scan, and note the claims of other goods that look the same."""
    certificate = db.session.get(Certificate, payload["certificate_id"])
    if certificate is None or certificate.scan_id is None:
        return
    scan = db.session.get_one(files.StoredFile, certificate.scan_id)
    look = images.look_of(files.path_of(scan.name), is_picture=scan.is_picture)
    with transaction():
        if db.session.get(ScanPrint, scan.id) is None:
            db.session.add(ScanPrint(file_id=scan.id, look=look))
            db.session.flush()
        _note_twins(db.session.get_one(Certificate, payload["certificate_id"]), look)


def _note_twins(certificate: Certificate, look: str) -> None:
    """Compare with every other scan once, here in the worker, so that no page has to."""
    known = set(
        db.session.scalars(
            select(ScanTwin.twin_id).where(ScanTwin.certificate_id == certificate.id)
        )
    )
    rows = db.session.execute(
        select(Certificate.id, ScanPrint.look)
        .join(ScanPrint, ScanPrint.file_id == Certificate.scan_id)
        .where(Certificate.product_id != certificate.product_id)
    )
    for number, other in rows:
        if number not in known and alike(look, other):
            db.session.add(ScanTwin(certificate_id=certificate.id, twin_id=number))
            if db.session.get(ScanTwin, (number, certificate.id)) is None:
                db.session.add(ScanTwin(certificate_id=number, twin_id=certificate.id))
