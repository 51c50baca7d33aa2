"""Papers of the demo floor, as a scanner would see them; each says that it is a sample."""

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (720, 1008)
MARGIN = 68
SHEET, INK, MUTED, LACQUER, LINE = "#FBF6EA", "#211D16", "#5F5646", "#A92B1D", "#E7DDC7"
SAMPLE = "MẪU"
FONT = Path(__file__).resolve().parents[2] / "core" / "fonts" / "BeVietnamPro-SemiBold.ttf"

Fact = tuple[str, str]


def draw(title: str, head: str, facts: Sequence[Fact]) -> bytes:
    """Return a paper as a JPEG: who issued it, what it is, and each fact under its name."""
    sheet = Image.new("RGB", SIZE, SHEET)
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((28, 28, SIZE[0] - 28, SIZE[1] - 28), outline=LINE, width=3)
    y = _centred(pen, head, 76, size=21, colour=MUTED)
    y = _centred(pen, title, y + 26, size=32, colour=LACQUER) + 36
    for name, value in facts:
        pen.text((MARGIN, y), name, font=_font(18), fill=MUTED)
        y = _left(pen, value, y + 26) + 18
    _stamp(sheet)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=85)
    return out.getvalue()


def _centred(pen: ImageDraw.ImageDraw, words: str, y: float, *, size: int, colour: str) -> float:
    for line in _lines(words, size):
        pen.text((SIZE[0] / 2, y), line, font=_font(size), fill=colour, anchor="ma")
        y += size * 1.35
    return y


def _left(pen: ImageDraw.ImageDraw, words: str, y: float) -> float:
    for line in _lines(words, 24):
        pen.text((MARGIN, y), line, font=_font(24), fill=INK)
        y += 33
    return y


def _lines(words: str, size: int) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _font(size).getlength(longer) > SIZE[0] - 2 * MARGIN:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _stamp(sheet: Image.Image) -> None:
    """Press the word for a sample into the lower right corner, a little askew."""
    side = 184
    mark = Image.new("RGBA", (side, side))
    pen = ImageDraw.Draw(mark)
    pen.rounded_rectangle((10, 42, side - 10, side - 42), 12, outline=LACQUER, width=6)
    pen.text((side / 2, side / 2), SAMPLE, font=_font(50), fill=LACQUER, anchor="mm")
    turned = mark.rotate(9, Image.Resampling.BICUBIC)
    sheet.paste(turned, (SIZE[0] - MARGIN - side, SIZE[1] - MARGIN - side), turned)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)
