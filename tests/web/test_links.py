"""The quick way to an address leads where Flask's own does."""

import flask
import pytest
from werkzeug.routing import BuildError

from shop.web import links


@pytest.mark.parametrize(
    ("endpoint", "values"),
    [
        ("catalogue.home", {}),
        ("catalogue.product", {"slug": "mat-ong-bac-ha"}),
        ("catalogue.product", {"slug": "hole.0.hole"}),
        ("catalogue.product", {"slug": "mật ong/bạc hà?"}),
        ("catalogue.product", {"slug": "{0}"}),
        ("catalogue.browse", {"tinh": "08", "sap_xep": "gia"}),
        ("catalogue.browse", {"sao": [3, 5], "tinh": None}),
        ("catalogue.browse", {"nhom": 4}),
        ("catalogue.browse", {"q": "a&b=c"}),
        ("web.upload", {"name": "abc-320.webp"}),
        ("catalogue.browse", {"_anchor": "results"}),
        ("catalogue.browse", {"_external": True}),
    ],
)
@pytest.mark.parametrize("root", ["", "/cho"])
def test_it_is_the_address_that_flask_builds(app, endpoint, values, root):
    with app.test_request_context("/", base_url=f"http://localhost{root}/"):
        expected = flask.url_for(endpoint, **values)
        assert [links.url_for(endpoint, **values) for _ in range(2)] == [expected] * 2


def test_an_unknown_endpoint_is_an_error_each_time(app):
    with app.test_request_context("/"):
        for _ in range(2):
            with pytest.raises(BuildError):
                links.url_for("catalogue.nowhere", slug="a")


def test_shapes_do_not_pile_up(app, monkeypatch):
    monkeypatch.setattr(links, "MOST_SHAPES", 1)
    with app.test_request_context("/"):
        assert links.url_for("catalogue.browse", tinh="08") == "/san-pham?tinh=08"
        assert links.url_for("catalogue.browse", xa="00721") == "/san-pham?xa=00721"
        assert len(links._shapes) == 1
