"""The migrations make exactly the tables that the models describe, on the engine under test."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Integer, MetaData, String, Table

from shop.core.db import Base


def differences(db, metadata):
    """Return what Alembic would still change, types included."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, metadata)


def copy_of(metadata):
    """Return a copy of the models' tables that a test may change."""
    copied = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        table.to_metadata(copied)
    return copied


def test_the_migrations_make_the_tables_of_the_models(db):
    assert differences(db, Base.metadata) == []


def test_there_is_one_head(app):
    script = app.extensions["migrate"].migrate.get_config()
    from alembic.script import ScriptDirectory

    assert len(ScriptDirectory.from_config(script).get_heads()) == 1


def test_the_guard_sees_a_table_that_no_migration_makes(db):
    changed = copy_of(Base.metadata)
    Table("forgotten", changed, Column("id", Integer, primary_key=True))
    assert [change[0] for change in differences(db, changed)] == ["add_table"]


def test_the_guard_sees_a_column_that_no_migration_makes(db):
    changed = copy_of(Base.metadata)
    changed.tables["users"].append_column(Column("nickname", String(20)))
    assert [change[0] for change in differences(db, changed)] == ["add_column"]


def test_the_guard_sees_a_type_that_no_migration_changed(db):
    changed = copy_of(Base.metadata)
    changed.tables["users"].c.name.type = Integer()
    assert [change[0][0] for change in differences(db, changed)] == ["modify_type"]
