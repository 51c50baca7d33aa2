"""`python -m shop`: the whole floor in one process, ready to look at.

Migrates, loads the demo floor into an empty database, serves with its worker beside it.
"""

import os
import sys
from pathlib import Path
from threading import Event, Thread

import waitress
from flask import Flask
from flask_migrate import upgrade

from shop.app import create_app
from shop.core import outbox
from shop.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from shop.demo.operations import is_empty, load_demo

HOST = "127.0.0.1"
THREADS = 8


def main() -> None:
    """Prepare the floor, say where it is and who can sign in, then serve until stopped."""
    port = int(os.environ.get("PORT", "8000"))
    host = os.environ.get("HOST", HOST)
    app = create_app()
    with app.app_context():
        prepare(app)
    stop = Event()
    worker = Thread(target=work, args=(app, stop), name="worker", daemon=True)
    worker.start()
    print(greeting(app, f"http://{host}:{port}"), flush=True)
    try:
        waitress.serve(app, host=host, port=port, threads=THREADS, ident=None)
    except OSError as error:
        sys.exit(f"Không mở được cổng {port}: {error.strerror}. Hãy thử PORT=8001 make run.")
    finally:
        stop.set()
        worker.join(timeout=10)


def prepare(app: Flask) -> None:
    """Bring the schema up to date and fill an empty floor with demo data."""
    Path(app.config["DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    upgrade(directory=str(Path(app.root_path) / "migrations"))
    if app.config["APP_ENV"] != "production" and is_empty():
        print("Đang nạp dữ liệu minh họa, mất chừng nửa phút…", flush=True)
        load_demo()


def work(app: Flask, stop: Event) -> None:
    """Carry out what the outbox promises, beside the server."""
    with app.app_context():
        outbox.run_forever(stop)


def greeting(app: Flask, address: str) -> str:
    """Return the words on the console: the address and the demo accounts."""
    lines = ["", f"  Chợ Phiên đang mở tại {address}", ""]
    if app.config["APP_ENV"] != "production":
        lines.append(f"  Tài khoản minh họa, mật khẩu chung: {DEMO_PASSWORD}")
        lines += [f"    {account.email:<28} {account.label}" for account in DEMO_ACCOUNTS]
        lines += ["", f"  Dữ liệu ở {app.config['DATA_DIR']}. Dừng bằng Ctrl+C.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
