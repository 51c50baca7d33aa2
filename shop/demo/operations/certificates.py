"""The certificates of the demo floor: claimed by the stalls, decided on by the moderator."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from shop.certification.deadlines import due_on, needs_second
from shop.certification.models import Certificate, CertificateStatus, EvidenceGrade
from shop.certification.product_sets import product_set
from shop.certification.reasons import RefusalReason
from shop.certification.scores import score_text
from shop.certification.validity import MONTHS, end_of
from shop.core import clock
from shop.demo.content.records import DemoCertificate
from shop.demo.operations import people
from shop.demo.operations.goods import Listing
from shop.demo.operations.scene import Scene
from shop.demo.pictures.scan import ScanFields, render_scan

DAY = "%d/%m/%Y"
MOST_WAITING_DAYS = 9
OWN_SCANS = 50
BLANK = ScanFields(
    decision_number="0000/QĐ-MẪU",
    decision_date="",
    issuer="Cơ quan cấp (mẫu)",
    product="Sản phẩm mẫu",
    product_code="",
    product_set="",
    holder="Chủ thể mẫu",
    place="",
    stars=3,
    score="",
    expires_on="",
)
STATUSES = {
    "awaiting": CertificateStatus.SUBMITTED,
    "refused": CertificateStatus.REFUSED,
}


@dataclass(frozen=True)
class Dates:
    """From when to when a certificate stands, and when it was claimed and decided on."""

    decided_on: date
    expires_on: date
    submitted_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True)
class Claimed:
    """What a stall claims for one of its products, and what has become of it."""

    listing: Listing
    demo: DemoCertificate
    status: CertificateStatus
    dates: Dates
    code: str


def add_certificate(scene: Scene, listing: Listing) -> None:
    """Add what the stall claims for a product, if it does, with the decision and its record."""
    demo = listing.demo.certificate
    if demo is None or not (listing.stall.is_active or demo.state == "awaiting"):
        return
    status = STATUSES.get(demo.state, CertificateStatus.VERIFIED)
    dates = _dates(scene, listing, demo)
    claimed = Claimed(listing, demo, status, dates, _code(scene, listing, dates.decided_on))
    number = scene.rows.add(
        Certificate,
        stall_id=listing.stall.id,
        product_id=listing.id,
        product_code=claimed.code,
        scan_id=_scan(scene, claimed),
        **_facts(claimed),
        **_decision(scene, claimed),
        decided_on=dates.decided_on,
        expires_on=dates.expires_on,
        submitted_at=dates.submitted_at,
        due_on=None if dates.decided_at else due_on(clock.local(dates.submitted_at).date()),
        decided_at=dates.decided_at,
        submitted_by_id=listing.stall.maker.id,
    )
    _record(scene, number, claimed)


def _facts(claimed: Claimed) -> dict[str, Any]:
    listing, demo = claimed.listing, claimed.demo
    return {
        "product_name": listing.demo.name,
        "product_set": listing.demo.product_set,
        "stars": demo.stars,
        "score_hundredths": int(demo.score * 100),
        "decision_number": demo.decision_number,
        "issuer": demo.issuer,
        "holder": listing.stall.demo.legal_name,
        "entry_id": None,
        "province_code": listing.stall.place.province_code,
        "commune_code": listing.stall.place.commune_code,
    }


def _decision(scene: Scene, claimed: Claimed) -> dict[str, Any]:
    is_verified = claimed.status is CertificateStatus.VERIFIED
    is_read_twice = is_verified and needs_second(claimed.demo.stars)
    return {
        "status": claimed.status,
        "approved_by_id": scene.people[people.SECOND].id if is_read_twice else None,
        "grade": EvidenceGrade.SCAN if is_verified else None,
        "reason": claimed.demo.refusal_reason or "",
        "verified_by_id": scene.people[people.MODERATOR].id if is_verified else None,
    }


def _dates(scene: Scene, listing: Listing, demo: DemoCertificate) -> Dates:
    rng = scene.rng(f"certificate/{listing.demo.number}")
    decided_on = _months_before(scene.today + timedelta(days=demo.expires_in_days))
    days = min(listing.listed_days, (scene.today - decided_on).days - 3)
    if demo.state == "awaiting":
        days = min(days, rng.randrange(MOST_WAITING_DAYS))
        return Dates(decided_on, end_of(decided_on), scene.ago(days, rng), None)
    return Dates(decided_on, end_of(decided_on), scene.ago(days + 1, rng), scene.ago(days, rng))


def _months_before(day: date) -> date:
    """Return the day of a decision that stands until about this day."""
    is_leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - MONTHS // 12, day=28 if is_leap else day.day)


def _code(scene: Scene, listing: Listing, decided_on: date) -> str:
    """Return the first code of the commune and year, from the drawn number on, that is free."""
    place, taken = listing.stall.place, scene.taken["code"]
    drawn = listing.demo.certificate.running_number if listing.demo.certificate else 1
    home = f"{place.province_code}-{place.commune_code}"
    codes = (f"{home}-{number:03d}-{decided_on.year}" for number in count(drawn))
    code = next(each for each in codes if each not in taken)
    taken.add(code)
    return code


def _scan(scene: Scene, claimed: Claimed) -> int:
    """Return the scan: drawn with its facts while a moderator has to read it, else a blank."""
    is_read = claimed.dates.decided_at is None and scene.gallery.papers < OWN_SCANS
    stars = claimed.demo.stars
    return scene.gallery.paper(
        scene.rows,
        f"certificate/{claimed.code if is_read else stars}",
        lambda: render_scan(_read(claimed) if is_read else replace(BLANK, stars=stars)),
        at=claimed.dates.submitted_at,
    )


def _read(claimed: Claimed) -> ScanFields:
    listing, demo, dates = claimed.listing, claimed.demo, claimed.dates
    place = listing.stall.place
    return ScanFields(
        decision_number=demo.decision_number,
        decision_date=dates.decided_on.strftime(DAY),
        issuer=demo.issuer,
        product=listing.demo.name,
        product_code=claimed.code,
        product_set=str(product_set(listing.demo.product_set).name),
        holder=listing.stall.demo.legal_name,
        place=f"{place.commune}, {place.province}",
        stars=demo.stars,
        score=score_text(int(demo.score * 100)),
        expires_on=dates.expires_on.strftime(DAY),
    )


def _record(scene: Scene, number: int, claimed: Claimed) -> None:
    """Write down the claim and the decision, as the room of certificates writes them."""
    subject, dates = (Certificate.__tablename__, number), claimed.dates
    scene.rows.deed(
        "certificate.submitted",
        subject,
        at=dates.submitted_at,
        actor=claimed.listing.stall.maker,
        data={"stars": claimed.demo.stars},
        public=True,
    )
    if dates.decided_at is None:
        return
    is_verified = claimed.status is CertificateStatus.VERIFIED
    said = {"code": RefusalReason.OTHER.value, "words": claimed.demo.refusal_reason or ""}
    scene.rows.deed(
        f"certificate.{claimed.status.value}",
        subject,
        at=dates.decided_at,
        actor=scene.people[people.MODERATOR],
        data={} if is_verified else said,
        public=is_verified,
    )
