"""Telling stalls by itself when a certificate has to be renewed, each time once."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.orm import aliased

from shop.certification.models import Certificate, CertificateStatus
from shop.certification.operations.cases import page_of
from shop.certification.queries import live
from shop.certification.validity import FILING_OPENS_DAYS, REMINDERS, filing_window, reminder_due
from shop.core import clock, outbox
from shop.core.db import change, db, transaction
from shop.stalls.operations import tell_members
from shop.web import slots

BATCH = 200


@outbox.every(timedelta(hours=1))
def remind_stalls() -> None:
    """Tell the stalls whose certificate has come to a reminder that they were not sent yet.

    Whoever missed some, as when no worker ran for a week, gets the present one alone. A batch at
    a time, so that nobody waits for long.
    """
    while _remind_batch():
        pass


def _remind_batch() -> int:
    today = clock.today()
    with transaction():
        due = list(_due(today))
        for certificate, days in due:
            _remind(certificate, days, today)
    return len(due)


def _not_under_way_above() -> Iterator[ColumnElement[bool]]:
    """Return what rooms above say is no reminder any more: their renewal of it is on its way.

    A filler of the slot gets the column of the product and returns the condition that it is.
    """
    for renewal in slots.collect("certificate.renewal_under_way", Certificate.product_id):
        yield ~renewal


def _due(today: date) -> Iterator[tuple[Certificate, int]]:
    """Return what to tell: verified, near its end, with no newer claim under way."""
    newer = aliased(Certificate)
    under_way = exists().where(
        newer.product_id == Certificate.product_id, newer.status == CertificateStatus.SUBMITTED
    )
    rows = db.session.scalars(
        select(Certificate)
        .where(
            live(),
            Certificate.expires_on.between(today, today + timedelta(days=FILING_OPENS_DAYS)),
            or_(*_not_yet_told(today)),
            ~under_way,
            *_not_under_way_above(),
        )
        .order_by(Certificate.id)
        .limit(BATCH)
    )
    for certificate in rows:
        days = reminder_due(certificate.expires_on, today)
        if days is not None:
            yield certificate, days


def _not_yet_told(today: date) -> Iterator[Any]:
    """Return for each reminder the condition that it is the present one and was not sent."""
    lower = today
    for days in REMINDERS:
        upper = today + timedelta(days=days)
        told = or_(Certificate.reminded_days.is_(None), Certificate.reminded_days > days)
        yield Certificate.expires_on.between(lower, upper) & told
        lower = upper + timedelta(days=1)


def _remind(certificate: Certificate, days: int, today: date) -> None:
    """Note the reminder and tell the stall, unless another worker has just done so."""
    noted = (
        update(Certificate)
        .where(
            Certificate.id == certificate.id,
            or_(Certificate.reminded_days.is_(None), Certificate.reminded_days > days),
        )
        .values(reminded_days=days)
    )
    if not change(noted):
        return
    closes = filing_window(certificate.expires_on)[1]
    tell_members(
        certificate.stall_id,
        "certification/reminder",
        key=f"certificate:{certificate.id}:reminder:{certificate.expires_on}:{days}",
        url=page_of(certificate),
        data={
            "product_name": certificate.product_name,
            "stars": certificate.stars,
            "days": (certificate.expires_on - today).days,
            "expires_on": certificate.expires_on.strftime("%d/%m/%Y"),
            "closes": closes.strftime("%d/%m/%Y"),
            "is_window_open": today <= closes,
        },
    )
