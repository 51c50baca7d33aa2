"""The tests' browser sends the tokens that pages carry, judges pages, and keeps visitors apart."""

from datetime import timedelta

import pytest
from flask import g
from sqlalchemy import func, select

from shop.core.throttle import ThrottleWindow, hit
from tests.queries import assert_queries_stay_flat

HOUR = timedelta(hours=1)


def test_a_form_is_sent_with_its_token(client):
    assert client.post("/ngon-ngu", data={"locale": "en"}).status_code == 303
    assert client.post("/ngon-ngu", data={"locale": "en"}, csrf=False).status_code == 400


def test_a_page_with_faults_fails_the_test(app, client, monkeypatch):
    monkeypatch.setitem(app.view_functions, "web.style_guide", lambda: "<p>no title</p>")
    with pytest.raises(AssertionError, match="no <title>"):
        client.get("/style-guide")
    monkeypatch.setitem(app.view_functions, "web.style_guide", lambda: "<p>")
    with pytest.raises(AssertionError, match="never closed"):
        client.get("/style-guide", headers={"HX-Request": "true"})
    assert client.get("/style-guide", judge=False).status_code == 200


def test_nothing_of_a_request_is_left_for_the_next(app, client, monkeypatch):
    seen = []

    def look():
        seen.append("name" in g)
        g.name = "somebody"
        return {}

    monkeypatch.setitem(app.view_functions, "web.healthz", look)
    client.get("/healthz")
    client.get("/healthz")
    assert seen == [False, False]


def test_the_test_and_the_request_see_each_others_rows(app, client, db, monkeypatch):
    rows = select(func.count()).select_from(ThrottleWindow)

    def write():
        counted = db.session.scalar(rows)
        hit("request", limit=9, per=HOUR)
        return {"rows": counted}

    hit("test", limit=9, per=HOUR)
    monkeypatch.setitem(app.view_functions, "web.healthz", write)
    assert client.get("/healthz").json == {"rows": 1}
    assert db.session.scalar(rows) == 2


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_begins_on_an_empty_floor(app, db, data_dir, turn):
    assert db.session.scalar(select(func.count()).select_from(ThrottleWindow)) == 0
    assert not (data_dir / "left-over").exists()
    hit("test", limit=9, per=HOUR)
    (data_dir / "left-over").mkdir()


def test_queries_that_grow_with_the_rows_are_seen(app, client, db, monkeypatch):
    def ask():
        for key in db.session.scalars(select(ThrottleWindow.key)).all():
            db.session.scalar(select(ThrottleWindow.count).where(ThrottleWindow.key == key))
        return {}

    names = iter(("first", "second"))

    def more():
        hit(next(names), limit=9, per=HOUR)

    assert_queries_stay_flat(client, "/healthz", more, db.engine)
    monkeypatch.setitem(app.view_functions, "web.healthz", ask)
    with pytest.raises(AssertionError, match="more rows, more queries"):
        assert_queries_stay_flat(client, "/healthz", more, db.engine)
