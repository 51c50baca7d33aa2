"""Every address that a template or a script writes out leads to a view of the floor."""

import re
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from tests.guards.source import ROOT, templates, write

WRITTEN = re.compile(
    r"(?:href|action|formaction|hx-(?:get|post|put|delete))=\"(/(?!/)[^\"\s]*(?:\{\{.*?\}\}[^\"\s]*)*)\"",
)
CALLED = re.compile(r"(?:fetch|register)\(\s*[\"'`](/[^\"'`?]*)")


def written(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Yield the addresses that stand in templates and scripts, with the file."""
    for name, text in templates(root):
        yield from ((f"templates/{name}", address) for address in WRITTEN.findall(text))
    for path in sorted((root / "static" / "js").glob("*.js")):
        text = path.read_text(encoding="utf-8")
        yield from ((f"static/js/{path.name}", address) for address in CALLED.findall(text))


def dead_ends(app: Flask, root: Path = ROOT) -> Iterator[str]:
    """Yield the addresses that lead nowhere; what is filled in is tried as a word and a number."""
    adapter = app.url_map.bind("localhost")
    for name, address in written(root):
        path = re.sub(r"\{%.*?%\}", "", address.split("?")[0].split("#")[0])
        tried = {re.sub(r"\{\{.*?\}\}", sample, path) for sample in ("x", "1")}
        if not any(_leads_somewhere(adapter, one) for one in tried):
            yield f"{name}: {address} leads nowhere"


def _leads_somewhere(adapter, path) -> bool:
    try:
        adapter.match(path, method="GET")
    except (MethodNotAllowed, RequestRedirect):
        return True
    except NotFound:
        return False
    return True


def test_every_written_address_leads_somewhere(app):
    assert not list(dead_ends(app))


def test_the_guard_sees_a_dead_end(tmp_path):
    app = Flask("little", static_folder=None)
    app.add_url_rule("/gio-hang", "cart")
    app.add_url_rule("/don-hang/<int:number>", "order")
    app.add_url_rule("/dang-xuat", "sign_out", methods=["POST"])
    page = (
        '<a href="/gio-hang?x=1"></a><a href="/don-hang/{{ order.number }}"></a>'
        '<form action="/dang-xuat"></form><a href="/gio-hangg"></a><a href="//other.example/"></a>'
    )
    write(tmp_path, {"templates/a.html": page, "static/js/a.js": 'fetch("/nowhere?q=")'})
    seen = [fault.split(" ")[1] for fault in dead_ends(app, tmp_path)]
    assert seen == ["/gio-hangg", "/nowhere"]
