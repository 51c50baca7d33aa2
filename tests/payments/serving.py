"""The floor of a test behind a real door, so that the real libraries can speak to the sandbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from werkzeug.serving import make_server


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve the app on a free port of this machine; its gateways are told where they are."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    here = f"http://127.0.0.1:{server.server_port}"
    kept = {name: app.config[name] for name in ("LOCAL_URL", "STRIPE_API_BASE", "VNPAY_API_URL")}
    app.config.update(
        LOCAL_URL=here,
        STRIPE_API_BASE=f"{here}/thu-nghiem/stripe",
        VNPAY_API_URL=f"{here}/thu-nghiem/vnpay/api",
    )
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        thread.join(10)
        app.config.update(kept)
