"""The picture of a product from its recipe: the same recipe gives the same bytes."""

from collections.abc import Callable
from io import BytesIO

from shop.demo.content.records import PictureRecipe
from shop.demo.pictures import cloth, crafts, garden, packs
from shop.demo.pictures.fruit import crate
from shop.demo.pictures.glyphs import glyph
from shop.demo.pictures.paper import Picture, empty, set_down, stamp

MIME = "image/webp"
_QUALITIES = (80, 66, 50)  # the first that keeps to the size
LARGEST = 40_000


def render(recipe: PictureRecipe) -> bytes:
    """Return the picture of a recipe: 960 × 960 WebP of at most 40 KB."""
    goods = empty()
    SHAPES[recipe.shape](goods, recipe)
    picture = set_down(goods, recipe.tone)
    return next(
        data
        for quality in _QUALITIES
        if len(data := _webp(picture, quality)) <= LARGEST or quality == _QUALITIES[-1]
    )


def _webp(picture: Picture, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "WEBP", quality=quality, method=2)
    return out.getvalue()


def _one(sheet: Picture, recipe: PictureRecipe) -> None:
    stamp(sheet, glyph(recipe.subject, 600), (480, 488))


def _heap(sheet: Picture, recipe: PictureRecipe) -> None:
    for x, y, size in ((296, 400, 360), (664, 380, 360), (480, 580, 460)):
        stamp(sheet, glyph(recipe.subject, size), (x, y))


def _crate(sheet: Picture, recipe: PictureRecipe) -> None:
    crate(sheet, recipe.subject)


SHAPES: dict[str, Callable[[Picture, PictureRecipe], None]] = {
    "one": _one,
    "heap": _heap,
    "crate": _crate,
    "bottle": packs.bottle,
    "flask": packs.flask,
    "jar": packs.jar,
    "pouch": packs.pouch,
    "box": packs.box,
    "tin": packs.tin,
    "sack": packs.sack,
    "tray": packs.tray,
    "dropper": packs.dropper,
    "pump": packs.pump,
    "pillbox": packs.pillbox,
    "vase": crafts.vase,
    "bowlset": crafts.bowlset,
    "claypot": crafts.claypot,
    "nonla": crafts.nonla,
    "mat": crafts.mat,
    "print": crafts.print_sheet,
    "woodset": crafts.woodset,
    "lacquer": crafts.lacquer,
    "brocade": cloth.brocade,
    "roll": cloth.roll,
    "blossom": garden.blossom,
    "bonsai": garden.bonsai,
}
