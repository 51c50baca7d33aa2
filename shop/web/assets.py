"""Static files: one style sheet and one script put together at start, each address with its hash.

A file asked for by the address that `static_url` gives may be kept for a year; any other address
is asked again each time, so that a page never shows yesterday's style.
"""

import mimetypes
import re
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, abort, current_app, make_response, request
from werkzeug.security import safe_join

from shop.web.access import public

LAYERS = ("reset", "tokens", "base", "layout", "components", "utilities")
YEAR_SECONDS = 365 * 24 * 3600
LONGEST_NAME = 120
PREFIX = "/static/"
KINDS = {".js": "text/javascript", ".woff2": "font/woff2", ".webp": "image/webp"}
RELATIVE_URL = re.compile(r"url\(\"\.\./([^\")]+)\"\)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s*\n\s*")


class Assets:
    """The static folder as browsers see it."""

    def __init__(self, root: Path) -> None:
        """Read nothing yet; each file is read when it is first asked for."""
        self.root = root
        self._kept: dict[str, bytes] = {}
        self._hashes: dict[str, str] = {}

    def content(self, name: str) -> bytes | None:
        """Return a file's bytes, or the put-together sheet or script; None when there is none."""
        if name not in self._kept:
            found = self._read(name)
            if found is None:
                return None
            self._kept[name] = found
        return self._kept[name]

    def digest(self, name: str) -> str:
        """Return the short hash of a file's content, empty for a file that is not there."""
        if name not in self._hashes:
            found = self.content(name)
            if found is None:
                return ""
            self._hashes[name] = sha256(found).hexdigest()[:12]
        return self._hashes[name]

    def url(self, name: str) -> str:
        """Return the address under which a file may be kept for a year."""
        return f"{PREFIX}{name}?v={self.digest(name)}"

    def forget(self) -> None:
        """Read everything anew, after files were edited."""
        self._kept.clear()
        self._hashes.clear()

    def _read(self, name: str) -> bytes | None:
        if name == "css/site.css":
            return self._style().encode()
        if name == "js/site.js":
            return self._script().encode()
        if len(name) > LONGEST_NAME:
            return None
        path = safe_join(str(self.root), name)
        return Path(path).read_bytes() if path and Path(path).is_file() else None

    def _style(self) -> str:
        sheets = [f"@layer {', '.join(LAYERS)};"]
        for path in style_files(self.root / "css"):
            text = RELATIVE_URL.sub(
                lambda match: f'url("{self.url(match[1])}")', path.read_text("utf-8")
            )
            sheets.append(SPACE.sub("\n", COMMENT.sub("", text)).strip())
        return "\n".join(sheets)

    def _script(self) -> str:
        """Each module in a block of its own, so that their names do not meet."""
        modules = sorted((self.root / "js").glob("*.js"))
        return "\n".join(f"{{\n{path.read_text('utf-8')}}}" for path in modules)


def style_files(folder: Path) -> list[Path]:
    """Return the sheets in the order of their layers: `tokens.css`, then `tokens/*.css`, …"""
    ordered: list[Path] = []
    for layer in LAYERS:
        single = folder / f"{layer}.css"
        ordered += [single] if single.is_file() else []
        ordered += sorted((folder / layer).glob("*.css"))
    return ordered


def init_app(app: Flask) -> None:
    """Serve the static folder under /static/."""
    app.extensions["assets"] = Assets(Path(app.root_path) / "static")
    app.add_url_rule(f"{PREFIX}<path:filename>", endpoint="static", view_func=public(serve))


def static_url(name: str) -> str:
    """Return the address of a static file, with its hash."""
    assets = _assets()
    if current_app.debug:
        assets.forget()
    return request.script_root + assets.url(name)


def serve(filename: str) -> Response:
    """Answer with a static file; for a year when the address carries its hash."""
    assets = _assets()
    found = assets.content(filename)
    if found is None:
        abort(404)
    response = make_response(found)
    kind = KINDS.get(Path(filename).suffix) or mimetypes.guess_type(filename)[0]
    response.mimetype = kind or "application/octet-stream"
    response.set_etag(assets.digest(filename))
    response.cache_control.public = True
    if request.args.get("v") == assets.digest(filename):
        response.cache_control.max_age = YEAR_SECONDS
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    response.make_conditional(request)
    return response


def _assets() -> Assets:
    assets: Assets = current_app.extensions["assets"]
    return assets
