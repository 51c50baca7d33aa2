"""Paper, light and shadow: what every demo picture is drawn on and with."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

from PIL import Image, ImageColor, ImageDraw, ImageFilter, ImageFont

SIDE = 960
EMOJI = Path(__file__).resolve().parents[3] / "static" / "vendor" / "fluent-emoji"
FONT = Path(__file__).resolve().parents[2] / "core" / "fonts" / "BeVietnamPro-SemiBold.ttf"
PAPER, INK, SHADE = "#FFFDF7", "#211D16", "#4A2F14"
_OVER = 2  # edges are drawn this many times larger, then reduced

Picture: TypeAlias = Image.Image
Box: TypeAlias = tuple[float, float, float, float]
Points: TypeAlias = Sequence[tuple[float, float]]


class Tone(NamedTuple):
    """A coloured paper with the ink that goes on its labels."""

    light: str
    deep: str
    accent: str


TONES = {
    "gold": Tone("#FDEFC9", "#F0C25E", "#9A6108"),
    "leaf": Tone("#E6EFD8", "#A9CB92", "#1F5B3D"),
    "mint": Tone("#DDF1EA", "#93CDBD", "#1E6B5C"),
    "lacquer": Tone("#FAE2D8", "#E29B88", "#A92B1D"),
    "apricot": Tone("#FAE7D6", "#E4AE84", "#94481A"),
    "rose": Tone("#FBE3E6", "#E8A3AF", "#A63A55"),
    "lilac": Tone("#F1E6EC", "#CDABC0", "#7A3B62"),
    "ocean": Tone("#DFEBF4", "#9BC1DC", "#2B4470"),
    "ink": Tone("#EFE8DB", "#C5B79D", "#3A342A"),
}


def ramp(stops: Sequence[str], size: tuple[int, int], *, is_down: bool = False) -> Picture:
    """Return a smooth run through the colours, left to right or top to bottom."""
    shape = (1, len(stops)) if is_down else (len(stops), 1)
    strip = Image.new("RGB", shape)
    for place, stop in enumerate(stops):
        strip.putpixel((0, place) if is_down else (place, 0), _rgb(stop))
    thin = (1, size[1]) if is_down else (size[0], 1)
    return strip.resize(thin, Image.Resampling.BICUBIC).resize(size, Image.Resampling.NEAREST)


@cache
def background(tone: str) -> Picture:
    """Return the lit sheet of paper of a tone, with a soft sun behind the goods."""
    light, deep, _ = TONES[tone]
    sheet = ramp((light, light, deep), (SIDE, SIDE), is_down=True)
    sun = Image.new("L", (240, 240))
    ImageDraw.Draw(sun).ellipse((38, 22, 202, 186), fill=120)
    glow = sun.filter(ImageFilter.GaussianBlur(16)).resize((SIDE, SIDE))
    sheet.paste(Image.new("RGB", sheet.size, "#FFFEF8"), mask=glow)
    return sheet


def empty() -> Picture:
    """Return a clear sheet to draw goods on."""
    return Image.new("RGBA", (SIDE, SIDE))


def paint(sheet: Picture, box: Box, mask: Picture, *, colours: Sequence[str]) -> None:
    """Lay colours, run left to right, through a mask at the place of the box."""
    corner = (round(box[0]), round(box[1]))
    colour = ramp(colours, mask.size).convert("RGBA")
    sheet.paste(colour, corner, mask)


def rounded(sheet: Picture, box: Box, colours: Sequence[str], *, radius: float = 0) -> None:
    """Draw a rectangle with round corners."""
    mask, frame = _canvas(box)
    ImageDraw.Draw(mask).rounded_rectangle(frame, radius * _OVER, fill=255)
    paint(sheet, box, mask.reduce(_OVER), colours=colours)


def ellipse(sheet: Picture, box: Box, colours: Sequence[str]) -> None:
    """Draw an ellipse that fills the box."""
    mask, frame = _canvas(box)
    ImageDraw.Draw(mask).ellipse(frame, fill=255)
    paint(sheet, box, mask.reduce(_OVER), colours=colours)


def polygon(sheet: Picture, points: Points, colours: Sequence[str]) -> None:
    """Draw a filled outline."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    mask, _ = _canvas(box)
    moved = [((x - box[0]) * _OVER, (y - box[1]) * _OVER) for x, y in points]
    ImageDraw.Draw(mask).polygon(moved, fill=255)
    paint(sheet, box, mask.reduce(_OVER), colours=colours)


def stroke(sheet: Picture, points: Points, colour: str, *, width: float) -> None:
    """Draw a line with round joints."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = (min(xs) - width, min(ys) - width, max(xs) + width, max(ys) + width)
    mask, _ = _canvas(box)
    moved = [((x - box[0]) * _OVER, (y - box[1]) * _OVER) for x, y in points]
    pen, reach = ImageDraw.Draw(mask), width * _OVER / 2
    pen.line(moved, fill=255, width=round(width * _OVER), joint="curve")
    for x, y in moved if width > 20 else (moved[0], moved[-1]):  # wide joints leave gaps
        pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)
    paint(sheet, box, mask.reduce(_OVER), colours=(colour, colour))


def curve(points: Points, *, steps: int = 10) -> list[tuple[float, float]]:
    """Return a smooth line through the points (Catmull-Rom)."""
    ends = [points[0], *points, points[-1]]
    line: list[tuple[float, float]] = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        line += [_between((a, b, c, d), step / steps) for step in range(steps)]
    return [*line, points[-1]]


def _between(knots: Points, t: float) -> tuple[float, float]:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = knots
    weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2)
    xs = zip(weights, (ax, bx, cx, dx), strict=True)
    ys = zip(weights, (ay, by, cy, dy), strict=True)
    return sum(w * x for w, x in xs) / 2, sum(w * y for w, y in ys) / 2


@cache
def emoji(name: str, size: int) -> Picture:
    """Return a vendored drawing in the size wanted."""
    with Image.open(EMOJI / f"{name}.webp") as source:
        drawing = source.convert("RGBA").resize((size, size), Image.Resampling.LANCZOS)
    if size > 300:  # the drawings are 256 pixels wide
        drawing = drawing.filter(ImageFilter.UnsharpMask(radius=2.4, percent=70, threshold=2))
    return drawing


def stamp(sheet: Picture, drawing: Picture, centre: tuple[float, float]) -> None:
    """Lay a drawing on the sheet around its centre."""
    corner = (round(centre[0] - drawing.width / 2), round(centre[1] - drawing.height / 2))
    sheet.alpha_composite(drawing, corner)


def set_down(goods: Picture, tone: str) -> Picture:
    """Return the goods standing on the paper of the tone, with the shadow they throw."""
    sheet = background(tone).copy()
    alpha = goods.getchannel("A").reduce(8)
    fallen = Image.new("L", alpha.size)
    fallen.paste(alpha, (2, 4))
    soft = fallen.filter(ImageFilter.GaussianBlur(4)).point(lambda level: int(level * 0.34))
    sheet.paste(Image.new("RGB", sheet.size, SHADE), mask=soft.resize(sheet.size))
    sheet.paste(goods, mask=goods.getchannel("A"))
    return sheet


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Return the floor's typeface in a size."""
    return ImageFont.truetype(FONT, size)


def _canvas(box: Box) -> tuple[Picture, Box]:
    width, height = max(1, round(box[2] - box[0])), max(1, round(box[3] - box[1]))
    size = (width * _OVER, height * _OVER)
    return Image.new("L", size), (0, 0, size[0] - 1, size[1] - 1)


@cache
def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue


def mixed(one: str, other: str, share: float) -> str:
    """Return a colour between two: share 0 is the first, 1 the second."""
    pairs = zip(_rgb(one), _rgb(other), strict=True)
    return "#{:02X}{:02X}{:02X}".format(*(round(a + (b - a) * share) for a, b in pairs))


def round_shade(colour: str) -> tuple[str, ...]:
    """Return the colours of a round body lit from the left."""
    return (
        mixed(colour, "#000000", 0.28),
        mixed(colour, "#FFFFFF", 0.30),
        colour,
        mixed(colour, "#000000", 0.10),
        mixed(colour, "#000000", 0.38),
    )
