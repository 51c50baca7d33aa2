"""The floor plan: extensions, then the features in the order a visitor meets them."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from flask import Flask
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect

import config
from shop.core import audit, db, files, outbox, throttle
from shop.web import assets, errors, headers, i18n, logs, sanity, templating

FEATURES = (
    "web",
    "catalogue",
    "promotions",
    "search",
    "cart",
    "checkout",
    "orders",
    "payments",
    "shipping",
    "reviews",
    "accounts",
    "notifications",
    "places",
    "stalls",
    "certification",
    "criteria",
    "dossiers",
    "backoffice",
    "demo",
)
CORE_TABLES = (audit, files, outbox, throttle)
PARTS = (
    "models",
    "operations",
    "checks",
    "views",
    "stall_views",
    "moderator_views",
    "operator_views",
    "cli",
)

csrf = CSRFProtect()


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Build the application from the environment; `settings` override it, for tests."""
    app = Flask(__name__, root_path=config.ROOT, template_folder="templates", static_folder=None)
    app.config.update(config.load())
    app.config.update(settings or {})
    logs.init_app(app)
    headers.init_app(app)
    sanity.init_app(app)
    db.init_app(app)
    csrf.init_app(app)
    i18n.init_app(app)
    templating.init_app(app)
    assets.init_app(app)
    errors.init_app(app)
    Compress(app)
    for room in FEATURES:
        _move_in(app, room)
    for view in app.view_functions.values():
        if view.__dict__.get("access") == "machine":  # signed, so no token of a form
            csrf.exempt(view)
    return app


def _move_in(app: Flask, room: str) -> None:
    """Register what a room brings: blueprints (`bp`), commands (`cli`) and an `init_app`."""
    for part in PARTS:
        name = f"shop.{room}.{part}"
        try:
            module = import_module(name)
        except ModuleNotFoundError as error:
            if error.name in {name, f"shop.{room}"}:
                continue
            raise
        if bp := getattr(module, "bp", None):
            app.register_blueprint(bp)
        if cli := getattr(module, "cli", None):
            app.cli.add_command(cli)
        if init_app := getattr(module, "init_app", None):
            init_app(app)
