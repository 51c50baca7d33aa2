"""A process that serves the floor, for tests that need several at once: `python server.py`.

It prints the port it listens on, and stops when its standard input is closed.
"""

import os
import sys
import threading

import waitress

from shop.app import create_app

app = create_app({"PASSWORD_MEMORY_KIB": 64, "PASSWORD_ROUNDS": 1})
server = waitress.create_server(app, host="127.0.0.1", port=0, threads=8)


def stop_with_parent() -> None:
    """End when the test that started this process ends."""
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=stop_with_parent, daemon=True).start()
sys.stdout.write(f"{server.effective_port}\n")
sys.stdout.flush()
server.run()
