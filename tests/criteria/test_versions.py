"""Versions of the criteria: bundled, imported beside each other, never changed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from sqlalchemy import delete, func, select

from shop.core import clock
from shop.core.db import transaction
from shop.core.errors import InvalidInput, NotFound, WrongState
from shop.criteria.models import CriteriaSheet, CriteriaVersion
from shop.criteria.operations import Naming, import_version
from shop.criteria.queries import current_version, sheet_names, sheet_of, version
from tests.criteria.sheets import bundled

LATER = Naming("2030", "Bộ tiêu chí thử", "Quyết định thử", date(2030, 1, 1))


@pytest.fixture(autouse=True)
def only_the_bundled_version_stays(db):
    yield
    with transaction():
        others = select(CriteriaVersion.id).where(CriteriaVersion.code != "2026")
        db.session.execute(delete(CriteriaSheet).where(CriteriaSheet.version_id.in_(others)))
        db.session.execute(delete(CriteriaVersion).where(CriteriaVersion.code != "2026"))


def changed():
    data = bundled()
    data[0]["sections"][0]["items"][1]["options"][0]["label"] = "Khác"
    return data


def test_every_floor_has_the_sheets_of_decision_26(db):
    found = current_version()
    assert (found.code, found.valid_from) == ("2026", date(2026, 5, 22))
    names = sheet_names(found.id)
    assert [number for number, _ in names] == list(range(1, 27))
    assert sum(1 for sheet in range(1, 27) for _ in sheet_of(found.id, sheet).criteria()) == 787


def test_a_later_version_stands_beside_the_old(db):
    old = current_version()
    assert import_version(LATER, changed())
    assert current_version().id == old.id
    with clock.at(datetime(2030, 1, 1, tzinfo=UTC)):
        later = current_version()
    assert later.code == "2030"
    assert next(sheet_of(later.id, 1).criteria()).options[0].label == "Khác"
    assert next(sheet_of(old.id, 1).criteria()).options[0].label != "Khác"


def test_the_same_twice_changes_nothing(db):
    assert import_version(LATER, changed())
    assert not import_version(LATER, changed())
    assert db.session.scalar(select(func.count()).select_from(CriteriaVersion)) == 2


def test_other_sheets_under_a_code_that_is_taken_are_refused(db):
    import_version(LATER, changed())
    with pytest.raises(WrongState):
        import_version(LATER, bundled())


def test_the_pages_show_the_other_versions_too(client):
    import_version(LATER, changed())
    assert "/bo-tieu-chi?ban=2030" in client.get("/bo-tieu-chi").text
    later = client.get("/bo-tieu-chi?ban=2030").text
    assert "Quyết định thử" in later
    assert "/bo-tieu-chi/1?ban=2030" in later
    assert "Khác" in client.get("/bo-tieu-chi/1?ban=2030").text
    assert "Khác" not in client.get("/bo-tieu-chi/1?ban=2026").text
    assert client.get("/bo-tieu-chi?ban=1999").status_code == 404


def at_once(app, *imports):
    """Import versions at the same moment; return what each gave, or the refusal's name."""
    start = Barrier(len(imports))

    def run(data):
        with app.app_context():
            start.wait()
            try:
                return import_version(LATER, data)
            except WrongState:
                return "refused"

    with ThreadPoolExecutor(len(imports)) as pool:
        return sorted(map(str, pool.map(run, imports)))


def test_the_same_from_two_at_once_comes_in_once(app, db):
    assert at_once(app, changed(), changed(), changed()) == ["False", "False", "True"]
    assert db.session.scalar(select(func.count()).select_from(CriteriaSheet)) == 52


def test_of_two_different_ones_at_once_under_one_code_the_second_is_refused(app, db):
    assert at_once(app, changed(), bundled()) == ["True", "refused"]


def test_what_cannot_be_read_brings_nothing(db):
    with pytest.raises(InvalidInput):
        import_version(LATER, bundled()[:25])
    assert db.session.scalar(select(func.count()).select_from(CriteriaVersion)) == 1


def test_what_does_not_exist_is_not_found(db):
    with pytest.raises(NotFound):
        version(10**6)
    with pytest.raises(NotFound):
        sheet_of(current_version().id, 27)
