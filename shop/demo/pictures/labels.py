"""Paper labels: the drawing, the name, and the word that says it is a sample."""

from PIL import ImageDraw

from shop.demo.pictures.glyphs import glyph
from shop.demo.pictures.paper import INK, PAPER, TONES, Box, Picture, font, rounded, stamp

SAMPLE = "HÀNG MẪU"


def label(sheet: Picture, box: Box, words: str, *, subject: str, tone: str) -> None:
    """Draw a paper label: band, drawing, name on one to three lines, the word for a sample."""
    left, top, right, bottom = box
    accent = TONES[tone].accent
    rounded(sheet, box, (PAPER, PAPER), radius=10)
    rounded(sheet, (left, top, right, top + 16), (accent, accent), radius=8)
    rounded(sheet, (left, bottom - 34, right, bottom), (accent, accent), radius=8)
    width, height = right - left, bottom - top - 50
    picture = int(min(width * 0.62, height * 0.52))
    middle = (left + right) / 2
    stamp(sheet, glyph(subject, picture), (middle, top + 24 + picture / 2))
    room = (left, top + 26 + picture, right, bottom - 38)
    _name(sheet, room, words)
    _line(sheet, (middle, bottom - 18), SAMPLE, size=17, colour=PAPER)


def band(sheet: Picture, box: Box, words: str, *, tone: str) -> None:
    """Draw a paper sleeve with the name alone."""
    left, top, right, bottom = box
    accent = TONES[tone].accent
    rounded(sheet, box, (PAPER, PAPER))
    rounded(sheet, (left, bottom - 32, right, bottom), (accent, accent))
    _name(sheet, (left, top + 4, right, bottom - 34), words)
    _line(sheet, ((left + right) / 2, bottom - 16), SAMPLE, size=17, colour=PAPER)


def _name(sheet: Picture, room: Box, words: str) -> None:
    left, top, right, bottom = room
    for size in range(54, 13, -2):
        lines = _broken(words, size, right - left - 18)
        if lines and len(lines) * size * 1.18 <= bottom - top:
            break
    else:
        size, lines = 14, [words]
    step = size * 1.18
    first = (top + bottom) / 2 - step * (len(lines) - 1) / 2
    for place, line in enumerate(lines):
        _line(sheet, ((left + right) / 2, first + place * step), line, size=size, colour=INK)


def _broken(words: str, size: int, width: float) -> list[str]:
    """Return the words on lines that fit the width; nothing when a word is too long."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font(size).getlength(longer) <= width:
            lines[-1] = longer
        elif font(size).getlength(word) <= width:
            lines.append(word)
        else:
            return []
    return lines


def _line(
    sheet: Picture, centre: tuple[float, float], words: str, *, size: int, colour: str
) -> None:
    ImageDraw.Draw(sheet).text(centre, words, fill=colour, font=font(size), anchor="mm")
