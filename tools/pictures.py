"""Take the README's pictures of a demo floor: `tools/pictures.py [NAME…]`.

The floor is loaded into a temporary folder, served as `make run` serves it, and looked at with
the Chromium of this machine (or CHROMIUM).
"""

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
MOST_BYTES = 150_000
QUALITIES = (82, 70, 55, 40)
PATIENCE_SECONDS = 300
PASSWORD = "cho-phien-2026"  # noqa: S105  the demo accounts' printed one
BUYER, MANAGER, MODERATOR = "nguoi-mua", "quan-ly", "can-bo"
HEIGHTS = {360: 740, 1280: 900}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=vi"]


class Shot(NamedTuple):
    """A picture: its name, the screen's width, who looks, where she begins, what she clicks.

    `top` names the element that is scrolled to the top of the screen.
    """

    name: str
    width: int
    who: str = ""
    start: str = "/"
    clicks: tuple[str, ...] = ()
    top: str = ""


CARD = "li:nth-child({}) .product-card__name a"
ADD = ".buy__form button[type=submit]"
TO_CHECKOUT, SUM = ".cart__sum .button", ".checkout__sum"
HONEY = "/tim-kiem?q=mat+ong"
STARRED = f"{HONEY}+hoa&sao=3&sao=4&sao=5"
FIRST, SECOND = (f"/san-pham?sao={stars}&sap_xep=moi" for stars in (5, 4))
SHOTS = (
    Shot("home", 1280),
    Shot("home", 360),
    Shot("search", 1280, start=HONEY),
    Shot("search", 360, start=HONEY, top="#results"),
    Shot("product", 1280, start=STARRED, clicks=(CARD.format(1),)),
    Shot("product", 360, start=STARRED, clicks=(CARD.format(1),), top=".photo-strip"),
    Shot("cart", 360, BUYER, SECOND, (CARD.format(1), ADD)),
    Shot("checkout", 360, BUYER, FIRST, (CARD.format(2), ADD, TO_CHECKOUT), SUM),
    Shot("order", 360, BUYER, "/don-hang", (".order-row:has-text('Đang giao') a",), ".timeline"),
    Shot("cockpit", 360, MANAGER, "/quan-ly/"),
    Shot("cockpit", 1280, MANAGER, "/quan-ly/"),
    Shot(
        "certificate-case",
        1280,
        MODERATOR,
        "/tham-dinh/chung-nhan",
        ("li:nth-child(3) .queue__item",),
    ),
    Shot("registry", 1280, start="/danh-muc-ocop"),
)


def main(names: list[str]) -> None:
    """Take all pictures, or those of these names."""
    wanted = [shot for shot in SHOTS if not names or shot.name in names]
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for shot in wanted:
            path = take(browser, address, shot)
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB", flush=True)
        browser.close()


def take(browser: Browser, address: str, shot: Shot) -> Path:
    """Walk to the page of a picture and take it."""
    screen = {"width": shot.width, "height": HEIGHTS[shot.width]}
    context = browser.new_context(base_url=address, viewport=screen, locale="vi-VN")  # type: ignore[arg-type]
    page = context.new_page()
    if shot.who:
        sign_in(page, shot.who)
    page.goto(shot.start)
    for selector in shot.clicks:
        with page.expect_navigation():
            page.locator(selector).first.click()
    if shot.top:
        page.locator(shot.top).first.evaluate(
            "each => scrollTo({top: each.getBoundingClientRect().top - 24, behavior: 'instant'})"
        )
    page.wait_for_load_state("networkidle")
    path = keep(page, FOLDER / f"{shot.name}-{shot.width}.webp")
    context.close()
    return path


def sign_in(page: Page, who: str) -> None:
    """Sign in as one of the demo people."""
    page.goto("/dang-nhap")
    page.fill("main input[name=email]", f"{who}@chophien.example")
    page.fill("main input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main button[type=submit]")


def keep(page: Page, path: Path) -> Path:
    """Write a WebP picture of what the screen shows, as small as a README wants it."""
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide")))
    path.parent.mkdir(parents=True, exist_ok=True)
    for quality in QUALITIES:
        picture.convert("RGB").save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= MOST_BYTES:
            break
    return path


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a new demo floor from its own process; give its address once it answers."""
    port = free_port()
    environ = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    environ |= {"DATA_DIR": str(folder), "PORT": str(port)}
    command = [sys.executable, "-m", "shop"]
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the floor answers; leave with its exit code when it ends before."""
    for _ in range(PATIENCE_SECONDS):
        if process.poll() is not None:
            sys.exit(f"the floor did not open: exit code {process.returncode}")
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310  this machine
            return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(1)
    sys.exit(f"the floor did not answer within {PATIENCE_SECONDS} seconds")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def chromium() -> str:
    """Return the path of the browser, or leave with a plain sentence."""
    asked = os.environ.get("CHROMIUM")
    for name in (asked,) if asked else ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    return sys.exit("no Chromium here: apt install chromium, or set CHROMIUM")


if __name__ == "__main__":
    main(sys.argv[1:])
