"""An import whose job died is told of, goes on, or is thrown away; no file stays for ever."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shop.accounts.models import User
from shop.certification.checks import check_lists
from shop.certification.lists.chosen import Chosen
from shop.certification.models import ListImport, RecognitionEntry
from shop.certification.operations import list_runs, recognition
from shop.certification.operations.lists import (
    KEPT,
    discard_list,
    resume_list,
    start_import,
    sweep_files,
)
from shop.core import clock, outbox
from shop.core.audit import AuditEntry
from shop.core.errors import NotFound, WrongState
from shop.core.outbox import OutboxMessage
from tests.accounts.factories import floor_moderator, sign_in
from tests.certification.published import listing
from tests.certification.test_list_imports import LISTS, mapped
from tests.stalls.factories import HA_NOI, moderator_of


def owner(db, found: ListImport) -> User:
    """Return who brought a file."""
    return db.session.get(User, found.uploaded_by_id)


def later(**span: int):
    """Let the block believe that so much time has passed."""
    return clock.at(clock.now() + timedelta(**span))


def age(db, found: ListImport, **span: int) -> None:
    """Let an import have come further so long ago; requests ask the real clock."""
    at = clock.now() - timedelta(**span)
    found.chosen = {**found.chosen, "at": at.isoformat()}
    db.session.commit()


@pytest.fixture
def died(app, db, monkeypatch) -> ListImport:
    """Return an import of 35 rows whose job was lost after ten."""
    monkeypatch.setattr(recognition, "BATCH", 10)
    monkeypatch.setattr(list_runs, "MOST_AT_ONCE", 3)
    found = mapped(floor_moderator(), listing(35))
    start_import(owner(db, found), found.id, Chosen())
    with monkeypatch.context() as broken:
        broken.setattr(list_runs, "let_others_in", {}.__getitem__)
        with pytest.raises(KeyError):
            list_runs.carry_out({"import_id": found.id})
    db.session.query(OutboxMessage).delete()
    db.session.commit()
    return found


def rows_in(db) -> int:
    return len(db.session.scalars(select(RecognitionEntry.id)).all())


def test_an_import_that_runs_is_neither_begun_anew_nor_thrown_away(died, db):
    for deed in (resume_list, discard_list):
        with pytest.raises(WrongState):
            deed(owner(db, died), died.id)
    assert check_lists() == []


def test_an_import_that_stands_still_goes_on(died, db):
    with later(minutes=20):
        resume_list(owner(db, died), died.id)
        with pytest.raises(WrongState):
            resume_list(owner(db, died), died.id)
        outbox.run_until_empty()
    db.session.expire_all()
    assert (died.status, died.new_rows, died.bad_rows, rows_in(db)) == ("imported", 35, 0, 35)
    assert "list.resumed" in db.session.scalars(select(AuditEntry.action)).all()


def test_an_import_that_stands_still_is_thrown_away_without_what_is_in(died, db):
    with later(minutes=20):
        discard_list(owner(db, died), died.id)
        outbox.run_until_empty()
    list_runs.carry_out({"import_id": died.id})
    db.session.expire_all()
    assert (died.status, died.data, died.new_rows, rows_in(db)) == ("discarded", None, 10, 10)
    assert check_lists() == []


def test_the_page_of_an_import_that_stands_still_offers_both_ends(died, client, db):
    page = f"{LISTS}/{died.id}"
    desk = sign_in(client, owner(db, died))
    assert f"{page}/tiep" not in desk.get(page).text
    age(db, died, minutes=20)
    shown = desk.get(page).text
    assert f"{page}/tiep" in shown
    assert f"{page}/bo" in shown
    assert "10/35" in shown
    assert desk.post(f"{page}/tiep").location == page
    assert desk.post(f"{page}/tiep").status_code == 409


def test_nobody_else_goes_on_with_it(died):
    with later(minutes=20), pytest.raises(NotFound):
        resume_list(moderator_of(province_code=HA_NOI), died.id)


def test_the_doctor_tells_of_an_import_that_stands_still(died):
    with later(hours=2):
        assert check_lists() == [f"list import {died.id}: stands still"]


def test_the_doctor_tells_of_an_end_that_is_none(died, db):
    died.status, died.bad_rows = "imported", None
    db.session.commit()
    assert check_lists() == [f"list import {died.id}: imported without counts"]
    died.status = "discarded"
    db.session.commit()
    assert check_lists() == [f"list import {died.id}: discarded, but its file is kept"]


def test_the_file_of_a_finished_import_goes_after_some_days(client, db):
    moderator = floor_moderator()
    done, draft = mapped(moderator, listing(3)), mapped(moderator, listing(4))
    start_import(moderator, done.id, Chosen())
    sweep_files()
    db.session.expire_all()
    assert done.has_data
    with clock.at(clock.now() + KEPT + timedelta(hours=1)):
        sweep_files()
        db.session.expire_all()
        assert (done.has_data, done.new_rows, draft.has_data) == (False, 3, True)
        shown = sign_in(client, moderator).get(f"{LISTS}/{done.id}")
        assert "Mới: 3" in shown.text
        assert client.get(f"{LISTS}/{done.id}/dong-loi.xlsx").status_code == 404
