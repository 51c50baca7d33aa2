"""Many buyers with their browsers, pressing one button at the same moment."""

import os
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from flask import current_app

from tests.accounts.factories import PASSWORD

ROOT = Path(__file__).parents[2]


@dataclass
class Press:
    """A form about to be sent: its fields and the cookie of its browser."""

    fields: dict[str, str]
    cookie: str


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args, **_kwargs):
        return None


@contextmanager
def servers(count: int) -> Iterator[list[int]]:
    """Serve the floor of this test from so many processes and give their ports."""
    names = {"SECRET_KEY", "DATA_DIR"}
    floor = {name: str(current_app.config[name]) for name in names}
    floor["DATABASE_URL"] = current_app.config["SQLALCHEMY_DATABASE_URI"]
    command = [sys.executable, "-m", "tests.checkout.server"]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    pipes["env"] = {**os.environ, **floor}
    running = [subprocess.Popen(command, cwd=ROOT, **pipes) for _ in range(count)]
    try:
        yield [int(process.stdout.readline()) for process in running]
    finally:
        for process in running:
            process.stdin.close()
            process.wait(timeout=20)
            process.stdout.close()


def prepare(client, user, number: int) -> Press:
    """Sign a buyer in, open her checkout, and return the button she is about to press."""
    client.environ_base["REMOTE_ADDR"] = f"10.0.0.{number % 250}"
    data = {"email": user.email, "password": PASSWORD}
    assert client.post("/dang-nhap", data=data).status_code == 303
    page = client.get("/thanh-toan")
    form = BeautifulSoup(page.text, "html.parser").select_one("form.checkout__sum")
    inputs = form.select("input[type=hidden], input[checked]")
    fields = {field["name"]: field["value"] for field in inputs}
    cookie = client.get_cookie("phien")
    return Press({**fields, "note": ""}, f"phien={cookie.value}")


def press_all(ports: Sequence[int], presses: Sequence[Press]) -> list[tuple[int, str]]:
    """Send all forms at the same moment; return each status and where it leads."""
    start = threading.Barrier(len(presses))

    def press(numbered: tuple[int, Press]) -> tuple[int, str]:
        number, one = numbered
        url = f"http://127.0.0.1:{ports[number % len(ports)]}/thanh-toan"
        body = urllib.parse.urlencode(one.fields).encode()
        request = urllib.request.Request(url, body, {"Cookie": one.cookie})
        start.wait(timeout=60)
        try:
            with urllib.request.build_opener(_Stay).open(request, timeout=60) as answer:
                return answer.status, ""
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers.get("Location", "")

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(press, enumerate(presses)))
