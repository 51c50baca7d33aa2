"""What must hold of stars after any crash and any race, each a line when it does not."""

from flask_babel import lazy_gettext
from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from shop.certification.deadlines import TWO_PAIRS_OF_EYES
from shop.certification.models import (
    Certificate,
    CertificateRuling,
    CertificateStatus,
    EvidenceGrade,
    ImportStatus,
    ListImport,
    RecognitionEntry,
    RulingKind,
)
from shop.certification.queries.conflicts import HOLDING
from shop.certification.reasons import RevocationReason
from shop.certification.scores import LEAST_STARS, MOST_STARS, stars_for
from shop.certification.validity import end_of, latest_grace
from shop.core.audit import AuditEntry
from shop.core.db import db
from shop.core.invariants import invariant, unprotected, unrecorded
from shop.stalls.models import StallMember

VERIFIED = Certificate.status == CertificateStatus.VERIFIED


@invariant(5, lazy_gettext("No star stands without a certificate that a moderator has verified"))
def check_stars() -> list[str]:
    """Return a line for every certificate or listed row whose stars nobody has earned."""
    return [*_faulty_certificates(), *_out_of_rule(), *_doubled(), *_faulty_rows()]


@invariant(7, lazy_gettext("Each certificate stands where its record says"))
def check_certificate_records() -> list[str]:
    """Return a line for every certificate whose status its last decision does not explain."""
    outcomes = {f"certificate.{status}": status.value for status in CertificateStatus}
    outcomes |= dict.fromkeys(
        ("certificate.restored", "certificate.confirmed"), CertificateStatus.VERIFIED.value
    )
    return unrecorded(Certificate, outcomes)


@invariant(7, lazy_gettext("No ruling on a certificate can be changed or deleted"))
def check_rulings_are_append_only() -> list[str]:
    """Return a line for every way in which a ruling could be rewritten."""
    return unprotected(CertificateRuling)


@invariant(8, lazy_gettext("Each grace and each revocation rests on a ruling with its paper"))
def check_life() -> list[str]:
    """Return a line for every grace or revocation that no ruling bears out, or no paper."""
    return [*_faulty_graces(), *_unfounded_revocations(), *_unruled(), *_without_deadline()]


@invariant(8, lazy_gettext("Each import of a list comes to its end, and its counts are kept"))
def check_lists() -> list[str]:
    """Return a line for every import that stands still or ended without what belongs to it."""
    counts = (ListImport.new_rows, ListImport.unchanged_rows, ListImport.changed_rows)
    uncounted = or_(ListImport.imported_at.is_(None), ListImport.bad_rows.is_(None))
    wrong = {
        "imported without counts": and_(
            ListImport.status == ImportStatus.IMPORTED,
            or_(uncounted, *(count.is_(None) for count in counts)),
        ),
        "discarded, but its file is kept": and_(
            ListImport.status == ImportStatus.DISCARDED, ListImport.data.is_not(None)
        ),
    }
    running = select(ListImport).where(ListImport.status == ImportStatus.IMPORTING)
    still = [each.id for each in db.session.scalars(running) if each.is_stuck]
    return [
        *(f"list import {number}: stands still" for number in still),
        *(
            f"list import {number}: {fault}"
            for fault, condition in wrong.items()
            for number in db.session.scalars(select(ListImport.id).where(condition))
        ),
    ]


def _faulty_graces() -> list[str]:
    rows = db.session.execute(
        select(
            Certificate.id,
            Certificate.expires_on,
            Certificate.grace_until,
            _has_ruling(RulingKind.GRACE, CertificateRuling.until == Certificate.grace_until),
        )
        .where(Certificate.grace_until.is_not(None))
        .order_by(Certificate.id)
    )
    lines = []
    for number, expires_on, until, is_ruled in rows:
        if until is None or not expires_on < until <= latest_grace(expires_on):
            lines.append(f"certificate {number}: kept beyond the bounds of grace")
        if not is_ruled:
            lines.append(f"certificate {number}: kept without a ruling")
    return lines


def _has_ruling(kind: RulingKind, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        CertificateRuling.certificate_id == Certificate.id,
        CertificateRuling.kind == kind,
        condition,
    )


def _unfounded_revocations() -> list[str]:
    """Return the revocations for a ground of the law that name no decision and keep no file."""
    grounds = [each.value for each in RevocationReason if each is not RevocationReason.MISTAKE]
    wanted = (
        select(CertificateRuling.certificate_id)
        .where(
            CertificateRuling.kind == RulingKind.REVOKED,
            CertificateRuling.ground.in_(grounds),
            CertificateRuling.file_id.is_(None),
            or_(CertificateRuling.decision_number == "", CertificateRuling.decided_on.is_(None)),
        )
        .order_by(CertificateRuling.id)
    )
    found = db.session.scalars(wanted)
    return [f"certificate {number}: revoked without its decision" for number in found]


def _unruled() -> list[str]:
    """Return the certificates that do not stand where the last ruling on them put them."""
    last = (
        select(CertificateRuling.certificate_id, func.max(CertificateRuling.id).label("id"))
        .where(CertificateRuling.kind.in_((RulingKind.REVOKED, RulingKind.RESTORED)))
        .group_by(CertificateRuling.certificate_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Certificate.id, Certificate.status, Certificate.revoked_at, CertificateRuling.kind)
        .outerjoin(last, last.c.certificate_id == Certificate.id)
        .outerjoin(CertificateRuling, CertificateRuling.id == last.c.id)
        .order_by(Certificate.id)
    )
    lines = []
    for number, status, revoked_at, kind in rows:
        is_revoked = status == CertificateStatus.REVOKED
        if is_revoked != (kind == RulingKind.REVOKED):
            lines.append(f"certificate {number}: {status} ≠ {kind or '∅'}")
        if is_revoked != (revoked_at is not None):
            lines.append(f"certificate {number}: another moment of revocation")
    return lines


def _without_deadline() -> list[str]:
    wrong = select(Certificate.id).where(
        Certificate.status == CertificateStatus.SUBMITTED, Certificate.due_on.is_(None)
    )
    return [
        f"certificate {number}: waits without a deadline" for number in db.session.scalars(wrong)
    ]


def _faulty_certificates() -> list[str]:
    faults: dict[str, ColumnElement[bool]] = {
        "verified by nobody": or_(
            Certificate.verified_by_id.is_(None),
            Certificate.decided_at.is_(None),
            Certificate.grade.is_(None),
        ),
        "verified by whom it serves": or_(
            Certificate.verified_by_id == Certificate.submitted_by_id,
            exists().where(
                StallMember.stall_id == Certificate.stall_id,
                StallMember.user_id == Certificate.verified_by_id,
                StallMember.created_at <= Certificate.decided_at,
            ),
        ),
        "stars out of bounds": ~Certificate.stars.between(LEAST_STARS, MOST_STARS),
        "5 stars that one moderator alone has read": and_(
            Certificate.stars >= TWO_PAIRS_OF_EYES,
            Certificate.grade != EvidenceGrade.DECISION,
            or_(
                Certificate.approved_by_id.is_(None),
                Certificate.approved_by_id == Certificate.verified_by_id,
            ),
        ),
        "verified without a record": ~exists().where(
            AuditEntry.subject_type == Certificate.__tablename__,
            AuditEntry.subject_id == Certificate.id,
            AuditEntry.action == "certificate.verified",
        ),
    }
    return [
        f"certificate {number}: {fault}"
        for fault, condition in faults.items()
        for number in db.session.scalars(select(Certificate.id).where(and_(VERIFIED, condition)))
    ]


def _out_of_rule() -> list[str]:
    rows = db.session.execute(
        select(
            Certificate.id,
            Certificate.stars,
            Certificate.score_hundredths,
            Certificate.decided_on,
            Certificate.expires_on,
        ).where(VERIFIED)
    )
    lines = []
    for number, stars, score, decided_on, expires_on in rows:
        if expires_on > end_of(decided_on):
            lines.append(f"certificate {number}: stands longer than 36 months")
        if score is not None and stars_for(score) < stars:
            lines.append(f"certificate {number}: more stars than its score brings")
    return lines


def _doubled() -> list[str]:
    """Return the goods, codes and rows of lists that more than one certificate holds.

    The database sees to it among verified ones alone; what is withheld holds them as well.
    """
    goods, stalls = Certificate.product_id, Certificate.stall_id
    holders = {"product_id": Certificate.id, "product_code": goods, "entry_id": stalls}
    lines = []
    for name, holder in holders.items():
        column = getattr(Certificate, name)
        held = select(column).where(Certificate.status.in_(HOLDING), column.is_not(None))
        rows = held.group_by(column).having(func.count(holder.distinct()) > 1).order_by(column)
        lines += [f"{name} {value}: held twice" for value in db.session.scalars(rows)]
    return lines


def _faulty_rows() -> list[str]:
    wrong = select(RecognitionEntry.id).where(
        ~RecognitionEntry.stars.between(LEAST_STARS, MOST_STARS)
    )
    return [f"registry row {number}: stars out of bounds" for number in db.session.scalars(wrong)]
