"""What has happened to a review, in words for the moderation desk."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from flask_babel import gettext, lazy_gettext

from shop.core.audit import AuditEntry


class Event(NamedTuple):
    """One point of a timeline."""

    title: str
    at: datetime
    text: str | None = None
    tone: str | None = None


_DONE = {
    "review.written": lazy_gettext("Written"),
    "review.edited": lazy_gettext("Changed by its author"),
    "review.answered": lazy_gettext("Answered by the stall"),
    "review.reported": lazy_gettext("Reported"),
    "review.kept": lazy_gettext("It was left to stand"),
    "review.hidden": lazy_gettext("Hidden"),
}


def events(entries: Sequence[AuditEntry]) -> list[Event]:
    """Return the record of a review in words, oldest first."""
    return [
        Event(
            str(_DONE.get(entry.action, entry.action)),
            entry.at,
            _text(entry),
            "danger" if entry.action == "review.hidden" else None,
        )
        for entry in entries
    ]


def _text(entry: AuditEntry) -> str:
    said = [entry.actor_name, entry.data.get("words", "")]
    if before := (entry.data.get("before") or {}):
        old = before if isinstance(before, str) else before.get("words", "")
        said.append(str(gettext("Before: %(words)s", words=old)))
    return " · ".join(part for part in said if part)
