"""Handing in a certificate for a product, with its scan or as a row of a published list."""

from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.certification import product_code
from shop.certification.claim import CertifiedProduct, Claim, check, may_claim, proves
from shop.certification.deadlines import due_on
from shop.certification.models import Certificate, CertificateStatus, RecognitionEntry
from shop.certification.operations.prints import TOPIC
from shop.certification.operations.revoked import refuse_revoked
from shop.core import audit, clock, files, outbox
from shop.core.db import db, transaction
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from shop.stalls.models import Stall, StallMember, StallStatus
from shop.stalls.operations import lock_stall
from shop.stalls.permissions import Permission, may

SAME_CLAIM = ("product_code", "stars", "decision_number", "decided_on", "expires_on", "entry_id")


def submit_certificate(member: StallMember, product: CertifiedProduct, claim: Claim) -> Certificate:
    """Hand in a certificate, to be shown only once a moderator has verified it.

    The same claim twice is one. Raises Forbidden for a member who may not, NotFound for goods of
    another stall, InvalidInput for facts that cannot be, WrongState while another claim waits.
    """
    if product.stall_id != member.stall_id:
        raise NotFound
    if not may(member, Permission.MANAGE_CERTIFICATES):
        raise Forbidden
    check(claim, clock.today())
    scan = _read_scan(claim)
    with transaction():
        stall = _open_stall(member.stall_id)
        waiting = _waiting_claim(product)
        if waiting is not None:
            return _same_or_refuse(waiting, claim)
        entry = _entry(claim, product, stall)
        certificate = _new(member, product, claim)
        certificate.holder = stall.legal_name
        refuse_revoked(certificate)
        is_proof = entry is not None and proves(entry, stall, claim)
        if scan is not None:
            certificate.scan_id = files.keep_document(scan).id
        else:
            certificate.scan_id = _earlier_scan(product, is_proof=is_proof)
        db.session.add(certificate)
        db.session.flush()
        outbox.send(TOPIC, {"certificate_id": certificate.id})
        audit.record("certificate.submitted", certificate, {"stars": claim.stars}, public=True)
    return certificate


def _read_scan(claim: Claim) -> files.Document | None:
    if claim.scan is None:
        return None
    try:
        return files.read_document(claim.scan, claim.scan_name)
    except InvalidInput as error:
        raise InvalidInput(error.message, "scan") from error


def _open_stall(stall_id: int) -> Stall:
    """Let one claim of a stall be handed in at a time, and none of a closed one."""
    stall = lock_stall(stall_id)
    if stall.status in {StallStatus.SUSPENDED, StallStatus.CLOSED}:
        raise WrongState(lazy_gettext("The stall is closed or suspended."))
    return stall


def _waiting_claim(product: CertifiedProduct) -> Certificate | None:
    return db.session.scalar(
        select(Certificate).where(
            Certificate.product_id == product.id,
            Certificate.status == CertificateStatus.SUBMITTED,
        )
    )


def _same_or_refuse(waiting: Certificate, claim: Claim) -> Certificate:
    facts = _facts(claim)
    if all(getattr(waiting, name) == facts[name] for name in SAME_CLAIM):
        return waiting
    raise WrongState(lazy_gettext("A certificate of this product is already being verified."))


def _entry(claim: Claim, product: CertifiedProduct, stall: Stall) -> RecognitionEntry | None:
    """Return the claimed row of a list; raise InvalidInput when it is clearly somebody else's."""
    if claim.entry_id is None:
        return None
    entry = db.session.get(RecognitionEntry, claim.entry_id)
    if entry is None:
        raise NotFound
    if not may_claim(entry, product.name, stall):
        raise InvalidInput(
            lazy_gettext("This row of the list names another product or another holder."),
            "entry_id",
        )
    return entry


def _earlier_scan(product: CertifiedProduct, *, is_proof: bool) -> int | None:
    """Return the scan of the claim that was returned; a row that proves needs none."""
    found = db.session.scalars(
        select(Certificate.scan_id)
        .where(
            Certificate.product_id == product.id,
            Certificate.status == CertificateStatus.RETURNED,
            Certificate.scan_id.is_not(None),
        )
        .order_by(Certificate.id.desc())
        .limit(1)
    ).first()
    if found is None and not is_proof:
        raise InvalidInput(lazy_gettext("Please add a scan of the certificate."), "scan")
    return found


def _facts(claim: Claim) -> dict[str, Any]:
    return {
        "product_code": product_code.tidy(claim.product_code),
        "stars": claim.stars,
        "score_hundredths": claim.score_hundredths,
        "decision_number": claim.decision_number,
        "decided_on": claim.decided_on,
        "issuer": claim.issuer,
        "expires_on": claim.expires_on,
        "entry_id": claim.entry_id,
    }


def _new(member: StallMember, product: CertifiedProduct, claim: Claim) -> Certificate:
    return Certificate(
        **_facts(claim),
        stall_id=product.stall_id,
        product_id=product.id,
        product_name=product.name,
        product_set=product.product_set,
        province_code=product.province_code,
        commune_code=product.commune_code,
        status=CertificateStatus.SUBMITTED,
        submitted_by_id=member.user_id,
        submitted_at=clock.now(),
        due_on=due_on(clock.today()),
    )
