"""`flask demo load` on what is no empty floor, and drawing for real."""

import pytest
from sqlalchemy import select

from shop.accounts.models import User
from shop.catalogue.models import Product
from shop.core.db import db
from shop.core.files import StoredFile, path_of, variant_name
from shop.demo.operations import DemoRefused, Size, is_empty, is_loaded, load_demo
from tests.accounts.factories import UserFactory
from tests.catalogue.factories import ProductFactory


def test_production_is_refused(app, runner, monkeypatch):
    monkeypatch.setitem(app.config, "APP_ENV", "production")
    done = runner.invoke(args=["demo", "load"])
    assert done.exit_code == 1
    assert "không nạp dữ liệu minh họa" in done.output
    with pytest.raises(DemoRefused):
        load_demo()
    assert is_empty()


@pytest.mark.usefixtures("plain_pictures")
def test_what_was_there_stays_and_what_comes_follows(app):
    product = ProductFactory(name="Chả cá chiên sẵn")
    person, slug = UserFactory(), product.slug
    load_demo(Size(products=12, stalls=4, seed=5))
    kept = db.session.get_one(Product, product.id, populate_existing=True)
    assert (kept.slug, kept.is_demo) == (slug, False)
    assert not db.session.get_one(User, person.id).is_demo
    assert is_loaded()
    assert ProductFactory().id > product.id + 12
    assert UserFactory().id > person.id + 5


def test_a_floor_of_one_stall_draws_its_pictures(app):
    load_demo(Size(products=2, stalls=1, seed=3))
    drawn = db.session.scalars(select(StoredFile).where(StoredFile.is_private.is_(False))).all()
    assert drawn
    for file in drawn:
        assert (file.width, file.height) == (960, 960)
        assert path_of(file.name).stat().st_size == file.size_bytes
        assert path_of(variant_name(file.name, 320)).is_file()


def test_an_empty_floor_is_not_marked(app, client):
    assert is_empty()
    assert not is_loaded()
    assert 'class="demo-banner"' not in client.get("/").text
