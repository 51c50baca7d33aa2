"""One thing each: vendored drawings, some dyed anew, and own ones for what the set lacks."""

import math
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from PIL import Image, ImageOps

from shop.demo.pictures.fruit import COLOURS, fruit
from shop.demo.pictures.paper import (
    Picture,
    curve,
    ellipse,
    emoji,
    empty,
    mixed,
    polygon,
    rounded,
    stroke,
)


class Dye(NamedTuple):
    """A vendored drawing and the colours its darks, middles and lights become."""

    source: str
    dark: str
    middle: str
    light: str


_DYES = {
    "shallot": Dye("onion", "#5A1F45", "#A94F86", "#F0C6DC"),
    "koi": Dye("fish", "#B3341A", "#F07A33", "#FFF1E2"),
    "betta": Dye("ornamental-fish", "#4A1040", "#B0305F", "#F6B7C4"),
    "dried-fish": Dye("fish", "#4A2C14", "#A8783E", "#EBCB8E"),
    "dried-squid": Dye("squid", "#6B341B", "#CC8650", "#F8D9AE"),
    "parakeet": Dye("bird", "#1F5B2A", "#6DB33F", "#F3EE9A"),
    "dove": Dye("bird", "#4E5868", "#B4BCC8", "#FFFFFF"),
    "violet-rice": Dye("rice", "#2A0E24", "#6B2A58", "#D9A9C9"),
    "yellow-flower": Dye("flower", "#A8690A", "#F2BE2B", "#FFF3B8"),
    "white-flower": Dye("flower", "#567544", "#C9D6B4", "#FAFCF2"),
}


@cache
def glyph(subject: str, size: int) -> Picture:
    """Return a drawing by name in the size wanted: vendored, dyed, or own."""
    if subject in _DYES:
        return _dyed(_DYES[subject], size)
    if subject in _OWN:
        return _own(subject).resize((size, size), Image.Resampling.LANCZOS)
    if subject in COLOURS:
        return fruit(subject).resize((size, size), Image.Resampling.LANCZOS)
    return emoji(subject, size)


def _dyed(dye: Dye, size: int) -> Picture:
    drawing = emoji(dye.source, size)
    alpha = drawing.getchannel("A")
    solid = alpha.point(lambda level: 255 * (level > 200))
    grey = ImageOps.autocontrast(drawing.convert("L"), cutoff=2, mask=solid)
    colours = ImageOps.colorize(grey, dye.dark, dye.light, mid=dye.middle).convert("RGBA")
    colours.putalpha(alpha)
    return colours


@cache
def _own(subject: str) -> Picture:
    sheet = empty()
    _OWN[subject](sheet)
    return sheet.crop((0, 0, 256, 256))


def _cashew(sheet: Picture) -> None:
    bend = ((-46, 14), (-40, -16), (-8, -36), (30, -24), (44, 2))
    for x, y, way in ((86, 84, 1), (174, 90, -1), (124, 172, 1)):
        path = curve([(x + way * px, y + py) for px, py in bend])
        for drop, colour, grow in ((6, "#B07A3C", 3), (0, "#EBC58A", 0), (-7, "#F7DEB2", -12)):
            for place, (px, py) in enumerate(path):
                size = 20 + 9 * math.sin(math.pi * place / len(path)) + grow
                ellipse(
                    sheet,
                    (px - size, py - size + drop, px + size, py + size + drop),
                    (colour, colour),
                )


def _links(sheet: Picture) -> None:
    red = "#9E2B1F"
    for y, bend in ((64, 26), (128, -22), (192, 24)):
        for left in (28, 132):
            path = curve([(left + 10, y), (left + 48, y + bend), (left + 86, y)])
            stroke(sheet, path, mixed(red, "#2A0806", 0.4), width=42)
            stroke(sheet, [(px - 1, py - 4) for px, py in path], red, width=34)
            stroke(sheet, [(px, py - 11) for px, py in path[2:-2]], "#D9735C", width=6)
        stroke(sheet, ((120, y), (136, y)), "#F1DDB6", width=8)


def _sheets(sheet: Picture) -> None:
    for step in range(5):
        y = 158 - step * 10
        ellipse(sheet, (22, y - 44, 234, y + 60), ("#BFA36E", "#D9C191", "#A98B58"))
        ellipse(sheet, (22, y - 50, 234, y + 54), ("#EADBB5", "#FFF9E6", "#F1E4C2"))
    for x, y in ((90, 84), (140, 110), (172, 78), (120, 70), (84, 112), (158, 130)):
        ellipse(sheet, (x - 4, y - 3, x + 4, y + 3), ("#5C4A30", "#5C4A30"))


def _skein(sheet: Picture) -> None:
    for step in range(26):
        y = 62 + step * 5.4
        lift = 16 * math.sin(step * 0.9)
        path = curve(
            [
                (20, y + lift),
                (80, y - 8),
                (128, 128 + (y - 128) * 0.72),
                (176, y - 8),
                (236, y - lift),
            ]
        )
        stroke(sheet, path, ("#D8C188", "#F5E9C4", "#E6D3A0")[step % 3], width=6)
    rounded(sheet, (112, 82, 146, 178), ("#7E1F16", "#C4452F", "#8E261A"), radius=12)


def _leafcake(sheet: Picture) -> None:
    rounded(sheet, (36, 40, 222, 226), ("#234D26", "#4E8A3E", "#2A5A2B"), radius=16)
    for x in range(52, 220, 18):
        stroke(sheet, ((x, 48), (x, 218)), "#3C7434", width=3)
    for at in (92, 166):
        stroke(sheet, ((36, at), (222, at)), "#E9D9A6", width=8)
        stroke(sheet, ((at, 40), (at, 226)), "#E9D9A6", width=8)


def _leafroll(sheet: Picture) -> None:
    path = ((56, 190), (200, 66))
    stroke(sheet, path, "#1F4A24", width=96)
    stroke(sheet, ((53, 185), (197, 61)), "#3F7A36", width=82)
    stroke(sheet, ((42, 168), (182, 48)), "#7DB25E", width=12)
    for x, y in ((82, 166), (116, 137), (150, 108), (184, 79)):
        stroke(sheet, ((x - 26, y - 32), (x + 26, y + 32)), "#EEDFB0", width=6)
    ellipse(sheet, (16, 152, 96, 232), ("#E9B9A4", "#F9DCCB"))


def _jerky(sheet: Picture) -> None:
    for step, (x, top) in enumerate(((50, 40), (92, 22), (134, 34), (176, 18), (214, 44))):
        path = curve([(x, top), (x - 9 + step * 3, top + 70), (x + 7, top + 130), (x - 2, 226)])
        stroke(sheet, path, "#3A120C", width=38)
        stroke(sheet, [(px - 2, py) for px, py in path], "#7A2A1A", width=29)
        stroke(sheet, [(px - 8, py) for px, py in path[2:-2]], "#B4583A", width=6)
        stroke(sheet, [(px + 6, py) for px, py in path[4:-6]], "#5A1C12", width=4)


def _anise(sheet: Picture) -> None:
    for turn in range(8):
        angle = turn * math.tau / 8
        tip = (128 + 112 * math.cos(angle), 128 + 112 * math.sin(angle))
        wide = [
            (128 + 62 * math.cos(angle + side), 128 + 62 * math.sin(angle + side))
            for side in (-0.34, 0.34)
        ]
        polygon(sheet, ((128, 128), wide[0], tip, wide[1]), ("#5A3016", "#A0622F", "#6B3A1A"))
        seed = (128 + 58 * math.cos(angle), 128 + 58 * math.sin(angle))
        ellipse(
            sheet, (seed[0] - 12, seed[1] - 12, seed[0] + 12, seed[1] + 12), ("#E0B070", "#B57A3A")
        )
    ellipse(sheet, (108, 108, 148, 148), ("#8A5428", "#5E3416"))


_OWN: dict[str, Callable[[Picture], None]] = {
    "cashew": _cashew,
    "links": _links,
    "sheets": _sheets,
    "skein": _skein,
    "leafcake": _leafcake,
    "leafroll": _leafroll,
    "jerky": _jerky,
    "anise": _anise,
}
