"""Own drawings of cloth: brocade with its patterns, rolls of silk."""

from shop.demo.content.records import PictureRecipe
from shop.demo.pictures.glyphs import glyph
from shop.demo.pictures.paper import (
    TONES,
    Picture,
    curve,
    mixed,
    polygon,
    round_shade,
    rounded,
    stamp,
    stroke,
)

_PALETTES = {
    "red": ("#8E2323", "#E3B23C", "#F4E7CB", "#2F5D50"),
    "indigo": ("#25355F", "#C6452F", "#F0E3C4", "#5B8AA8"),
    "check": ("#F3EEE3", "#2A2724", "#2A2724", "#8A8378"),
    "flower": ("#F6EEE2", "#C76B7C", "#6B8F5B", "#D9A94B"),
}


def brocade(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a folded cloth with woven bands and a fringe."""
    ground, first, second, third = _PALETTES[recipe.subject]
    for x in range(206, 760, 15):
        stroke(sheet, ((x, 800), (x - 3, 868)), mixed(ground, "#000000", 0.12), width=6)
    rounded(
        sheet,
        (186, 228, 774, 812),
        (mixed(ground, "#000000", 0.28), ground, mixed(ground, "#000000", 0.2)),
        radius=16,
    )
    rounded(
        sheet,
        (170, 150, 790, 736),
        (ground, mixed(ground, "#FFFFFF", 0.08), mixed(ground, "#000000", 0.16)),
        radius=20,
    )
    if recipe.subject == "check":
        _checks(sheet, first)
    elif recipe.subject == "flower":
        _embroidery(sheet, recipe)
    else:
        for y, colour in ((208, first), (330, second), (452, third), (574, first), (672, second)):
            _diamonds(sheet, y, colours=(colour, ground))
            stroke(sheet, ((182, y + 56), (778, y + 56)), second, width=5)
    stroke(sheet, ((176, 742), (784, 742)), mixed(ground, "#000000", 0.45), width=5)


def _diamonds(sheet: Picture, y: float, *, colours: tuple[str, str]) -> None:
    for x in range(212, 780, 67):
        for reach, colour in ((30, colours[0]), (18, colours[1]), (9, colours[0])):
            points = ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
            polygon(sheet, points, (colour, colour))


def _checks(sheet: Picture, colour: str) -> None:
    for step in range(8):
        x, y = 210 + step * 76, 186 + step * 72
        stroke(sheet, ((x, 156), (x, 730)), colour, width=20)
        stroke(sheet, ((x + 26, 156), (x + 26, 730)), colour, width=5)
        stroke(sheet, ((176, y), (784, y)), colour, width=20)
        stroke(sheet, ((176, y + 26), (784, y + 26)), colour, width=5)


def _embroidery(sheet: Picture, recipe: PictureRecipe) -> None:
    accent = TONES[recipe.tone].accent
    for x in range(196, 780, 24):
        stroke(sheet, ((x, 176), (x + 12, 176)), accent, width=5)
        stroke(sheet, ((x, 708), (x + 12, 708)), accent, width=5)
    stroke(
        sheet,
        curve([(270, 620), (380, 520), (470, 520), (600, 380), (690, 290)]),
        "#6B8F5B",
        width=9,
    )
    for x, y, size in ((330, 500, 150), (480, 430, 210), (640, 300, 140), (560, 600, 130)):
        stamp(sheet, glyph("flower", size), (x, y))


def roll(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a roll of silk with its end hanging in folds."""
    accent = TONES[recipe.tone].accent
    colour = mixed(accent, "#FFFFFF", 0.38)
    folds = [
        mixed(colour, "#FFFFFF" if step % 2 else "#000000", 0.36 if step % 2 else 0.16)
        for step in range(11)
    ]
    hem = curve([(232, 850), (330, 884), (430, 846), (540, 886), (640, 848), (748, 874)])
    polygon(sheet, [(232, 330), *hem, (748, 330)], folds)
    rounded(sheet, (120, 262, 840, 322), round_shade("#8A6238"), radius=28)
    for y in range(0, 190, 4):
        shade = mixed(
            mixed(colour, "#FFFFFF", 0.5), mixed(accent, "#000000", 0.15), abs(y - 60) / 130
        )
        rounded(
            sheet,
            (190, 190 + y, 770, 198 + y),
            (mixed(shade, "#000000", 0.14), shade, shade, mixed(shade, "#000000", 0.2)),
        )
    for reach in range(3):
        stroke(
            sheet,
            ((206 + reach * 6, 200), (206 + reach * 6, 374)),
            mixed(accent, "#FFFFFF", 0.2),
            width=2,
        )
    rounded(sheet, (408, 186, 552, 386), ("#FFFDF7", "#F4E9D2"), radius=6)
    stamp(sheet, glyph("thread", 120), (480, 286))
