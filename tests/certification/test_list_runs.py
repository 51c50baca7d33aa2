"""A long import: nobody waits for it, and a run that was killed goes on where it broke off."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text

from shop.certification.lists.chosen import Chosen
from shop.certification.models import ListImport, RecognitionEntry
from shop.certification.operations import list_runs, recognition
from shop.certification.operations.lists import map_list, start_import
from shop.certification.queries import lists as queries
from shop.core import clock, outbox
from shop.core.errors import WrongState
from tests.accounts.factories import floor_moderator
from tests.certification.published import listing
from tests.certification.test_list_imports import mapped

ROOT = Path(__file__).parents[2]
KILLED = """
import os, signal, sys
from shop.app import create_app
from shop.certification.operations import list_runs, recognition
recognition.BATCH = 10
rests = []
def rest(_seconds):
    rests.append(1)
    if len(rests) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
list_runs.let_others_in = rest
with create_app().app_context():
    list_runs.carry_out({"import_id": int(sys.argv[1])})
"""


@pytest.fixture
def begun(app, db, monkeypatch) -> ListImport:
    """Return an import of 35 rows in batches of ten that is left to the worker."""
    monkeypatch.setattr(recognition, "BATCH", 10)
    monkeypatch.setattr(list_runs, "MOST_AT_ONCE", 3)
    moderator = floor_moderator()
    found = mapped(moderator, listing(35))
    assert not start_import(moderator, found.id, Chosen())
    return found


@contextmanager
def a_buyer(db):
    """Give a buyer's connection, who writes at once or fails: she waits for nobody."""
    sqlite = db.engine.dialect.name == "sqlite"
    engine = create_engine(db.engine.url, connect_args={"timeout": 0} if sqlite else {})
    number = iter(range(10_000))

    def write() -> None:
        with engine.begin() as connection:
            order = {"name": f"order {next(number)}", "at": clock.now().replace(tzinfo=None)}
            connection.execute(
                text("INSERT INTO periodic_runs (name, started_at) VALUES (:name, :at)"), order
            )

    yield write
    engine.dispose()


def after(function, job):
    """Return a function that lets somebody else do a job each time before it begins."""

    def hooked(*args, **kwargs):
        job()
        return function(*args, **kwargs)

    return hooked


def rows_in(db) -> int:
    return db.session.scalar(select(func.count()).select_from(RecognitionEntry))


def assert_whole(db, found: ListImport) -> None:
    """Assert that all rows are in, once, and were counted so."""
    db.session.rollback()
    db.session.expire_all()
    counted = (found.new_rows, found.unchanged_rows, found.changed_rows, found.bad_rows)
    assert (found.status, counted, rows_in(db)) == ("imported", (35, 0, 0, 0), 35)


def test_a_file_is_read_while_others_write(app, db, monkeypatch):
    moderator = floor_moderator()
    found = mapped(moderator, listing(4))
    queries._grid.cache_clear()
    queries._judged.cache_clear()
    read = ("read_grid", "judge", "resolve_old", "slug_of")
    looked = []
    with a_buyer(db) as buy:
        for name in read:
            module = queries if hasattr(queries, name) else recognition
            note = after(buy, partial(looked.append, name))
            monkeypatch.setattr(module, name, after(getattr(module, name), note))
        map_list(moderator, found.id, sheet="", layout=queries.layout_of(found))
        assert start_import(moderator, found.id, Chosen())
    assert set(looked) == set(read)
    assert rows_in(db) == 4


def test_a_buyer_buys_while_a_long_list_goes_in(begun, db, monkeypatch):
    with a_buyer(db) as buy:
        for module, name in ((recognition, "slug_of"), (list_runs, "let_others_in")):
            monkeypatch.setattr(module, name, after(getattr(module, name), buy))
        list_runs.carry_out({"import_id": begun.id})
        bought = db.session.scalar(text("SELECT count(*) FROM periodic_runs"))
    assert bought == 35 + 4
    assert_whole(db, begun)


def test_a_run_that_fails_goes_on_where_it_broke_off(begun, db, monkeypatch):
    with monkeypatch.context() as broken:
        rests = iter((None, None))
        broken.setattr(list_runs, "let_others_in", lambda _seconds: next(rests))
        outbox.run_until_empty()
    db.session.expire_all()
    assert (begun.status, begun.new_rows, rows_in(db)) == ("importing", 30, 30)
    with clock.at(clock.now() + timedelta(minutes=5)):
        outbox.run_until_empty()
    assert_whole(db, begun)


def test_a_run_that_is_killed_goes_on_where_it_broke_off(begun, db):
    address = db.engine.url.render_as_string(hide_password=False)
    environ = {**os.environ, "DATABASE_URL": address, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", KILLED, str(begun.id)]
    db.session.rollback()
    killed = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    db.session.expire_all()
    assert (begun.status, begun.new_rows, rows_in(db)) == ("importing", 20, 20)
    outbox.run_until_empty()
    assert_whole(db, begun)


def test_of_two_runs_of_one_import_one_gives_way(begun, db, monkeypatch):
    import_id = begun.id
    rest = iter([lambda: list_runs.carry_out({"import_id": import_id})])
    monkeypatch.setattr(list_runs, "let_others_in", lambda _seconds: next(rest, lambda: None)())
    with pytest.raises(WrongState):
        list_runs.carry_out({"import_id": import_id})
    assert_whole(db, begun)


def test_a_new_meaning_of_the_columns_stops_an_import_that_read_the_old(app, db, monkeypatch):
    moderator = floor_moderator()
    found = mapped(moderator, listing(4))
    layout = queries.layout_of(found)

    def say_anew():
        less = {name: place for name, place in layout.columns.items() if name != "stars"}
        map_list(moderator, found.id, sheet="", layout=type(layout)(layout.headings, less, 2))

    plan = list_runs.plan_of

    def plan_of(*args):
        planned = plan(*args)
        say_anew()
        return planned

    monkeypatch.setattr(list_runs, "plan_of", plan_of)
    with pytest.raises(WrongState):
        start_import(moderator, found.id, Chosen())
    assert rows_in(db) == 0
