"""The history of a stall as its people and the moderators read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from flask_babel import gettext, lazy_gettext

from shop.core.errors import Words
from shop.stalls.reasons import label_of
from shop.stalls.transitions import Move


class Entry(Protocol):
    """What is needed of a row of the audit trail."""

    action: str
    at: datetime
    actor_name: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Event:
    """One step, as the component `timeline` shows it."""

    title: Words
    at: datetime
    text: str
    tone: str | None


_STEPS: dict[str, tuple[Words, str | None]] = {
    Move.SUBMIT: (lazy_gettext("Application sent"), None),
    Move.ACCEPT: (lazy_gettext("Accepted, the stall is open"), "ok"),
    Move.RETURN: (lazy_gettext("Returned for changes"), "warn"),
    Move.SUSPEND: (lazy_gettext("Closed by the floor for now"), "danger"),
    Move.REACTIVATE: (lazy_gettext("Open again"), "ok"),
    "stall.member_added": (lazy_gettext("A member was added"), None),
    "stall.member_changed": (lazy_gettext("A member's account was changed"), None),
    "stall.member_removed": (lazy_gettext("A member was removed"), None),
    "stall.settings_changed": (lazy_gettext("The settings were changed"), None),
}


def events(entries: Iterable[Entry]) -> list[Event]:
    """Return the steps that are worth a line, oldest first; other rows are left out."""
    return [_event(entry) for entry in entries if entry.action in _STEPS]


def _event(entry: Entry) -> Event:
    title, tone = _STEPS[entry.action]
    reason = str(label_of(entry.data.get("reason_code", "")))
    words = entry.data.get("status_reason", "")
    said = ": ".join(part for part in (reason, words) if part)
    by = gettext("by %(name)s", name=entry.actor_name)
    return Event(title, entry.at, f"{by}. {said}" if said else by, tone)
