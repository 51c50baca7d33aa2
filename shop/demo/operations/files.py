"""The files of the demo floor: drawn, written with their smaller copies, shared by many rows."""

import hashlib
import io
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from PIL import Image

from shop.core import files
from shop.core.files import StoredFile
from shop.demo.content.records import PictureRecipe
from shop.demo.operations.rows import Rows
from shop.demo.pictures.compose import render

QUALITY = 80
AT_ONCE = 2


@dataclass(frozen=True)
class Kept:
    """A picture on disk, as its row tells it."""

    name: str
    size_bytes: int
    sha256: str
    width: int
    height: int


class Gallery:
    """The pictures of one load; goods with the same recipe share one file."""

    def __init__(self, seed: int) -> None:
        """Keep the seed that the names are made of."""
        self.seed = seed
        self._drawn: dict[str, Kept] = {}
        self._rows: dict[str, int] = {}
        self.papers = 0

    def draw(self, recipes: Iterable[PictureRecipe]) -> None:
        """Draw every recipe once and write it; this takes longest, so no database is locked."""
        wanted = {recipe.key: recipe for recipe in recipes}
        paths = [self._path(key) for key in wanted]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for key, kept in zip(wanted, pool.map(_draw, wanted.values(), paths), strict=True):
                self._drawn[key] = kept

    def picture(self, rows: Rows, recipe: PictureRecipe, *, at: datetime) -> int:
        """Return the file of a drawn recipe; its row is added when it is first asked for."""
        if recipe.key not in self._rows:
            self._rows[recipe.key] = _add(rows, self._drawn[recipe.key], at=at)
        return self._rows[recipe.key]

    def paper(self, rows: Rows, key: str, make: Callable[[], bytes], *, at: datetime) -> int:
        """Return the private scan of this key, drawn when it is first asked for."""
        if key not in self._rows:
            kept = _keep(_master(make()), self._path(key))
            self.papers += 1
            self._rows[key] = _add(rows, kept, at=at, is_private=True)
        return self._rows[key]

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(f"{self.seed}/file/{key}".encode()).hexdigest()[:32]
        path = files.path_of(f"{name}.webp")
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def _draw(recipe: PictureRecipe, path: Path) -> Kept:
    return _keep(render(recipe), path)


def _keep(data: bytes, path: Path) -> Kept:
    """Write a picture and the smaller copies that the worker would have made."""
    path.write_bytes(data)
    with Image.open(io.BytesIO(data)) as picture:
        kept = Kept(path.name, len(data), hashlib.sha256(data).hexdigest(), *picture.size)
        copy: Image.Image = picture
        for width in sorted(files.SIZES, reverse=True):
            if width < kept.width:
                size = (width, round(kept.height * width / kept.width))
                copy = copy.resize(size, Image.Resampling.BICUBIC)
                small = path.with_name(files.variant_name(path.name, width))
                small.write_bytes(_encoded(copy))
    return kept


def _master(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as picture:
        return _encoded(picture)


def _encoded(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=2)
    return out.getvalue()


def _add(rows: Rows, kept: Kept, *, at: datetime, is_private: bool = False) -> int:
    return rows.add(
        StoredFile,
        **asdict(kept),
        content_type="image/webp",
        original_name="",
        pages=None,
        is_private=is_private,
        has_variants=True,
        created_at=at,
    )
