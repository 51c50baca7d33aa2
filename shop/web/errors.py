"""Every refusal and failure becomes a page with its words and the request's id, or JSON."""

from http import HTTPStatus

import structlog
from flask import Flask, Response, g, jsonify, request
from flask_babel import lazy_gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError

from shop.core.db import db
from shop.core.errors import ShopError, Unavailable, WrongState
from shop.web.templating import render

log = structlog.get_logger()
RETRY_SECONDS = 3

TITLES = {
    400: lazy_gettext("We did not understand that request"),
    403: lazy_gettext("You may not enter here"),
    404: lazy_gettext("We could not find that page"),
    405: lazy_gettext("That cannot be done at this address"),
    409: lazy_gettext("Something has changed"),
    410: lazy_gettext("This is gone"),
    413: lazy_gettext("The upload is too large"),
    422: lazy_gettext("Please check what you entered"),
    429: lazy_gettext("Too many tries"),
    500: lazy_gettext("Something broke on our side"),
    503: lazy_gettext("The floor is busy"),
}
WORDS = {
    400: lazy_gettext("Please go back and try again."),
    404: lazy_gettext("It may have moved, or it is not yours to see. Try the search box above."),
    405: lazy_gettext("Please go back and use the button on the page."),
    413: lazy_gettext("Please choose smaller files, at most 15 MB each, and try again."),
    500: lazy_gettext("Your orders are safe. Please try again, or send us the code below."),
}


def init_app(app: Flask) -> None:
    """Register the one place that words refusals."""
    app.register_error_handler(ShopError, _refused)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(IntegrityError, _collision)
    app.register_error_handler(StaleDataError, _database)


def _refused(error: ShopError) -> Response:
    return _answer(error.status, str(error.message), error.code)


def _csrf(_error: CSRFError) -> Response:
    words = lazy_gettext("The page was open for too long. Please go back, reload it and try again.")
    return _answer(400, str(words), "csrf")


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    if isinstance(error, InternalServerError):
        db.session.rollback()
        log.error("request.failed", exc_info=error.original_exception)
    return _answer(error.code, str(WORDS.get(error.code, "")), error.name.lower())


def _database(error: Exception) -> Response:
    """A lock that was not given or a server that went away is a 503, not a fault of the floor."""
    db.session.rollback()
    log.warning("database.unavailable", error=str(error).splitlines()[0])
    return _answer(503, str(Unavailable.message), Unavailable.code)


def _collision(error: IntegrityError) -> Response:
    """Two writes that cannot both stand, which no use case foresaw: nothing was written."""
    db.session.rollback()
    log.error("database.collision", exc_info=error)
    return _answer(409, str(WrongState.message), WrongState.code)


def _answer(status: int, words: str, code: str) -> Response:
    if _wants_json():
        response = jsonify(
            type="about:blank",
            title=HTTPStatus(status).phrase,
            status=status,
            detail=words,
            code=code,
            instance=g.get("request_id"),
        )
        response.status_code = status
        response.mimetype = "application/problem+json"
    else:
        title = TITLES.get(status, TITLES[400])
        response = render(
            "errors/error.html",
            status=status,
            code=status,
            title=title,
            message=words,
            request_id=g.get("request_id"),
        )
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def _wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return request.path.startswith("/api/") or best == "application/json"
