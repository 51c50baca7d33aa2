"""Stored pictures as templates show them: an address, the smaller copies, a size and words."""

from dataclasses import dataclass

from shop.core import files
from shop.web.links import url_for


@dataclass(frozen=True)
class ShownPicture:
    """What `picture()` needs; `width` and `height` are those of the master, in pixels."""

    url: str
    srcset: str
    width: int
    height: int
    alt: str


def shown(stored: files.StoredFile, alt: str = "", *, width: int = 640) -> ShownPicture:
    """Return a stored picture ready to show at about this width."""
    return shown_by_name(stored.name, stored.width or 0, stored.height or 0, alt=alt, width=width)


def shown_by_name(
    name: str, full_width: int, full_height: int, *, alt: str = "", width: int = 640
) -> ShownPicture:
    """Return a picture known by its name and size; copies appear once the worker made them."""
    sizes = [size for size in files.SIZES if size < full_width]
    candidates = [f"{_url(files.variant_name(name, size))} {size}w" for size in sizes]
    near = next((size for size in sizes if size >= width), None)
    return ShownPicture(
        url=_url(files.variant_name(name, near) if near else name),
        srcset=", ".join([*candidates, f"{_url(name)} {full_width}w"]) if sizes else "",
        width=full_width,
        height=full_height,
        alt=alt,
    )


def _url(name: str) -> str:
    return url_for("web.upload", name=name)
