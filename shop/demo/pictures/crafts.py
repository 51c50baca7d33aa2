"""Own drawings of handicraft: vases, hats, mats, prints, boards, lacquer."""

from random import Random

from shop.demo.content.records import PictureRecipe
from shop.demo.pictures.glyphs import glyph
from shop.demo.pictures.paper import (
    TONES,
    Picture,
    curve,
    ellipse,
    mixed,
    polygon,
    round_shade,
    rounded,
    stamp,
    stroke,
)

_CLAY = {"crackle": "#E6DCC3", "blue": "#EFF1F0", "terracotta": "#B5613A"}


def vase(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a vase: crackled, painted blue, or of bare burnt clay."""
    colour = _CLAY[recipe.subject]
    half = [(420, 170), (436, 260), (410, 330), (300, 450), (282, 580), (340, 740), (404, 850)]
    left = curve(half)
    right = curve([(960 - x, y) for x, y in reversed(half)])
    ellipse(sheet, (400, 826, 560, 884), round_shade(colour))
    polygon(sheet, [*left, *right], round_shade(colour))
    ellipse(sheet, (408, 140, 552, 194), round_shade(mixed(colour, "#FFFFFF", 0.2)))
    ellipse(
        sheet, (428, 150, 532, 184), (mixed(colour, "#000000", 0.7), mixed(colour, "#000000", 0.4))
    )
    {"crackle": _crackle, "blue": _blue_painting, "terracotta": _burn_marks}[recipe.subject](sheet)


def _crackle(sheet: Picture) -> None:
    rng = Random("crackle")
    for _ in range(34):
        x, y = rng.uniform(330, 610), rng.uniform(400, 760)
        path = [(x, y)]
        for _ in range(4):
            x, y = x + rng.uniform(-34, 34), y + rng.uniform(-30, 30)
            path.append((min(max(x, 318), 642), min(max(y, 396), 770)))
        stroke(sheet, path, "#A9987A", width=2.4)
    for y, width in ((350, 74), (368, 84)):
        stroke(sheet, ((480 - width, y), (480 + width, y)), "#7C6A4B", width=4)


def _blue_painting(sheet: Picture) -> None:
    ink = "#27488F"
    for y, width in ((300, 58), (318, 62), (776, 122), (796, 112)):
        stroke(sheet, ((480 - width, y), (480 + width, y)), ink, width=6)
    for turn in (-2, -1, 0, 1, 2):
        x = 480 + turn * 40
        petal = curve(
            [(480, 610), (x - 26 + turn * 12, 540), (x + turn * 16, 470 + abs(turn) * 26)]
        )
        back = curve([(x + turn * 16, 470 + abs(turn) * 26), (x + 26 + turn * 12, 550), (480, 610)])
        polygon(sheet, [*petal, *back], (mixed(ink, "#FFFFFF", 0.45), mixed(ink, "#FFFFFF", 0.1)))
        stroke(sheet, [*petal, *back], ink, width=4)
    stroke(sheet, curve([(480, 612), (470, 680), (486, 752)]), ink, width=7)
    for way in (-1, 1):
        ellipse(sheet, (480 + way * 74 - 52, 650, 480 + way * 74 + 52, 692), ("#5C7CBC", "#8AA4D3"))
        stroke(
            sheet, curve([(480, 706), (480 + way * 40, 690), (480 + way * 96, 668)]), ink, width=4
        )


def _burn_marks(sheet: Picture) -> None:
    rng = Random("fire")
    for _ in range(16):
        x, y = rng.uniform(350, 590), rng.uniform(440, 760)
        wide = rng.uniform(20, 60)
        tint = rng.choice(("#8A4526", "#CC7A4C", "#6F351D"))
        path = curve(
            [(x - wide, y), (x, y - rng.uniform(4, 18)), (x + wide, y + rng.uniform(-8, 8))]
        )
        stroke(sheet, path, tint, width=rng.uniform(4, 9))
    for y in (372, 390, 408):
        stroke(sheet, curve([(356, y), (480, y + 16), (604, y)]), "#7B3E22", width=5)


def bowlset(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a stack of painted bowls on a plate."""
    accent = TONES[recipe.tone].accent
    ellipse(sheet, (130, 716, 830, 876), round_shade("#E5DCC8"))
    ellipse(sheet, (170, 728, 790, 844), ("#FFFDF5", "#F1E8D6"))
    for place, (y, half) in enumerate(((560, 260), (420, 240), (280, 220))):
        lower = curve([(480 - half, y), (480 - half * 0.82, y + 120), (480 - 90, y + 214)])
        upper = curve([(480 + 90, y + 214), (480 + half * 0.82, y + 120), (480 + half, y)])
        polygon(sheet, [*lower, *upper], round_shade("#F3ECDC"))
        rim = (480 - half, y - 44, 480 + half, y + 44)
        ellipse(sheet, rim, (accent, mixed(accent, "#FFFFFF", 0.3)))
        ellipse(sheet, (rim[0] + 12, rim[1] + 8, rim[2] - 12, rim[3] - 4), ("#D9CFBA", "#FFFDF5"))
        if place in {0, 1}:
            stroke(
                sheet,
                curve([(480 - half * 0.8, y + 92), (480, y + 132), (480 + half * 0.8, y + 92)]),
                accent,
                width=6,
            )
    stamp(sheet, glyph(recipe.subject, 150), (480, 420))
    stamp(sheet, glyph(recipe.subject, 116), (480, 680))


def claypot(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a lidded clay pot that has stood on the fire, with what is cooked in it."""
    clay = "#9A5430"
    half = [(220, 470), (170, 600), (220, 760), (360, 850)]
    left, right = curve(half), curve([(960 - x, y) for x, y in reversed(half)])
    for x in (168, 792):
        ellipse(sheet, (x - 46, 500, x + 46, 590), round_shade(mixed(clay, "#000000", 0.2)))
    polygon(sheet, [*left, *right], round_shade(clay))
    rounded(sheet, (206, 436, 754, 500), round_shade(mixed(clay, "#000000", 0.18)), radius=30)
    polygon(
        sheet,
        curve([(226, 446), (330, 350), (480, 314), (630, 350), (734, 446)]),
        round_shade(clay),
    )
    ellipse(sheet, (436, 262, 524, 338), round_shade(mixed(clay, "#000000", 0.1)))
    for y in (720, 752):
        stroke(
            sheet, curve([(230, y), (480, y + 46), (730, y)]), mixed(clay, "#000000", 0.4), width=6
        )
    stamp(sheet, glyph(recipe.subject, 210), (480, 606))


def nonla(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a conical hat of palm leaf with its ribbon."""
    accent = TONES[recipe.tone].accent
    ribbon = curve(
        [(330, 690), (300, 800), (400, 880), (470, 800), (560, 880), (650, 800), (630, 690)]
    )
    stroke(sheet, ribbon, accent, width=20)
    brim = curve([(96, 650), (240, 730), (480, 762), (720, 730), (864, 650)])
    polygon(
        sheet,
        [(480, 178), *reversed(brim)],
        ("#B89B62", "#EAD7A6", "#FFF6DC", "#F2E1B6", "#A98B54"),
    )
    for step in range(1, 15):
        share = step / 15
        ring = [(480 + (x - 480) * share, 178 + (y - 178) * share) for x, y in brim]
        stroke(sheet, ring, "#C8AC73", width=2.6)
    for step in range(13):
        x, y = brim[round(step * (len(brim) - 1) / 12)]
        stroke(sheet, ((480, 186), (x, y)), "#DCC48E", width=1.8)
    stroke(sheet, brim, "#A5854B", width=9)
    ellipse(sheet, (464, 168, 496, 200), ("#A5854B", "#E2CC96"))


def mat(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a rolled sedge mat, half unrolled."""
    accent = TONES[recipe.tone].accent
    polygon(
        sheet, ((250, 380), (800, 250), (884, 760), (330, 884)), ("#D8BE7E", "#F2E2AE", "#E4CE93")
    )
    for step in range(1, 9):
        share = step / 9
        colour = accent if step in {2, 3, 6, 7} else "#C6A764"
        ends = ((250 + 80 * share, 380 + 504 * share), (800 + 84 * share, 250 + 510 * share))
        stroke(sheet, ends, colour, width=9 if step in {2, 3, 6, 7} else 3)
    for step in range(1, 24):
        share = step / 24
        top = (250 + 550 * share, 380 - 130 * share)
        stroke(sheet, (top, (top[0] + 80 + 4 * share, top[1] + 506)), "#D3B874", width=1.6)
    polygon(
        sheet, ((140, 330), (760, 180), (812, 268), (204, 424)), ("#B08F4E", "#E9D59C", "#C7A865")
    )
    for share in (0.2, 0.36, 0.64, 0.8):
        x, y = 140 + 620 * share, 330 - 150 * share
        stroke(sheet, curve([(x, y), (x + 44, y + 44), (x + 60, y + 92)]), accent, width=15)
    ellipse(sheet, (112, 322, 236, 430), ("#8F7038", "#D9C083"))
    for reach in (44, 30, 16):
        ellipse(sheet, (174 - reach, 376 - reach, 174 + reach, 376 + reach), ("#EAD8A2", "#C3A25C"))
        inner = reach - 7
        ellipse(sheet, (174 - inner, 376 - inner, 174 + inner, 376 + inner), ("#A4834A", "#BF9F5E"))


def print_sheet(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a woodcut on shell paper in a plain frame."""
    accent = TONES[recipe.tone].accent
    rounded(sheet, (196, 110, 764, 866), ("#6E4B2A", "#9A6D42", "#5E3E21"), radius=8)
    rounded(sheet, (226, 140, 734, 836), ("#FFF9E8", "#F6EACB"))
    rounded(
        sheet, (258, 172, 702, 804), (mixed(accent, "#FFF3D6", 0.72), mixed(accent, "#FFF3D6", 0.6))
    )
    rounded(sheet, (270, 184, 690, 792), ("#FBF1D8", "#F7E7C2"))
    stamp(sheet, glyph("chicken", 330), (480, 420))
    for x, size in ((350, 96), (480, 110), (610, 96)):
        stamp(sheet, glyph("lotus", size), (x, 680))
    for x in (300, 660):
        stroke(sheet, curve([(x, 770), (x + (480 - x) * 0.2, 640), (x, 540)]), "#3E6B3F", width=8)
    rounded(sheet, (618, 208, 668, 258), ("#A92B1D", "#A92B1D"), radius=6)


def woodset(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a round board with chopsticks and a spoon."""
    wood = "#A8703C" if recipe.subject == "wood" else "#6B4527"
    ellipse(sheet, (150, 220, 730, 800), round_shade(mixed(wood, "#000000", 0.25)))
    ellipse(
        sheet, (150, 196, 730, 776), (mixed(wood, "#FFFFFF", 0.34), mixed(wood, "#FFFFFF", 0.14))
    )
    for reach in (250, 206, 160, 112, 66, 26):
        rim = (440 - reach, 486 - reach * 0.98, 440 + reach, 486 + reach * 0.98)
        colour = mixed(wood, "#FFFFFF", 0.12 + (250 - reach) / 1400)
        ellipse(sheet, rim, (colour, mixed(colour, "#000000", 0.08)))
        ellipse(
            sheet,
            (rim[0] + 6, rim[1] + 6, rim[2] - 6, rim[3] - 6),
            (mixed(wood, "#FFFFFF", 0.34), mixed(wood, "#FFFFFF", 0.22)),
        )
    dark = mixed(wood, "#000000", 0.35)
    for x in (640, 700):
        stroke(sheet, ((x, 870), (x + 120, 150)), mixed(dark, "#000000", 0.2), width=22)
        stroke(sheet, ((x - 4, 870), (x + 116, 150)), dark, width=14)
    stroke(sheet, ((330, 862), (520, 420)), dark, width=26)
    ellipse(sheet, (476, 262, 616, 452), round_shade(dark))
    ellipse(
        sheet, (500, 284, 594, 420), (mixed(dark, "#000000", 0.3), mixed(dark, "#FFFFFF", 0.12))
    )


def lacquer(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a lacquer tray with a golden flower."""
    main = "#8F1F16" if recipe.tone == "lacquer" else "#1E1A17"
    rounded(
        sheet,
        (120, 250, 840, 800),
        (mixed(main, "#000000", 0.5), mixed(main, "#000000", 0.2)),
        radius=120,
    )
    rounded(sheet, (120, 228, 840, 776), ("#C99A3B", "#F0D489", "#B98629"), radius=118)
    rounded(
        sheet,
        (134, 240, 826, 762),
        (mixed(main, "#FFFFFF", 0.12), main, mixed(main, "#000000", 0.3)),
        radius=110,
    )
    rounded(sheet, (176, 276, 784, 726), (main, mixed(main, "#FFFFFF", 0.10), main), radius=88)
    stroke(
        sheet, curve([(210, 380), (240, 320), (320, 296)]), mixed(main, "#FFFFFF", 0.45), width=12
    )
    for way in (-1, 1):
        stem = curve([(480, 620), (480 + way * 110, 640), (480 + way * 210, 560)])
        stroke(sheet, stem, "#D9B25A", width=7)
        ellipse(
            sheet, (480 + way * 214 - 44, 516, 480 + way * 214 + 44, 584), ("#D9B25A", "#A97F2E")
        )
    stamp(sheet, glyph(recipe.subject, 280), (480, 480))
