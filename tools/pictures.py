"""Pictures of pages for the README."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

MOST_BYTES = 150_000
QUALITIES = (82, 70, 55, 40)


def keep(page: Page, path: Path) -> Path:
    """Write a WebP picture of what the screen shows, as small as a README wants it."""
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide")))
    path.parent.mkdir(parents=True, exist_ok=True)
    for quality in QUALITIES:
        out = io.BytesIO()
        picture.convert("RGB").save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= MOST_BYTES:
            break
    path.write_bytes(out.getvalue())
    return path
