"""Every view says who may enter, and says what its audience's blueprint promises."""

from collections.abc import Iterator

from flask import Blueprint, Flask

# Of no one stall: the page that leads to the stalls of a person.
BETWEEN_STALLS = {"stalls_stall.home": "signed_in"}
AUDIENCES = {"_moderator": "moderator", "_operator": "operator", "_stall": "stall"}


def bare_views(app: Flask) -> Iterator[str]:
    """Yield the routes whose view does not say who may enter, or lets in another audience."""
    for rule in app.url_map.iter_rules():
        access = getattr(app.view_functions[rule.endpoint], "access", "")
        room = rule.endpoint.split(".")[0]
        audience = next((who for end, who in AUDIENCES.items() if room.endswith(end)), "")
        audience = BETWEEN_STALLS.get(rule.endpoint, audience)
        if not access:
            yield f"{rule.rule} ({rule.endpoint}) does not say who may enter"
        elif not access.startswith(audience):
            yield f"{rule.rule} ({rule.endpoint}) is of {room} and lets in: {access}"


def misnamed_blueprints(app: Flask) -> Iterator[str]:
    """Yield the blueprints that are not named after their room and audience."""
    for name, blueprint in app.blueprints.items():
        _shop, room, role, *_ = blueprint.import_name.split(".")
        audience = role.removesuffix("views").strip("_")
        wanted = f"{room}_{audience}" if audience else room
        if name != wanted:
            yield f"{blueprint.import_name} makes the blueprint {name}, not {wanted}"


def test_every_view_says_who_may_enter(app):
    assert not list(bare_views(app))


def test_every_blueprint_is_named_after_its_room_and_audience(app):
    assert not list(misnamed_blueprints(app))


def test_every_command_and_page_of_the_floor_is_there(app):
    """An empty map would make the guards above say yes to nothing."""
    assert len(list(app.url_map.iter_rules())) > 20


def view(access=None):
    """Return a view that says who may enter, or does not."""

    def shown() -> str:
        return "shown"

    if access:
        shown.access = access
    return shown


def test_the_guard_sees_a_bare_view_and_a_wrong_audience():
    app = Flask("little", static_folder=None)
    app.add_url_rule("/cho", "market", view("public"))
    app.add_url_rule("/kho", "store", view())
    for name, access in (("orders_stall", "stall"), ("reviews_moderator", "public")):
        blueprint = Blueprint(name, "shop.x.y")
        blueprint.add_url_rule(f"/{name}", "page", view(access))
        app.register_blueprint(blueprint)
    assert [fault.split(" ")[0] for fault in bare_views(app)] == ["/kho", "/reviews_moderator"]


def test_the_guard_sees_a_misnamed_blueprint():
    app = Flask("little", static_folder=None)
    app.register_blueprint(Blueprint("orders_stall", "shop.orders.stall_views"))
    app.register_blueprint(Blueprint("orders", "shop.orders.views.buyer"))
    app.register_blueprint(Blueprint("basket", "shop.cart.views"))
    assert list(misnamed_blueprints(app)) == [
        "shop.cart.views makes the blueprint basket, not cart"
    ]
