"""Filling the tables."""

from sqlalchemy import delete, func, select

from shop.places.models import Commune, OldPlace, Province
from shop.places.operations import load_places


def counts(db):
    return [
        db.session.scalar(select(func.count()).select_from(table))
        for table in (Province, Commune, OldPlace)
    ]


def test_the_tables_hold_the_whole_country(places):
    assert counts(places) == [34, 3321, 11357]


def test_loading_again_changes_nothing(places):
    before = counts(places)
    load_places()
    assert counts(places) == before


def test_loading_again_puts_a_changed_name_right(places):
    places.session.get(Commune, "20333").full_name = "Xã sai tên"
    places.session.commit()
    load_places()
    places.session.expire_all()
    assert places.session.get(Commune, "20333").full_name == "Đặc khu Hoàng Sa"


def test_a_migration_can_load_with_its_own_connection(places):
    places.session.rollback()
    with places.engine.begin() as connection:
        connection.execute(delete(OldPlace))
        load_places(connection)
    assert counts(places) == [34, 3321, 11357]


def test_the_command_line_loads(app, db, runner):
    result = runner.invoke(args=["places", "load"])
    assert result.exit_code == 0
    assert "up to date" in result.output
    assert counts(db) == [34, 3321, 11357]
