"""What a scan looks like, kept so that one scan used twice is seen even when it was saved anew."""

from PIL.Image import Image
from sqlalchemy import select

from shop.certification.models import Certificate, ScanPrint, ScanTwin
from shop.certification.prints import distance, is_one, may_be_one
from shop.core import files, images, looks, outbox
from shop.core.db import db, transaction
from shop.core.files import StoredFile

TOPIC = "certification.scan_print"
MOST_CLOSE_LOOKS = 40


@outbox.handler(TOPIC)
def compare_scan(payload: outbox.Payload) -> None:
    """Keep the print of a claim's scan, and note the claims of other goods that look the same."""
    certificate = db.session.get(Certificate, payload["certificate_id"])
    if certificate is None or certificate.scan_id is None:
        return
    scan = db.session.get_one(StoredFile, certificate.scan_id)
    look = looks.print_of(_page(scan))
    near = _near(certificate, look)
    twins = [number for number, other in near if _is_one_paper(scan, other)]
    with transaction():
        if db.session.get(ScanPrint, scan.id) is None:
            db.session.add(ScanPrint(file_id=scan.id, look=look))
        for one, other in ((certificate.id, twin) for twin in twins):
            _note(one, other)
            _note(other, one)


def _near(certificate: Certificate, look: str) -> list[tuple[int, StoredFile]]:
    """Return the claims of other goods with the nearest prints; the worker asks, no page has to."""
    rows = db.session.execute(
        select(Certificate.id, Certificate.scan_id, ScanPrint.look)
        .join(ScanPrint, ScanPrint.file_id == Certificate.scan_id)
        .where(Certificate.product_id != certificate.product_id)
    )
    near = [row for row in rows if may_be_one(look, row.look)]
    near = sorted(near, key=lambda row: distance(look, row.look))[:MOST_CLOSE_LOOKS]
    wanted = select(StoredFile).where(StoredFile.id.in_({row.scan_id for row in near}))
    scans = {scan.id: scan for scan in db.session.scalars(wanted)}
    return [(row.id, scans[row.scan_id]) for row in near]


def _is_one_paper(scan: StoredFile, other: StoredFile) -> bool:
    """Look closely; the same bytes are the same paper, a file that is gone proves nothing."""
    if scan.sha256 == other.sha256:
        return True
    try:
        return is_one(looks.worst_spot(_page(scan), _page(other)))
    except FileNotFoundError:
        return False


def _page(scan: StoredFile) -> Image:
    return images.first_page(files.path_of(scan.name), is_picture=scan.is_picture)


def _note(one: int, other: int) -> None:
    if db.session.get(ScanTwin, (one, other)) is None:
        db.session.add(ScanTwin(certificate_id=one, twin_id=other))
