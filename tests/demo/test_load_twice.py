"""`flask demo load`: the same for the same seed, and only once."""

import pytest
from sqlalchemy import select

from shop.accounts.models import User
from shop.catalogue.models import Product, Sku
from shop.certification.models import Certificate
from shop.core.db import db
from shop.core.files import StoredFile
from shop.notifications.models import Notification
from shop.orders.models import Order, OrderLine, StallOrder
from shop.reviews.models import Review
from shop.stalls.models import Stall
from tests.demo.conftest import spare_the_pencil

COMMAND = ["demo", "load", "--products", "24", "--stalls", "8"]
TOLD = {
    User: ("email", "name", "phone", "role"),
    Stall: ("slug", "name", "tax_code", "commune_code", "status", "story"),
    Product: ("slug", "description", "status", "price_from_vnd", "is_in_stock", "rating_sum"),
    Sku: ("code", "label", "price_vnd", "on_hand", "held", "committed"),
    Certificate: ("product_code", "stars", "score_hundredths", "status", "expires_on", "holder"),
    Order: ("checkout_key", "address", "note", "total_vnd"),
    StallOrder: ("stall_name", "status", "goods_vnd", "delivery_vnd", "cancel_reason"),
    OrderLine: ("product_name", "sku_code", "quantity", "unit_price_vnd", "stars"),
    Review: ("rating", "words", "answer", "status"),
    StoredFile: ("name", "sha256", "width", "is_private"),
    Notification: ("template",),
}


def told():
    """Return what a floor tells, without the ids and the times."""
    return {
        model.__tablename__: [
            tuple(row)
            for row in db.session.execute(
                select(*(getattr(model, name) for name in names)).order_by(model.id)
            )
        ]
        for model, names in TOLD.items()
    }


@pytest.fixture(scope="module")
def twice(floor):
    """Load a small floor, empty it, load it again; give both floors and what was printed last."""
    app, database = floor
    database.reset(app)
    with app.app_context(), pytest.MonkeyPatch.context() as patched:
        spare_the_pencil(patched)
        runner = app.test_cli_runner()
        assert runner.invoke(args=COMMAND).exit_code == 0
        first = told()
        db.session.remove()
        database.reset(app)
        done = runner.invoke(args=[*COMMAND, "--if-empty"])
        yield first, done.output, runner
        db.session.remove()
    database.reset(app)


def test_the_same_seed_gives_the_same_floor(twice):
    first, _, _ = twice
    assert told() == first
    assert all(first.values())


def test_the_command_tells_what_there_is_now(twice):
    lines = dict(line.rsplit(": ", 1) for line in twice[1].splitlines() if ": " in line)
    assert lines["Gian hàng"] == "8"
    assert lines["Sản phẩm"] == "24"
    assert lines["Dòng trong danh mục OCOP"] == "150"


def test_another_load_is_refused_and_changes_nothing(twice):
    first, _, runner = twice
    again = runner.invoke(args=[*COMMAND, "--seed", "2"])
    said = "Dữ liệu minh họa đã có sẵn, không có gì thay đổi.\n"
    assert (again.exit_code, again.output) == (1, said)
    assert told() == first


def test_if_empty_is_silent_where_it_is_not(twice):
    again = twice[2].invoke(args=[*COMMAND, "--if-empty"])
    assert (again.exit_code, again.output) == (0, "")
