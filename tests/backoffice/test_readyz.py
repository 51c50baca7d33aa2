"""What machines ask: whether the floor is ready, and its numbers."""

import shutil
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from shop.backoffice.queries import health
from shop.core import clock, files, outbox
from shop.core.db import transaction
from shop.search.operations import reindex
from tests.catalogue.factories import ProductFactory
from tests.orders.factories import PlacedOrderFactory

WELL = {"database": "ok", "migrations": "ok", "index": "ok", "worker": "ok", "uploads": "ok"}


@pytest.fixture(autouse=True)
def index(app):
    reindex()


def ask(client):
    response = client.get("/readyz")
    return response.status_code, response.json["parts"], response


def test_a_floor_in_order_is_ready(client):
    status, parts, response = ask(client)
    assert (status, parts, response.json["status"]) == (200, WELL, "ready")
    assert "Retry-After" not in response.headers


def assert_down(client, part, note):
    status, parts, response = ask(client)
    assert (status, parts) == (503, WELL | {part: note})
    assert response.json["status"] == "down"
    assert int(response.headers["Retry-After"]) > 0
    assert response.headers["Cache-Control"] == "no-store"


def test_says_when_there_is_no_index(client, data_dir):
    shutil.rmtree(data_dir / "search")
    assert_down(client, "index", "down")


def test_says_when_the_worker_is_two_minutes_behind(client):
    with clock.at(clock.now() - timedelta(seconds=119)), transaction():
        outbox.send("tests.slow", {})
    assert ask(client)[0] == 200
    with clock.at(clock.now() - timedelta(seconds=200)), transaction():
        outbox.send("tests.slow", {})
    status, parts, _ = ask(client)
    assert (status, parts["worker"].endswith(" s")) == (503, True)


def test_says_when_the_migrations_are_behind(client, monkeypatch):
    monkeypatch.setattr(health, "_head", lambda: "9999")
    assert_down(client, "migrations", "behind")


def test_says_when_uploads_cannot_be_written(client, monkeypatch):
    monkeypatch.setattr(health.os, "access", lambda *_: False)
    assert_down(client, "uploads", "read-only")


def test_says_when_the_disk_is_full(client, monkeypatch):
    usage = shutil.disk_usage("/")._replace(free=1024)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _: usage)
    assert_down(client, "uploads", "full")


def test_uploads_need_not_be_there_yet(client):
    shutil.rmtree(files.uploads_dir(), ignore_errors=True)
    assert ask(client)[0] == 200


def test_says_when_the_database_does_not_answer_and_never_fails(client, monkeypatch):
    def gone(*_args, **_kwargs):
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    monkeypatch.setattr(health.db.session, "scalar", gone)
    status, parts, response = ask(client)
    assert status == 503
    assert parts == WELL | dict.fromkeys(("database", "migrations", "worker"), "down")
    assert "refused" not in response.text


def test_asks_little_of_the_database(client, count_queries):
    ask(client)
    with count_queries() as counted:
        ask(client)
    assert len(counted) <= 3


def metrics(client, token=None):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return client.get("/metrics", headers=headers)


def test_there_are_no_numbers_without_a_token_in_the_settings(client):
    assert metrics(client).status_code == 404
    assert metrics(client, "").status_code == 404


@pytest.mark.parametrize("given", [None, "wrong", "geheim ", "số"])
def test_numbers_are_refused_without_the_right_token(app, client, monkeypatch, given):
    monkeypatch.setitem(app.config, "METRICS_TOKEN", "geheim")
    response = client.get("/metrics", headers={"Authorization": given or "Bearer "})
    assert response.status_code == 401
    assert "chophien" not in response.text


def test_numbers_are_plain_text_for_prometheus(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "METRICS_TOKEN", "geheim")
    PlacedOrderFactory()
    ProductFactory()
    with transaction():
        outbox.send("tests.parked", {})
        for message in app.extensions["sqlalchemy"].session.scalars(
            app.extensions["sqlalchemy"].select(outbox.OutboxMessage)
        ):
            message.parked_at = clock.now()
    response = metrics(client, "geheim")
    lines = response.text.splitlines()
    assert response.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert 'chophien_stall_orders{status="placed"} 1' in lines
    assert 'chophien_stall_orders{status="cancelled"} 0' in lines
    assert "chophien_stalls_active 2" in lines
    assert "chophien_products_on_sale 2" in lines
    assert "chophien_outbox_waiting 0" in lines
    assert not any(line.startswith("chophien_outbox_parked 0") for line in lines)
    assert lines.count("# TYPE chophien_stall_orders gauge") == 1
