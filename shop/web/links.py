"""Addresses of our own pages, as `url_for` builds them, only quicker.

A list of goods holds two hundred of them. What an endpoint's address looks like is asked of
Flask once; after that the values are laid into it, as long as none of them needs quoting.
"""

import re
from typing import Any

import flask
from flask import Flask, request

PLAIN = re.compile(r"[A-Za-z0-9_.-]+").fullmatch
MOST_SHAPES = 1000

_shapes: dict[tuple[str, ...], str | None] = {}


def init_app(app: Flask) -> None:
    """Let templates build their addresses this way."""
    app.jinja_env.globals["url_for"] = url_for


def url_for(endpoint: str, **values: Any) -> str:
    """Return the address of an endpoint for these values, the same as Flask's."""
    if not all(type(value) is str and PLAIN(value) for value in values.values()):
        return flask.url_for(endpoint, **values)
    if not flask.has_request_context() or endpoint.startswith("."):
        return flask.url_for(endpoint, **values)
    key = (request.environ.get("SCRIPT_NAME", ""), endpoint, *values)
    if key not in _shapes:
        if len(_shapes) >= MOST_SHAPES:
            _shapes.clear()
        _shapes[key] = _shape(endpoint, list(values))
    shape = _shapes[key]
    return flask.url_for(endpoint, **values) if shape is None else shape.format(*values.values())


def _shape(endpoint: str, names: list[str]) -> str | None:
    """Return the address with a hole for each value, None where the values decide its shape."""
    if any(name.startswith("_") for name in names):
        return None
    marks: dict[str, Any] = {name: f"hole.{place}.hole" for place, name in enumerate(names)}
    try:
        address = flask.url_for(endpoint, **marks)
    except ValueError:  # a converter that wants a number
        return None
    shape = address.replace("{", "{{").replace("}", "}}")
    for place in range(len(names)):
        shape = shape.replace(f"hole.{place}.hole", f"{{{place}}}")
    return shape
