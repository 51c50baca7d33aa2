"""Own drawings of packs: bottles, jars, pouches, boxes, each with its paper label."""

from shop.demo.content.records import PictureRecipe
from shop.demo.pictures.glyphs import glyph
from shop.demo.pictures.labels import band, label
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

_CONTENTS = {
    "fish": "#8A4314", "chilli": "#C6361E", "coconut": "#E7D9B8", "beans": "#6B3A1B",
    "droplet": "#BFDFF0", "lemon": "#E6BE35", "pineapple": "#EBC24A", "pear": "#C9A24E",
    "cherries": "#7C1F3A", "lotus": "#EFE3CF", "ginger": "#DDA53F", "orange": "#D9661E",
    "honey": "#D9921E", "bee": "#E0A63A", "wood": "#6A3716", "rice": "#F0E6D0",
    "violet-rice": "#45193A", "dried-fish": "#A0672E",
    "salt": "#F4F1EA", "shrimp": "#B5472F", "garlic": "#3B2A20", "herb": "#6F8B3D",
    "mushroom": "#D88A3A", "sunflower": "#E3B93C", "leaf": "#4C7A3A", "chestnut": "#5B3620",
}  # fmt: skip
_CLEAR = {"corn", "sheaf", "rice"}


def bottle(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a tall bottle, as of fish sauce or juice."""
    colour, accent = _CONTENTS.get(recipe.subject, "#9A5A20"), TONES[recipe.tone].accent
    right = curve([(524, 262), (534, 318), (612, 400), (624, 470)])
    left = [(960 - x, y) for x, y in reversed(right)]
    body = [*left, *right, (624, 850), (602, 880), (358, 880), (336, 850)]
    polygon(sheet, body, round_shade(colour))
    rounded(sheet, (436, 196, 524, 270), round_shade(mixed(colour, "#FFFFFF", 0.25)), radius=8)
    rounded(sheet, (424, 106, 536, 206), round_shade(accent), radius=16)
    stroke(sheet, ((372, 480), (372, 840)), mixed(colour, "#FFFFFF", 0.42), width=11)
    label(sheet, (336, 500, 624, 826), recipe.label, subject=recipe.subject, tone=recipe.tone)


def flask(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a squat bottle of spirit or wine with a stopper."""
    is_clear = recipe.subject in _CLEAR
    colour = "#DDEBE6" if is_clear else _CONTENTS.get(recipe.subject, "#C98A2E")
    right = curve(
        [(520, 250), (524, 330), (600, 392), (676, 500), (684, 650), (640, 800), (560, 868)]
    )
    left = [(960 - x, y) for x, y in reversed(right)]
    polygon(sheet, [*left, *right], round_shade(colour))
    rounded(sheet, (428, 214, 532, 262), round_shade(mixed(colour, "#FFFFFF", 0.2)), radius=12)
    rounded(sheet, (440, 110, 520, 226), ("#B98A55", "#E0BC8B", "#9C6D3B"), radius=18)
    stroke(
        sheet, curve([(330, 470), (300, 580), (306, 690)]), mixed(colour, "#FFFFFF", 0.6), width=14
    )
    label(sheet, (342, 480, 618, 782), recipe.label, subject=recipe.subject, tone=recipe.tone)


def jar(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a glass jar with a cloth lid."""
    colour, accent = _CONTENTS.get(recipe.subject, "#C98A3E"), TONES[recipe.tone].accent
    rounded(sheet, (262, 300, 698, 876), round_shade(mixed(colour, "#FFFFFF", 0.55)), radius=84)
    rounded(sheet, (278, 372, 682, 862), round_shade(colour), radius=74)
    rounded(sheet, (286, 190, 674, 318), round_shade(accent), radius=26)
    rounded(sheet, (286, 250, 674, 262), round_shade(mixed(accent, "#000000", 0.25)), radius=4)
    stroke(sheet, ((304, 410), (304, 800)), mixed(colour, "#FFFFFF", 0.5), width=12)
    label(sheet, (322, 420, 638, 800), recipe.label, subject=recipe.subject, tone=recipe.tone)


def pouch(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a stand-up pouch of kraft paper."""
    side = [(266, 150), (258, 420), (244, 700), (232, 862)]
    left, right = curve(side), curve([(960 - x, y) for x, y in reversed(side)])
    foot = curve([(232, 862), (480, 892), (728, 862)])
    polygon(sheet, [*left, *foot, *right], ("#B98C58", "#DDB888", "#CFA671", "#C59A63", "#9C7040"))
    rounded(sheet, (266, 132, 694, 204), ("#A87C49", "#D2AB79", "#94693A"), radius=8)
    for x in range(280, 690, 14):
        stroke(sheet, ((x, 144), (x, 192)), "#A97D4B", width=3)
    ellipse(sheet, (460, 156, 500, 180), ("#6E4B25", "#8A6236"))
    label(sheet, (304, 268, 656, 770), recipe.label, subject=recipe.subject, tone=recipe.tone)


def box(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a cardboard gift box seen from a corner."""
    accent = TONES[recipe.tone].accent
    light = mixed(accent, "#FFFFFF", 0.28)
    polygon(
        sheet,
        ((176, 300), (300, 206), (822, 206), (700, 300)),
        (light, mixed(light, "#FFFFFF", 0.3)),
    )
    polygon(
        sheet,
        ((700, 300), (822, 206), (822, 744), (700, 856)),
        (accent, mixed(accent, "#000000", 0.24)),
    )
    rounded(sheet, (176, 300, 702, 858), (mixed(accent, "#FFFFFF", 0.12), accent), radius=6)
    polygon(sheet, ((410, 300), (534, 206), (580, 206), (456, 300)), ("#F3DFA8", "#E3C16D"))
    label(sheet, (232, 344, 646, 816), recipe.label, subject=recipe.subject, tone=recipe.tone)


def tin(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a round tea tin."""
    accent = TONES[recipe.tone].accent
    body, lid = round_shade(accent), round_shade(mixed(accent, "#E9C46A", 0.55))
    ellipse(sheet, (276, 792, 684, 892), body)
    rounded(sheet, (276, 300, 684, 842), body)
    ellipse(sheet, (268, 250, 692, 356), lid)
    rounded(sheet, (268, 196, 692, 304), lid)
    ellipse(sheet, (268, 142, 692, 250), (mixed(lid[1], "#FFFFFF", 0.2), lid[2]))
    ellipse(sheet, (440, 168, 520, 212), lid)
    label(sheet, (316, 388, 644, 802), recipe.label, subject=recipe.subject, tone=recipe.tone)


def sack(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a woven sack tied at the top."""
    half = [(440, 246), (330, 300), (262, 430), (236, 640), (262, 830), (330, 884)]
    left = curve(half)
    right = curve([(960 - x, y) for x, y in reversed(half)])
    colours = ("#CDB78F", "#F3E7CD", "#E9D9B8", "#DCC8A0", "#B39B6E")
    polygon(sheet, [*left, *right], colours)
    polygon(
        sheet,
        curve([(446, 236), (380, 150), (440, 170), (480, 140), (520, 170), (580, 150), (514, 236)]),
        colours,
    )
    accent = TONES[recipe.tone].accent
    rounded(sheet, (432, 228, 528, 260), round_shade(accent), radius=14)
    label(sheet, (306, 386, 654, 800), recipe.label, subject=recipe.subject, tone=recipe.tone)


def tray(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a sealed tray with the goods under film and a paper sleeve."""
    rounded(sheet, (138, 226, 822, 826), ("#8A6A45", "#B8935F", "#7B5C38"), radius=58)
    rounded(sheet, (168, 256, 792, 796), ("#F7EEDC", "#FFFAEE", "#EFE2C8"), radius=40)
    for x, y, size in ((310, 420, 250), (650, 420, 250), (480, 452, 300)):
        stamp(sheet, glyph(recipe.subject, size), (x, y))
    stroke(sheet, curve([(196, 330), (250, 284), (330, 272)]), "#FFFFFF", width=10)
    band(sheet, (138, 606, 822, 772), recipe.label, tone=recipe.tone)


def dropper(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a small brown bottle with a dropper, and the plant beside it."""
    stamp(sheet, glyph(recipe.subject, 340), (690, 700))
    rounded(
        sheet,
        (268, 392, 572, 880),
        ("#4A230C", "#A7622A", "#8A4A1C", "#5F2E10", "#381806"),
        radius=54,
    )
    rounded(sheet, (350, 320, 490, 402), round_shade("#2E2A26"), radius=14)
    rounded(sheet, (380, 130, 460, 330), round_shade("#3B352F"), radius=38)
    label(sheet, (268, 476, 572, 820), recipe.label, subject=recipe.subject, tone=recipe.tone)


def pump(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a bottle with a pump."""
    accent = TONES[recipe.tone].accent
    rounded(sheet, (310, 350, 650, 884), round_shade(mixed(accent, "#FFFFFF", 0.35)), radius=60)
    rounded(sheet, (412, 280, 548, 362), round_shade("#F3EBDD"), radius=10)
    rounded(sheet, (460, 180, 500, 290), round_shade("#E7DCC8"))
    rounded(sheet, (352, 142, 556, 196), round_shade("#F3EBDD"), radius=24)
    label(sheet, (310, 450, 650, 812), recipe.label, subject=recipe.subject, tone=recipe.tone)


def pillbox(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a low round jar with a wide lid."""
    accent = TONES[recipe.tone].accent
    rounded(sheet, (216, 350, 744, 862), round_shade("#F1E9DA"), radius=70)
    rounded(sheet, (196, 210, 764, 372), round_shade(accent), radius=34)
    for x in range(216, 760, 22):
        stroke(sheet, ((x, 236), (x, 346)), mixed(accent, "#000000", 0.18), width=4)
    label(sheet, (276, 408, 684, 812), recipe.label, subject=recipe.subject, tone=recipe.tone)
