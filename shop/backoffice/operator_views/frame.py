"""What the pages of operators have in common, and the ways that lead to them."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response
from flask_babel import format_timedelta, gettext
from flask_login import current_user

from shop.accounts.models import User
from shop.core import clock
from shop.web import slots
from shop.web.templating import render

bp = Blueprint("backoffice_operator", "shop.backoffice.operator_views", url_prefix="/van-hanh")


def page(template: str, *, status: int = 200, **context: Any) -> Response:
    """Render a page of operators with the links between them."""
    links = slots.collect("operation.links", current_user)
    return render(f"backoffice/{template}", status=status, links=links, **context)


def age_of(moment: datetime | None) -> str:
    """Return how long ago something was, in words; empty for never."""
    return format_timedelta(clock.now() - moment, granularity="minute") if moment else ""


@slots.fill("operation.links", order=10)
def overview(_user: User) -> tuple[str, str]:
    """Lead to the floor at a glance."""
    return gettext("Overview"), "/van-hanh/"


@slots.fill("operation.links", order=60)
def people(_user: User) -> tuple[str, str]:
    """Lead to the people of the floor."""
    return gettext("People of the floor"), "/van-hanh/nguoi-dung"


@slots.fill("operation.links", order=70)
def moderators(_user: User) -> tuple[str, str]:
    """Lead to the moderators and their places."""
    return gettext("Moderators"), "/van-hanh/can-bo"


@slots.fill("operation.links", order=90)
def trail(_user: User) -> tuple[str, str]:
    """Lead to the audit trail."""
    return gettext("Audit trail"), "/van-hanh/nhat-ky"
