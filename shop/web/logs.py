"""Structured logs: one line per event, each with the request it belongs to."""

import logging
import time
from typing import Any

import structlog
from flask import Flask, Response, g, request
from structlog.typing import EventDict

from shop.core import context


def init_app(app: Flask) -> None:
    """Log as JSON in production, as text for people elsewhere."""
    shape: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if app.config["LOG_FORMAT"] == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            _with_request,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            shape,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelName(app.config.get("LOG_LEVEL", "INFO"))
        ),
        cache_logger_on_first_use=False,
    )
    app.before_request(_start)
    app.after_request(_finish)


def _with_request(_logger: Any, _name: str, event: EventDict) -> EventDict:
    if request_id := context.request_id():
        event["request_id"] = request_id
    return event


def _path() -> str:
    """Return the path without the secret of a link such as the one for a new password."""
    token = (request.view_args or {}).get("token")
    return request.path.replace(str(token), "…") if token else request.path


def _start() -> None:
    g.started_at = time.perf_counter()


def _finish(response: Response) -> Response:
    if request.endpoint not in {"static", "web.healthz"}:
        taken = (time.perf_counter() - g.get("started_at", time.perf_counter())) * 1000
        structlog.get_logger().info(
            "request",
            method=request.method,
            path=_path(),
            status=response.status_code,
            ms=round(taken, 1),
        )
    return response
