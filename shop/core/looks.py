"""How a scan looks, whatever its size, quality and margins: a rough print, and a close comparison.

The empty margin is cut off first, so that a copy with less of it looks the same.
"""

from PIL import Image, ImageChops, ImageFilter, ImageOps

EDGE = 32
NOISE = 2  # grey levels; paper without ink has no slope
INK = 128  # darker than this is ink, not paper
CLOSE_SIZE = (512, 724)
SPOT = 12  # about a word of small print, in pixels of the close size
LIGHTEST_INK = 32  # of the 1,024 bits; a blank sheet looks like every blank sheet


def print_of(picture: Image.Image) -> str:
    """Return a rough print: 1,024 bits in hexadecimal, each says whether it gets lighter there.

    Empty for a sheet with hardly anything on it, which proves nothing.
    """
    grey = _trimmed(picture).resize((EDGE + 1, EDGE), Image.Resampling.BOX).tobytes()
    bits = 0
    for place in range(EDGE * (EDGE + 1)):
        if place % (EDGE + 1) < EDGE:
            bits = bits << 1 | (grey[place] + NOISE < grey[place + 1])
    return f"{bits:0{EDGE * EDGE // 4}x}" if bits.bit_count() >= LIGHTEST_INK else ""


def worst_spot(one: Image.Image, other: Image.Image) -> int:
    """Return the grey levels by which two scans differ where they differ most, 0 to 255.

    Saving anew blurs all of a picture a little; another name changes a few spots much.
    """
    apart = ImageChops.difference(_close(one), _close(other))
    width, height = CLOSE_SIZE
    spots = apart.resize((width // SPOT, height // SPOT), Image.Resampling.BOX)
    return max(spots.tobytes())


def _close(picture: Image.Image) -> Image.Image:
    small = _trimmed(picture).resize(CLOSE_SIZE, Image.Resampling.BOX)
    return ImageOps.autocontrast(small.filter(ImageFilter.GaussianBlur(1.5)), cutoff=1)


def _trimmed(picture: Image.Image) -> Image.Image:
    """Return the grey picture without its empty margin."""
    grey = picture.convert("L")
    ink = grey.point([255] * INK + [0] * (256 - INK)).getbbox()
    return grey.crop(ink) if ink else grey
