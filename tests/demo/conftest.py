"""A floor with demo data, loaded once for all tests of a module."""

from functools import cache
from io import BytesIO

import pytest
from PIL import Image

from shop.demo.operations import Size, certificates, files, load_demo


@cache
def plain_picture() -> bytes:
    """Return one small picture for every recipe: what is drawn is tested elsewhere."""
    out = BytesIO()
    Image.new("RGB", (400, 400), "#E6EFD8").save(out, "WEBP")
    return out.getvalue()


def spare_the_pencil(patched: pytest.MonkeyPatch) -> None:
    """Load without the time that drawing takes."""
    patched.setattr(files, "render", lambda _recipe: plain_picture())
    patched.setattr(certificates, "render_scan", lambda _fields: plain_picture())


@pytest.fixture
def plain_pictures(monkeypatch):
    """Spare a test the time that drawing takes."""
    spare_the_pencil(monkeypatch)


@pytest.fixture(scope="module")
def demo(floor):
    """Give the application on a floor of the usual size; its tests only read."""
    app, database = floor
    database.reset(app)
    with app.app_context(), pytest.MonkeyPatch.context() as patched:
        spare_the_pencil(patched)
        load_demo(Size())
        yield app
        app.extensions["sqlalchemy"].session.remove()
    database.reset(app)
