"""Own drawings of pots that flower at Tết, and of trained trees."""

import math
from random import Random

from shop.demo.content.records import PictureRecipe
from shop.demo.pictures.paper import (
    TONES,
    Picture,
    curve,
    ellipse,
    mixed,
    polygon,
    round_shade,
    rounded,
    stroke,
)

_BLOSSOMS = {"mai": "#F6C927", "peach": "#EE7FA0", "kumquat": "#F29A1F"}
_BARK = "#5A3F2A"
_BRANCHES = (
    ((480, 700), (470, 560), (500, 430), (470, 300), (490, 190)),
    ((478, 590), (380, 500), (300, 470), (220, 380)),
    ((486, 520), (580, 440), (670, 420), (742, 330)),
    ((490, 420), (410, 340), (350, 260), (310, 210)),
    ((482, 350), (570, 290), (620, 230), (650, 170)),
    ((380, 500), (310, 560), (240, 560)),
    ((600, 436), (680, 510), (750, 520)),
)


def pot(sheet: Picture, tone: str, *, is_low: bool = False) -> None:
    """Draw a glazed pot: tall for a blossoming tree, low for a trained one."""
    glaze = round_shade(mixed(TONES[tone].accent, "#FFFFFF", 0.12))
    if is_low:
        polygon(sheet, ((226, 750), (734, 750), (682, 862), (278, 862)), glaze)
        rounded(sheet, (208, 724, 752, 772), glaze, radius=12)
        return
    polygon(sheet, ((330, 716), (630, 716), (586, 884), (374, 884)), glaze)
    rounded(sheet, (308, 680, 652, 738), glaze, radius=16)


def blossom(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a potted tree in flower or in fruit."""
    rng, colour = Random(recipe.key), _BLOSSOMS[recipe.subject]
    for place, branch in enumerate(_BRANCHES):
        stroke(sheet, curve(branch), _BARK, width=30 if place == 0 else 13)
        stroke(sheet, curve([(x - 4, y) for x, y in branch]), mixed(_BARK, "#FFFFFF", 0.2), width=6)
    spots = [spot for branch in _BRANCHES for spot in curve(branch, steps=5)[2:] if spot[1] < 610]
    leaves = 130 if recipe.subject == "kumquat" else 46
    for _ in range(leaves):
        x, y = rng.choice(spots)
        _leaf(sheet, (x + rng.gauss(0, 44), y + rng.gauss(0, 40)), angle=rng.uniform(0, math.tau))
    for _ in range(64 if recipe.subject != "kumquat" else 40):
        x, y = rng.choice(spots)
        spot = (x + rng.gauss(0, 36), y + rng.gauss(0, 34))
        if recipe.subject == "kumquat":
            _ball(sheet, spot, colour)
        else:
            _flower(sheet, spot, colour, size=rng.uniform(17, 25))
    pot(sheet, recipe.tone)


def _flower(sheet: Picture, place: tuple[float, float], colour: str, *, size: float) -> None:
    for turn in range(5):
        x = place[0] + size * 0.72 * math.cos(turn * math.tau / 5)
        y = place[1] + size * 0.72 * math.sin(turn * math.tau / 5)
        half = size * 0.62
        petal = (x - half, y - half, x + half, y + half)
        ellipse(sheet, petal, (mixed(colour, "#FFFFFF", 0.25), mixed(colour, "#A03A10", 0.12)))
    heart = size * 0.36
    box = (place[0] - heart, place[1] - heart, place[0] + heart, place[1] + heart)
    ellipse(sheet, box, ("#C4561C", "#E08A2E"))


def _ball(sheet: Picture, place: tuple[float, float], colour: str) -> None:
    x, y = place
    ellipse(
        sheet,
        (x - 22, y - 22, x + 22, y + 22),
        (mixed(colour, "#FFFFFF", 0.2), mixed(colour, "#8A3A00", 0.35)),
    )
    ellipse(sheet, (x - 13, y - 14, x - 1, y - 4), ("#FFE2A6", "#FFD483"))


def _leaf(sheet: Picture, place: tuple[float, float], *, angle: float) -> None:
    x, y = place
    along, across = (
        (math.cos(angle) * 26, math.sin(angle) * 26),
        (math.sin(angle) * 9, -math.cos(angle) * 9),
    )
    points = (
        (x - along[0], y - along[1]),
        (x + across[0], y + across[1]),
        (x + along[0], y + along[1]),
        (x - across[0], y - across[1]),
    )
    polygon(sheet, curve([*points, points[0]], steps=5), ("#6FA04A", "#3C6B34"))


def bonsai(sheet: Picture, recipe: PictureRecipe) -> None:
    """Draw a trained tree with its storeys of leaves in a low pot."""
    trunk = curve([(500, 740), (430, 660), (520, 560), (600, 470), (520, 370), (470, 280)])
    for width, colour in ((54, _BARK), (20, mixed(_BARK, "#FFFFFF", 0.22))):
        stroke(sheet, trunk, colour, width=width)
    stroke(sheet, curve([(540, 540), (420, 500), (310, 500)]), _BARK, width=24)
    stroke(sheet, curve([(590, 470), (680, 430), (740, 440)]), _BARK, width=20)
    for way in (-1, 1):
        root = curve([(500, 716), (500 + way * 60, 744), (500 + way * 120, 748)])
        stroke(sheet, root, _BARK, width=24)
    rng = Random("bonsai")
    for x, y, wide in ((300, 470, 150), (720, 410, 140), (470, 250, 170), (590, 330, 110)):
        _cloud(sheet, (x, y, wide), rng)
    pot(sheet, "lacquer" if recipe.tone == "leaf" else "ocean", is_low=True)


def _cloud(sheet: Picture, pad: tuple[int, int, int], rng: Random) -> None:
    x, y, wide = pad
    for depth, tint in ((0.0, "#2F5D33"), (0.35, "#4A8044"), (0.75, "#76AC5C")):
        for _ in range(16):
            px = x + rng.uniform(-1, 1) * wide * (1 - depth * 0.4)
            py = y + rng.uniform(-0.28, 0.24) * wide - depth * wide * 0.22
            size = rng.uniform(20, 40)
            ellipse(
                sheet,
                (px - size, py - size * 0.7, px + size, py + size * 0.7),
                (mixed(tint, "#FFFFFF", 0.12), tint),
            )
