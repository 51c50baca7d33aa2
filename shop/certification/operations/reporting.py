"""Codes that the public reports, and the moderator who looks into them."""

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import lazy_gettext
from sqlalchemy import update

from shop.accounts.models import User
from shop.certification.models import CodeReport, SeenAt
from shop.certification.queries.reports import place_of, report_case, stalls_of_code
from shop.core import audit, clock, files, images, throttle
from shop.core.db import change, db, transaction
from shop.core.errors import Forbidden, InvalidInput, NotFound, WrongState
from shop.stalls.queries import is_member

REPORTS = throttle.Limit("code-report", 10, timedelta(hours=1))


@dataclass(frozen=True)
class Sighting:
    """What somebody saw, in her own words; photo and a way to reach her are hers to give."""

    seen_at: SeenAt
    words: str
    contact: str = ""
    photo: bytes | None = None


def report_code(code: str, sighting: Sighting, ip_address: str) -> CodeReport:
    """Lay a code before the moderators of the place that it names.

    Raises TooOften when one address reports too much, InvalidInput for a photo that is none. The
    photo is rebuilt from its pixels, so neither where it was taken nor a script stays in it.
    """
    throttle.guard(REPORTS, throttle.network(ip_address))
    try:
        photo = images.rebuild(sighting.photo) if sighting.photo else None
    except InvalidInput as error:
        raise InvalidInput(error.message, "photo") from error
    with transaction():
        place = place_of(code)
        report = CodeReport(
            product_code=code,
            seen_at=sighting.seen_at,
            words=sighting.words,
            contact=sighting.contact,
            photo_id=files.keep_picture(photo, private=True).id if photo else None,
            province_code=place.province.code if place.province else None,
            commune_code=place.commune.code if place.commune else None,
            created_at=clock.now(),
        )
        db.session.add(report)
        db.session.flush()
        audit.record("code.reported", report, {"code": code, "seen_at": sighting.seen_at.value})
    return report


def handle_report(moderator: User, report_id: int, *, note: str) -> None:
    """Close a report with what was found; of two who close it, one is told (WrongState).

    Nobody closes what is said of a certificate of a stall that they work for.
    """
    if not note:
        raise InvalidInput(lazy_gettext("Please say what was found or done."), "note")
    with transaction():
        report = report_case(moderator, report_id)
        if report is None:
            raise NotFound
        if any(is_member(moderator.id, each) for each in stalls_of_code(report.product_code)):
            raise Forbidden(lazy_gettext("You belong to this stall, so a colleague has to decide."))
        handled = (
            update(CodeReport)
            .where(CodeReport.id == report_id, CodeReport.handled_at.is_(None))
            .values(handled_at=clock.now(), handled_by_id=moderator.id, note=note)
        )
        if not change(handled):
            raise WrongState
        audit.record("code.handled", report, {"note": note})
