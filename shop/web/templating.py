"""Rendering: pages, parts for htmx, and the filters that write money and dates as people do."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_login import current_user

from shop.core import clock
from shop.core.money import format_vnd
from shop.web import i18n, links, slots
from shop.web.assets import static_url


@dataclass
class Shell:
    """What every page's frame shows; rooms fill it through `shell_part`."""

    locale: str
    is_demo: bool = False
    cart_count: int = 0
    unread_count: int = 0
    stall_memberships: list[Any] = field(default_factory=list)


def init_app(app: Flask) -> None:
    """Give templates their filters and globals."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.filters.update(vnd=format_vnd, number=number, date=day, datetime=moment)
    app.jinja_env.globals.update(static_url=static_url)
    links.init_app(app)
    app.context_processor(lambda: {"shell": _Lazy()})


class _Lazy:
    """Builds the shell only when a page really shows it."""

    def __getattr__(self, name: str) -> Any:
        shell = Shell(locale=i18n.current_locale())
        for fill in slots.functions("shell"):
            fill(shell)
        self.__dict__.update(vars(shell))
        if name not in self.__dict__:
            raise AttributeError(name)
        return self.__dict__[name]


def render(template: str, *, part: str | None = None, status: int = 200, **ctx: Any) -> Response:
    """Render a page, or only its part when htmx asks for it.

    A page that knows its reader is never kept by a cache.
    """
    wants_part = part is not None and request.headers.get("HX-Request") == "true"
    name = part if part is not None and wants_part else template
    response = make_response(render_template(name, **ctx), status)
    if part is not None:
        response.vary.add("HX-Request")
    if current_user.is_authenticated or request.method != "GET":
        response.headers["Cache-Control"] = "no-store"
    return response


def number(value: float) -> str:
    """Write a number the Vietnamese way: 1.234,5."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def day(value: date | datetime | None) -> str:
    """Write a day as dd/mm/yyyy, by the clock in Vietnam."""
    if value is None:
        return ""
    shown = clock.local(value) if isinstance(value, datetime) else value
    return shown.strftime("%d/%m/%Y")


def moment(value: datetime | None) -> str:
    """Write a moment as dd/mm/yyyy HH:MM, by the clock in Vietnam."""
    return clock.local(value).strftime("%d/%m/%Y %H:%M") if value else ""


def is_production() -> bool:
    """Tell whether this process serves real people."""
    return bool(current_app.config["APP_ENV"] == "production")
