"""What machines ask of the floor: whether it is ready, and its numbers."""

import hmac

from flask import Blueprint, Response, abort, current_app, make_response, request

from shop.backoffice import queries
from shop.backoffice.exposition import CONTENT_TYPE, Gauge, exposition
from shop.web.access import public

bp = Blueprint("backoffice", __name__)
RETRY_SECONDS = 30


@bp.get("/readyz")
@public
def readyz() -> Response:
    """Say of each part of the floor whether it is there; 503 while one is not."""
    parts = queries.parts()
    is_ready = all(part.is_well for part in parts)
    response = make_response(
        {
            "status": "ready" if is_ready else "down",
            "parts": {part.name: part.note for part in parts},
        },
        200 if is_ready else 503,
    )
    if not is_ready:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/metrics")
@public
def metrics() -> Response:
    """Give the numbers to who holds the token; without a token in the settings there are none."""
    token: str = current_app.config["METRICS_TOKEN"]
    if not token:
        abort(404)
    given = request.headers.get("Authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        refused = make_response("Unauthorized\n", 401, {"WWW-Authenticate": "Bearer"})
        refused.mimetype = "text/plain"
        return refused
    response = make_response(exposition(_gauges(queries.readings())))
    response.headers["Content-Type"] = CONTENT_TYPE
    response.headers["Cache-Control"] = "no-store"
    return response


def _gauges(readings: queries.Readings) -> list[Gauge]:
    worker = readings.worker
    orders = {status.value: float(number) for status, number in readings.orders.items()}
    return [
        _one("chophien_outbox_waiting", "Messages to be delivered.", worker.waiting),
        _one("chophien_outbox_parked", "Messages that were given up.", worker.parked),
        _one("chophien_outbox_lag_seconds", "Wait of the oldest due one.", worker.lag_seconds),
        Gauge("chophien_stall_orders", "Orders of stalls by status.", orders, "status"),
        _one("chophien_stalls_active", "Stalls that may sell.", readings.active_stalls),
        _one("chophien_products_on_sale", "Products on sale.", readings.products_on_sale),
    ]


def _one(name: str, words: str, number: float) -> Gauge:
    return Gauge(name, words, {"": number})
