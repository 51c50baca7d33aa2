"""The pages that belong to no room: style guide, language, uploads, health."""

from flask import Blueprint, Response, abort, make_response, redirect, request, send_from_directory
from werkzeug.wrappers import Response as BaseResponse

from shop.core import files
from shop.web import i18n, pages
from shop.web.access import public, safe_next
from shop.web.samples import samples
from shop.web.templating import render

bp = Blueprint("web", __name__)
bp.get("/trang/<slug>")(pages.page)
YEAR_SECONDS = 365 * 24 * 3600


@bp.get("/style-guide")
@public
def style_guide() -> Response:
    """Show every component in every state."""
    return render("web/style_guide.html", samples=samples())


@bp.post("/ngon-ngu")
@public
def choose_language() -> BaseResponse:
    """Keep the chosen language in a cookie and return to the page."""
    locale = request.form.get("locale", "")
    if locale not in i18n.LOCALES:
        abort(400)
    response = redirect(safe_next(request.form.get("tiep"), "/"), 303)
    response.set_cookie(
        i18n.COOKIE, locale, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure
    )
    return response


@bp.get("/tep/<name>")
@public
def upload(name: str) -> Response:
    """Serve a public picture, or its master while the smaller copies are being made."""
    stored = find_public(name)
    path = files.path_of(name)
    if not path.exists():
        path = files.path_of(stored.name)
    response = send_from_directory(path.parent, path.name, mimetype="image/webp")
    seconds = YEAR_SECONDS if path.name == name else 10
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    return response


def find_public(name: str) -> files.StoredFile:
    """Return the public picture that a name or the name of its smaller copy belongs to."""
    stored = files.find(files.master_stem(name))
    if stored is None or stored.is_private:
        abort(404)
    return stored


def send_private(stored: files.StoredFile, page: int | None = None) -> Response:
    """Serve a private picture, or a page of a PDF, to somebody the caller has let in."""
    name = stored.name if page is None else files.page_name(stored.name, page)
    path = files.path_of(name)
    if not path.exists() or path.suffix == ".pdf":
        abort(404)
    response = send_from_directory(path.parent, path.name, mimetype="image/webp")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get("/healthz")
@public
def healthz() -> Response:
    """Say that the process answers."""
    return make_response({"status": "ok"})
