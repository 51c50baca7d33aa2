"""What no honest browser sends is refused at the door, before a view or the database meets it."""

from collections.abc import Iterator

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**63 - 1  # what a column of numbers can hold


class IdConverter(IntegerConverter):
    """A number in an address that could be a row's; a larger one is no address at all."""

    def __init__(self, map: Map, max: int = LARGEST) -> None:  # noqa: A002  Werkzeug's names
        """Bound the number."""
        super().__init__(map, max=max)


def init_app(app: Flask) -> None:
    """Bound the numbers of addresses and look at every request for bytes that no text has."""
    app.url_map.converters["int"] = IdConverter
    app.before_request(_refuse_null)


def _refuse_null() -> None:
    """Answer 400 to a null character, which PostgreSQL takes in no text and no person types."""
    if any("\0" in text for text in _texts()):
        abort(400)


def _texts() -> Iterator[str]:
    yield request.path
    yield request.user_agent.string
    for fields in (request.args, request.form):
        for name, value in fields.items(multi=True):
            yield name
            yield value
    for name, file in request.files.items(multi=True):
        yield name
        yield file.filename or ""
