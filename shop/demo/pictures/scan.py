"""A sample scan of a certificate: laid out like a decision, stamped all over as invented data."""

import math
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from shop.demo.pictures.paper import INK, Picture, font

WIDTH, HEIGHT = 1000, 1414  # A4
STAMP = "MẪU – DỮ LIỆU MINH HOẠ"
_RED, _MUTED, _RULE = "#A92B1D", "#5F5646", "#C9BB9C"
_LEFT, _MIDDLE = 110, WIDTH // 2


@dataclass(frozen=True, slots=True)
class ScanFields:
    """What is written on the sheet, as people write it."""

    decision_number: str
    decision_date: str
    issuer: str
    product: str
    product_code: str
    product_set: str
    holder: str
    place: str
    stars: int
    score: str
    expires_on: str


def render_scan(fields: ScanFields) -> bytes:
    """Return the scan as a JPEG of an A4 sheet; the same fields give the same bytes."""
    sheet = Image.new("RGB", (WIDTH, HEIGHT), "#FBF8F0")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((48, 48, WIDTH - 48, HEIGHT - 48), outline=_RED, width=3)
    pen.rectangle((58, 58, WIDTH - 58, HEIGHT - 58), outline=_RULE, width=1)
    _heading(pen, fields)
    _rows(pen, fields)
    _signature(sheet, fields)
    _watermark(sheet)
    out = BytesIO()
    _scanned(sheet).save(out, "JPEG", quality=78)
    return out.getvalue()


def _heading(pen: ImageDraw.ImageDraw, fields: ScanFields) -> None:
    pen.text((_LEFT, 104), fields.issuer, fill=INK, font=font(22))
    pen.text((_LEFT, 140), f"Số: {fields.decision_number}", fill=_MUTED, font=font(20))
    pen.text((WIDTH - _LEFT, 140), fields.decision_date, fill=_MUTED, font=font(20), anchor="ra")
    pen.line((_LEFT, 186, WIDTH - _LEFT, 186), fill=_RULE, width=2)
    _centred(pen, 262, "GIẤY CHỨNG NHẬN", size=46, colour=_RED)
    _centred(pen, 318, "Sản phẩm OCOP – bản minh hoạ", size=24, colour=_MUTED)
    _centred(pen, 404, f"{fields.stars} SAO", size=58, colour=_RED)
    for place in range(fields.stars):
        _star(pen, (_MIDDLE + (place - (fields.stars - 1) / 2) * 62, 482))


def _rows(pen: ImageDraw.ImageDraw, fields: ScanFields) -> None:
    rows = (
        ("Sản phẩm", fields.product),
        ("Mã sản phẩm", fields.product_code),
        ("Nhóm", fields.product_set),
        ("Chủ thể", fields.holder),
        ("Địa chỉ", fields.place),
        ("Điểm đánh giá", fields.score),
        ("Có giá trị đến", fields.expires_on),
    )
    y = 560.0
    for name, value in rows:
        pen.text((_LEFT, y), name, fill=_MUTED, font=font(21))
        lines = _broken(value, 500)
        for line in lines:
            pen.text((370, y), line, fill=INK, font=font(23))
            y += 32
        pen.line((_LEFT, y + 10, WIDTH - _LEFT, y + 10), fill="#E9DFC8", width=1)
        y += 26


def _signature(sheet: Picture, fields: ScanFields) -> None:
    pen = ImageDraw.Draw(sheet)
    pen.text((700, 1130), fields.issuer, fill=INK, font=font(20), anchor="mm")
    pen.text((700, 1290), "Người ký mẫu", fill=INK, font=font(22), anchor="mm")
    turned = _seal()
    sheet.paste(turned, (470, 1090), turned.getchannel("A").point(lambda level: level * 3 // 4))


def _watermark(sheet: Picture) -> None:
    turned = _slanting_words()
    ink = Image.new("RGB", turned.size, _RED)
    for y in (-60, 420):
        sheet.paste(ink, ((WIDTH - turned.width) // 2, y), turned)
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((58, HEIGHT - 92, WIDTH - 58, HEIGHT - 58), fill=_RED)
    _centred(pen, HEIGHT - 75, f"{STAMP} · không dùng làm giấy tờ", size=20, colour="#FFFDF7")


@cache
def _seal() -> Picture:
    seal = Image.new("RGBA", (210, 210))
    ink = ImageDraw.Draw(seal)
    ink.ellipse((6, 6, 204, 204), outline=_RED, width=7)
    ink.ellipse((24, 24, 186, 186), outline=_RED, width=3)
    ink.text((105, 92), "MẪU", fill=_RED, font=font(54), anchor="mm")
    ink.text((105, 138), "không giá trị", fill=_RED, font=font(19), anchor="mm")
    return seal.rotate(14, Image.Resampling.BICUBIC)


@cache
def _slanting_words() -> Picture:
    strip = Image.new("L", (1320, 150))
    ImageDraw.Draw(strip).text((660, 75), STAMP, fill=66, font=font(74), anchor="mm")
    return strip.rotate(38, Image.Resampling.BICUBIC, expand=True)


def _scanned(sheet: Picture) -> Picture:
    """Return the sheet a little askew, as it comes from a phone or a scanner."""
    return sheet.rotate(0.5, Image.Resampling.BILINEAR, fillcolor="#D9D4C8")


def _star(pen: ImageDraw.ImageDraw, centre: tuple[float, float]) -> None:
    points = [
        (
            centre[0] + (11 if step % 2 else 27) * math.sin(math.pi * step / 5),
            centre[1] - (11 if step % 2 else 27) * math.cos(math.pi * step / 5),
        )
        for step in range(10)
    ]
    pen.polygon(points, fill="#C98A12")


def _broken(words: str, width: float) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if font(23).getlength(longer) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _centred(pen: ImageDraw.ImageDraw, y: float, words: str, *, size: int, colour: str) -> None:
    pen.text((_MIDDLE, y), words, fill=colour, font=font(size), anchor="mm")
