"""The stalls as everybody sees them."""

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.core.errors import NotFound
from shop.places import queries as places
from shop.stalls import queries, tax_codes
from shop.stalls.models import Stall, StallDocument, StallStatus
from shop.stalls.views.cards import cards, place_text, tagline
from shop.web import slots
from shop.web.access import public
from shop.web.paging import page_number
from shop.web.pictures import shown
from shop.web.templating import day, render

bp = Blueprint("stalls", __name__)
LONGEST_SEARCH = 120


@bp.get("/gian-hang")
@public
def stalls() -> Response:
    """List the stalls that sell, narrowed by words and by province."""
    wanted = queries.StallFilter(
        text=request.args.get("q", "")[:LONGEST_SEARCH].strip(),
        province_code=request.args.get("tinh", "")[:2],
    )
    page = queries.page_of_stalls(wanted, page_number())
    return render(
        "stalls/stalls.html",
        page=page,
        cards=cards(page.rows),
        wanted=wanted,
        provinces=places.list_provinces(),
        kept={key: value for key, value in request.args.items() if key in {"q", "tinh"} and value},
    )


@bp.get("/gian-hang/<slug>")
@public
def stall(slug: str) -> BaseResponse:
    """Show a stall: who they are before the law, where, what they tell and what they sell."""
    found = queries.stall_by_slug(slug)
    if found is None:
        present = queries.present_slug(slug)
        if present is None:
            raise NotFound
        return redirect(url_for("stalls.stall", slug=present), 301)
    if not _may_see(found):
        raise NotFound
    return _page(found)


def _may_see(found: Stall) -> bool:
    """A stall that does not sell yet is shown to its own people, as a preview."""
    if found.status in {StallStatus.ACTIVE, StallStatus.SUSPENDED}:
        return True
    return current_user.is_authenticated and queries.is_member(current_user.id, found.id)


def _page(found: Stall) -> Response:
    is_open = found.status is StallStatus.ACTIVE
    facts: dict[str, Any] = {
        "place": place_text(found),
        "code": tax_codes.shown(found.tax_code),
        "is_personal": tax_codes.is_personal(found.tax_code),
        "picture": shown(found.picture, alt=found.name) if found.picture else None,
        "description": tagline(found.story),
        "licences": [_licence(paper) for paper in queries.public_papers(found.id)],
    }
    return render(
        "stalls/stall.html",
        stall=found,
        is_open=is_open,
        is_preview=found.status not in {StallStatus.ACTIVE, StallStatus.SUSPENDED},
        parts=slots.collect("stall.below", found) if is_open else [],
        **facts,
    )


def _licence(paper: StallDocument) -> tuple[str, str]:
    """Return a paper as the public reads it: its facts, never its scan."""
    until = gettext("valid until %(day)s", day=day(paper.expires_on)) if paper.expires_on else ""
    facts = (paper.number, paper.issuer, until)
    return str(paper.kind.label), " · ".join(fact for fact in facts if fact)
