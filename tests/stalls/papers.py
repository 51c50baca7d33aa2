"""Applications and scans as a person would hand them in."""

import io
import threading
from collections.abc import Callable
from typing import Any

from flask import Flask
from PIL import Image

from tests.stalls.factories import tax_code

FIELDS = {
    "kind": "cooperative",
    "legal_name": "Hợp tác xã Nông nghiệp mẫu Cao Nguyên",
    "name": "HTX mẫu Cao Nguyên",
    "tax_code": tax_code(7),
    "representative": "Vừ Thị Mẫu",
    "phone": "0912 345 678",
    "province": "08",
    "commune": "dong van",
    "commune_code": "",
    "street": "Thôn Mẫu",
    "story": "Mười hộ nuôi ong.\nMỗi năm một mùa.",
}
PAPER = {
    "giay-moi-kind": "business_registration",
    "giay-moi-number": "ĐK-01",
    "giay-moi-issuer": "Phòng mẫu",
    "giay-moi-issued_on": "2024-05-01",
    "giay-moi-expires_on": "",
}


def picture(name: str = "giay-dang-ky.png") -> tuple[io.BytesIO, str]:
    """Return a photograph of a paper, ready to upload."""
    out = io.BytesIO()
    Image.new("RGB", (400, 560), "white").save(out, "PNG")
    out.seek(0)
    return out, name


def pdf(pages: int = 2) -> tuple[io.BytesIO, str]:
    """Return a scan of several pages, ready to upload."""
    sheets = [Image.new("RGB", (300, 420), "white") for _ in range(pages)]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    out.seek(0)
    return out, "ho-so.pdf"


def with_paper(**changed: Any) -> dict[str, Any]:
    """Return a whole application with a picture of its registration."""
    return {**FIELDS, **PAPER, "giay-moi-file": picture(), **changed}


def at_once(app: Flask, *deeds: Callable[[], object]) -> list[object]:
    """Do several things at the same moment, each as its own process would; return what came out."""
    start = threading.Barrier(len(deeds))
    out: list[object] = [None] * len(deeds)

    def do(place: int, deed: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            try:
                out[place] = deed()
            except Exception as error:  # noqa: BLE001  the test looks at it
                out[place] = error

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return out
