"""Every page within reach of its links is there and well formed, for each kind of person.

A walk begins at the front page and at every address without a parameter, and follows the links;
the tests' browser judges each page on the way.
"""

from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.exceptions import HTTPException

from shop.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD

EACH = 2  # pages of one kind that a walk looks at
ANSWERS = {200, 303, 403, 404}
SMALL = ("--products", "40", "--stalls", "34")


@pytest.fixture(scope="module")
def demo_floor(floor):
    """Load a small demo floor once for all walks."""
    app, database = floor
    database.reset(app)
    loaded = app.test_cli_runner().invoke(args=["demo", "load", *SMALL])
    assert loaded.exit_code == 0, loaded.output
    return app


@pytest.mark.parametrize("email", ["", *(account.email for account in DEMO_ACCOUNTS)])
def test_every_page_within_reach_is_well_formed(demo_floor, email):
    client = demo_floor.test_client()
    if email:
        typed = {"email": email, "password": DEMO_PASSWORD}
        assert client.post("/dang-nhap", data=typed).status_code == 303
    walk = Walk(demo_floor, client)
    walk.run()
    assert not walk.faults, "\n\n".join(walk.faults)
    assert len(walk.visited) > 15


class Walk:
    """A person who follows every link, a few pages of each kind."""

    def __init__(self, app, client):
        self.client = client
        self.adapter = app.url_map.bind("localhost")
        rules = app.url_map.iter_rules()
        plain = [rule.rule for rule in rules if not rule.arguments and "GET" in rule.methods]
        self.waiting = deque(("the front page", path) for path in ["/", *sorted(plain)])
        self.seen: Counter[str] = Counter()
        self.visited: set[str] = set()
        self.faults: list[str] = []

    def run(self):
        """Visit what is waiting until nothing is."""
        while self.waiting:
            source, path = self.waiting.popleft()
            if path not in self.visited and self.is_wanted(path):
                self.visited.add(path)
                self.visit(source, path)

    def is_wanted(self, path):
        """Tell whether too few pages of this kind were seen; files are no pages."""
        try:
            endpoint, _ = self.adapter.match(urlsplit(path).path, method="GET")
        except HTTPException:
            endpoint = f"nothing at {path}"
        self.seen[endpoint] += 1
        return self.seen[endpoint] <= EACH and not endpoint.endswith(("static", "upload"))

    def visit(self, source, path):
        """Open a page, note what is wrong with it, and remember its links."""
        try:
            response = self.client.get(path)
        except Exception as fault:  # noqa: BLE001  the walk goes on and tells all it has met
            self.faults.append(f"{path}: {type(fault).__name__}: {fault}")
            return
        is_dead_link = response.status_code == 404 and source != "the front page"
        if response.status_code not in ANSWERS or is_dead_link:
            self.faults.append(f"{path}, linked from {source}: {response.status_code}")
        if response.status_code == 200 and response.mimetype == "text/html":
            self.remember_links(path, response.text)

    def remember_links(self, path, html):
        """Queue the links of our own."""
        for link in BeautifulSoup(html, "html.parser").find_all("a", href=True):
            address = urljoin(path, str(link["href"])).split("#")[0]
            if address.startswith("/") and not address.startswith("//"):
                self.waiting.append((path, address))


def test_the_walk_sees_dead_links_and_broken_pages():
    app = Flask("little", static_folder=None)
    app.testing = True
    pages = {"/": '<a href="/gone"></a><a href="/deep/1"></a>', "/deep/1": "", "/broken": None}
    for path, html in pages.items():
        app.add_url_rule(path, path.replace("/", "-"), lambda html=html: html)
    walk = Walk(app, app.test_client())
    walk.run()
    assert sorted(fault.split(":")[0] for fault in walk.faults) == [
        "/broken",
        "/gone, linked from /",
    ]
    assert walk.seen["-deep-1"] == 1


def test_the_walk_looks_at_a_few_pages_of_each_kind():
    app = Flask("little", static_folder=None)
    app.add_url_rule("/", "home", lambda: "".join(f'<a href="/p/{n}"></a>' for n in range(9)))
    app.add_url_rule("/p/<int:number>", "product", "page {number}".format)
    walk = Walk(app, app.test_client())
    walk.run()
    assert (walk.faults, walk.visited) == ([], {"/", "/p/0", "/p/1"})
