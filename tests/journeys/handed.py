"""Files that people of the journeys hand in, as a browser takes them."""

import io
from typing import Any

from PIL import Image

from shop.demo.content.records import PictureRecipe
from shop.demo.pictures.compose import render
from shop.demo.pictures.scan import ScanFields, render_scan
from tests.stalls import papers

JAR = PictureRecipe("jar", "honey", "gold", "Mật ong")


def photo(name: str, recipe: PictureRecipe = JAR) -> dict[str, Any]:
    """Return a photograph of goods, a JPEG as a phone makes it."""
    out = io.BytesIO()
    Image.open(io.BytesIO(render(recipe))).convert("RGB").save(out, "JPEG", quality=85)
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def registration() -> dict[str, Any]:
    """Return a business registration as a PDF of two pages."""
    stream, name = papers.pdf(pages=2)
    return {"name": name, "mimeType": "application/pdf", "buffer": stream.read()}


def food_safety() -> dict[str, Any]:
    """Return a food safety certificate as a picture."""
    stream, name = papers.picture("an-toan-thuc-pham.png")
    return {"name": name, "mimeType": "image/png", "buffer": stream.read()}


def certificate_scan(claimed: dict[str, str]) -> dict[str, Any]:
    """Return the scan of a certificate that says what the manager has copied from it."""
    fields = ScanFields(
        decision_number=claimed["Số quyết định"],
        decision_date=claimed["Ngày quyết định"],
        issuer=claimed["Cơ quan cấp"],
        product="Mật ong bạc hà",
        product_code=claimed["Mã sản phẩm"],
        product_set="Mật ong",
        holder="HTX mẫu Cao Nguyên",
        place="Đồng Văn, Tuyên Quang",
        stars=int(claimed["Số sao"][0]),
        score=claimed["Điểm"],
        expires_on=claimed["Có hạn đến"],
    )
    return {"name": "chung-nhan.jpg", "mimeType": "image/jpeg", "buffer": render_scan(fields)}
