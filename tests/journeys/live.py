"""The floor as browsers meet it: served on a port of this machine, its worker at hand."""

import contextvars
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from waitress.server import create_server

from shop.core import outbox
from shop.core.db import db

THREADS = 6


class LiveFloor:
    """The application of a test behind a real server."""

    def __init__(self, app: Flask, address: str) -> None:
        """Serve `app` at `address`."""
        self.app = app
        self.address = address

    def settle(self) -> None:
        """Let the browsers see what the test has written, and the test what they have done."""
        db.session.commit()
        db.session.expire_all()

    def work(self) -> None:
        """Let the worker carry out all that is promised so far."""
        self.settle()
        contextvars.Context().run(self._work)

    def _work(self) -> None:
        with self.app.app_context():
            outbox.run_until_empty()


@contextmanager
def served(app: Flask) -> Iterator[LiveFloor]:
    """Serve the application from a thread until the block ends."""
    server = create_server(app, host="127.0.0.1", port=0, threads=THREADS)
    thread = Thread(target=contextvars.Context().run, args=(server.run,), name="journeys")
    thread.start()
    try:
        yield LiveFloor(app, f"http://127.0.0.1:{server.effective_port}")
    finally:
        server.task_dispatcher.shutdown()
        server.asyncore.close_all(server._map)
        thread.join(timeout=20)
