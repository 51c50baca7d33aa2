"""Own drawings of fruits that the vendored set lacks, and of crates of them."""

import math
from functools import cache
from random import Random

from PIL import Image

from shop.demo.pictures.paper import (
    Picture,
    Points,
    curve,
    ellipse,
    empty,
    mixed,
    polygon,
    rounded,
    stamp,
    stroke,
)

COLOURS = {
    "pomelo": "#BFCF5A",
    "longan": "#C79A5B",
    "dragon": "#E0447C",
    "durian": "#9AA648",
    "custard": "#9CBF6B",
    "rambutan": "#D2402F",
    "plum": "#8E2743",
    "avocado": "#4F7A34",
}
_SIZES = {"longan": 118, "plum": 132, "rambutan": 150, "durian": 250, "pomelo": 230}


@cache
def fruit(subject: str) -> Picture:
    """Return one round fruit, 256 pixels wide."""
    sheet, colour = empty(), COLOURS[subject]
    if subject == "rambutan":
        _rays(sheet, (18, 34, "#E8735A"), reach=122)
    if subject == "durian":
        polygon(sheet, _star(22, 122, 98), (mixed(colour, "#FFFFFF", 0.2), colour, "#5E6A24"))
    tall = 14 if subject == "avocado" else 0
    box = (32 + tall, 32, 224 - tall, 224)
    ellipse(sheet, box, (colour, colour))
    _lit(sheet, box, colour)
    _skin(sheet, subject, colour)
    return sheet.crop((0, 0, 256, 256))


def _lit(sheet: Picture, box: tuple[float, float, float, float], colour: str) -> None:
    """Build up a ball from dark to light, ever smaller towards the light."""
    left, top, right, bottom = box
    for step in range(14):
        share = step / 14
        shade = mixed(mixed(colour, "#2A1206", 0.42), mixed(colour, "#FFFFFF", 0.42), share)
        grow = (right - left) * 0.46 * share
        rise = (bottom - top) * 0.46 * share
        ellipse(
            sheet,
            (left + grow * 0.62, top + rise * 0.5, right - grow * 1.2, bottom - rise * 1.32),
            (shade, shade),
        )


def _skin(sheet: Picture, subject: str, colour: str) -> None:
    dark, rng = mixed(colour, "#1E1206", 0.35), Random(subject)
    if subject in {"custard", "durian"}:
        for _ in range(34):
            x, y = 128 + rng.gauss(0, 42), 128 + rng.gauss(0, 42)
            ellipse(sheet, (x - 13, y - 10, x + 13, y + 12), (mixed(colour, "#FFFFFF", 0.25), dark))
    if subject == "dragon":
        for angle in range(0, 360, 45):
            _scale(sheet, math.radians(angle + 20))
    if subject in {"pomelo", "plum", "avocado", "longan"}:
        stroke(sheet, ((128, 40), (134, 18)), "#5B4122", width=8)
    if subject in {"pomelo", "plum"}:
        polygon(
            sheet,
            curve(((134, 24), (170, 2), (206, 16), (172, 34), (134, 24))),
            ("#7BAA4A", "#3E7A35"),
        )


def _scale(sheet: Picture, angle: float) -> None:
    x, y = 128 + 66 * math.cos(angle), 128 + 66 * math.sin(angle)
    tip = (128 + 118 * math.cos(angle - 0.25), 128 + 118 * math.sin(angle - 0.25))
    side = (math.cos(angle + 1.57) * 16, math.sin(angle + 1.57) * 16)
    points = ((x - side[0], y - side[1]), tip, (x + side[0], y + side[1]))
    polygon(sheet, points, ("#A7C957", "#5E8C3A"))


def _rays(sheet: Picture, look: tuple[int, int, str], *, reach: float) -> None:
    count, start, colour = look
    for step in range(count * 2):
        angle = math.pi * step / count
        inner = (128 + start * math.cos(angle), 128 + start * math.sin(angle))
        bend = angle + 0.16
        outer = (128 + reach * math.cos(bend), 128 + reach * math.sin(bend))
        stroke(sheet, (inner, outer), colour, width=5)


def _star(points: int, outer: float, inner: float) -> Points:
    steps = points * 2
    return [
        (
            128 + (outer if step % 2 else inner) * math.cos(math.tau * step / steps),
            128 + (outer if step % 2 else inner) * math.sin(math.tau * step / steps),
        )
        for step in range(steps)
    ]


def crate(sheet: Picture, subject: str) -> None:
    """Draw a wooden crate heaped with one sort of fruit."""
    size, rng = _SIZES.get(subject, 196), Random(f"crate/{subject}")
    one = fruit(subject).resize((size, size), Image.Resampling.LANCZOS)
    for row in range(4):
        y = 585 - (3 - row) * size * 0.36 + 30
        reach = 250 - (3 - row) * 46
        count = max(2, round(reach * 2 / (size * 0.82)))
        for place in range(count):
            x = 480 - reach + (place + 0.5) * reach * 2 / count + rng.uniform(-7, 7)
            turned = one.rotate(rng.uniform(-22, 22), Image.Resampling.BICUBIC)
            stamp(sheet, turned, (x, y + rng.uniform(-6, 6)))
    for place in range(3):
        top = 622 + place * 78
        rounded(sheet, (176, top, 784, top + 64), ("#C9985E", "#E3BC86", "#C08B50"), radius=8)
    for x in (196, 724):
        rounded(sheet, (x, 606, x + 40, 862), ("#A9753D", "#C99A60", "#9A6732"), radius=6)
