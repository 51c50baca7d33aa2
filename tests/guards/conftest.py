"""The floor on which every door is tried."""

from collections.abc import Iterator

import pytest

from tests.guards.foreign_floor import (
    Floor,
    as_in_production,
    build,
    nothing_is_kept,
    noting_writes,
)


@pytest.fixture(scope="module")
def world(floor) -> Iterator[Floor]:
    """Build the floor once for a file; what the requests write is never kept."""
    app, database = floor
    database.reset(app)
    built = build(app)
    with as_in_production(app), nothing_is_kept(), noting_writes(app) as built.written:
        yield built
    database.reset(app)
