"""The audit trail: read by operators, changed by nobody."""

from collections.abc import Callable
from typing import NamedTuple

from flask import Response, request, url_for
from flask_babel import gettext

from shop.backoffice import queries
from shop.backoffice.forms import TrailForm
from shop.backoffice.operator_views.frame import bp, page
from shop.backoffice.words import action_words, data_rows, subject_words
from shop.core.audit import AuditEntry
from shop.core.context import SYSTEM
from shop.web.access import operator
from shop.web.paging import page_number

PAGES: dict[str, Callable[[int], str]] = {
    "users": lambda number: url_for("backoffice_operator.person", user_id=number),
    "stalls": lambda number: url_for("stalls_operator.stall", stall_id=number),
}


class Deed(NamedTuple):
    """An entry as a row of the page."""

    entry: AuditEntry
    actor: str
    words: str
    subject: str
    subject_name: str
    url: str
    data: list[tuple[str, str]]


@bp.get("/nhat-ky")
@operator
def trail() -> Response:
    """Show who did what, the latest first, narrowed by what is asked."""
    form = TrailForm(request.args)
    is_sound = form.validate()
    found = queries.page_of_entries(_wanted(form), page_number())
    names = queries.names_of(found.rows)
    return page(
        "trail.html",
        form=form,
        found=found,
        deeds=[_deed(entry, names) for entry in found.rows],
        kept={name: value for name, value in request.args.items() if value and name != "trang"},
        status=200 if is_sound else 422,
    )


def _wanted(form: TrailForm) -> queries.TrailFilter:
    """Return what is asked; what cannot be understood is left out, and said beside its field."""
    said = {name: None if name in form.errors else value for name, value in form.data.items()}
    return queries.TrailFilter(
        action=said["action"] or "",
        actor=said["actor"] or "",
        subject_type=said["subject_type"] or "",
        subject_id=said["subject_id"],
        since=said["since"],
        until=said["until"],
    )


def _deed(entry: AuditEntry, names: dict[tuple[str, int], str]) -> Deed:
    is_system = entry.actor_id is None and entry.actor_name == SYSTEM.name
    url = PAGES.get(entry.subject_type)
    return Deed(
        entry,
        gettext("The floor itself") if is_system else entry.actor_name,
        action_words(entry.action),
        subject_words(entry.subject_type),
        names.get((entry.subject_type, entry.subject_id), ""),
        url(entry.subject_id) if url else "",
        data_rows(entry.data),
    )
