"""Runs the migrations on the database of the application in hand."""

from alembic import context
from flask import current_app

from shop.core.db import Base

db = current_app.extensions["migrate"].db


def run_migrations() -> None:
    """Bring the schema up or down in one transaction where the database allows it.

    SQLite rebuilds a table to change it, which must not cascade: foreign keys rest meanwhile.
    """
    with db.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.rollback()
        context.configure(
            connection=connection, target_metadata=Base.metadata, render_as_batch=True
        )
        with context.begin_transaction():
            context.run_migrations()
        if is_sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


run_migrations()
