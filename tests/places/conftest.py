"""The places of the country, in the database of the test."""

import pytest
from sqlalchemy import func, select

from shop.places.models import Province
from shop.places.operations import load_places


@pytest.fixture
def places(db):
    """Make sure that the tables of places are filled."""
    if not db.session.scalar(select(func.count()).select_from(Province)):
        load_places()
    return db
