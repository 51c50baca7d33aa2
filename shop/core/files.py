"""Files that people hand in: random names, content checked, pictures rebuilt from their pixels.

The bytes live under DATA_DIR/uploads; a row knows what they are. A picture is turned upright,
freed of its metadata and kept as one master; the worker makes the smaller sizes.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from flask import current_app
from flask_babel import lazy_gettext
from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock, images, outbox
from shop.core.db import Base, Id, db, transaction
from shop.core.errors import InvalidInput, NotFound

MOST_BYTES = 15 * 1024 * 1024
SIZES = (320, 640, 1280)
VARIANT_TOPIC = "files.variants"
_NAME = re.compile(r"[0-9a-f]{32}(-p?\d{1,4})?\.(webp|pdf)")


class StoredFile(Base):
    """A file on disk: a picture (WebP master) or a PDF; `is_private` ones need a view to say so."""

    __tablename__ = "stored_files"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(48), unique=True)
    content_type: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    original_name: Mapped[str] = mapped_column(String(200), default="")
    width: Mapped[int | None]
    height: Mapped[int | None]
    pages: Mapped[int | None]
    is_private: Mapped[bool] = mapped_column(default=False)
    has_variants: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    @property
    def is_picture(self) -> bool:
        """Tell whether the file is a picture rather than a document."""
        return self.content_type.startswith("image/")


def read_limited(stream: BinaryIO, most_bytes: int = MOST_BYTES) -> bytes:
    """Read an upload whole; raise InvalidInput when it is empty or too large."""
    data = stream.read(most_bytes + 1)
    if not data:
        raise InvalidInput(lazy_gettext("The file is empty. Please choose it again."))
    if len(data) > most_bytes:
        raise InvalidInput(
            lazy_gettext("The file is larger than 15 MB. Please choose a smaller one.")
        )
    return data


def store_picture(data: bytes, *, original_name: str = "", private: bool = False) -> StoredFile:
    """Keep a picture as an upright WebP without metadata; raise InvalidInput if it is not one."""
    return keep_picture(images.rebuild(data), original_name=original_name, private=private)


def keep_picture(
    master: images.Picture, *, original_name: str = "", private: bool = False
) -> StoredFile:
    """Keep a picture that was rebuilt before the transaction began, so that no lock waits."""
    stored = _write(master.data, "image/webp", original_name, private=private)
    stored.width, stored.height = master.width, master.height
    db.session.flush()
    outbox.send(VARIANT_TOPIC, {"file_id": stored.id}, key=f"{VARIANT_TOPIC}:{stored.id}")
    return stored


@dataclass(frozen=True)
class Document:
    """An upload that was found good: a PDF as it came, or a picture rebuilt from its pixels."""

    original_name: str = ""
    pdf: bytes = b""
    pages: int = 0
    picture: images.Picture | None = None


def read_document(data: bytes, original_name: str = "") -> Document:
    """Read a PDF or a picture before any transaction, so that no lock waits for its pixels.

    Raises InvalidInput when it is neither, or too much to be shown.
    """
    if data.startswith(b"%PDF-"):
        return Document(original_name, pdf=data, pages=images.count_pdf_pages(data))
    return Document(original_name, picture=images.rebuild(data))


def keep_document(document: Document) -> StoredFile:
    """Keep a document as a private file; a PDF is shown only as pictures of its pages."""
    if document.picture is not None:
        return keep_picture(document.picture, original_name=document.original_name, private=True)
    stored = _write(document.pdf, "application/pdf", document.original_name, private=True)
    stored.pages = document.pages
    db.session.flush()
    outbox.send(VARIANT_TOPIC, {"file_id": stored.id}, key=f"{VARIANT_TOPIC}:{stored.id}")
    return stored


def _write(data: bytes, content_type: str, original_name: str, *, private: bool) -> StoredFile:
    suffix = ".pdf" if content_type == "application/pdf" else ".webp"
    stored = StoredFile(
        name=secrets.token_hex(16) + suffix,
        content_type=content_type,
        size_bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        original_name=original_name[:200],
        is_private=private,
        created_at=clock.now(),
    )
    path = path_of(stored.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(data)
    part.rename(path)
    db.session.add(stored)
    return stored


def uploads_dir() -> Path:
    """Return the folder of all uploads."""
    return Path(current_app.config["DATA_DIR"]) / "uploads"


def path_of(name: str) -> Path:
    """Return where a file of this random name lies; raise NotFound for a name of another shape."""
    if not _NAME.fullmatch(name):
        raise NotFound
    return uploads_dir() / name[:2] / name


def variant_name(name: str, width: int) -> str:
    """Return the name of a smaller copy of a picture."""
    return f"{Path(name).stem}-{width}.webp"


def page_name(name: str, page: int) -> str:
    """Return the name of the picture of a PDF's page; pages count from 1."""
    return f"{Path(name).stem}-p{page}.webp"


def master_stem(name: str) -> str:
    """Return the random part of a file's name, the same for all its copies."""
    if not _NAME.fullmatch(name):
        raise NotFound
    return Path(name).stem.partition("-")[0]


def find(stem: str) -> StoredFile | None:
    """Return the file whose random part this is."""
    return db.session.scalar(
        select(StoredFile).where(StoredFile.name.in_((f"{stem}.webp", f"{stem}.pdf")))
    )


@outbox.handler(VARIANT_TOPIC)
def make_variants(payload: outbox.Payload) -> None:
    """Write the smaller copies of a picture, or the pictures of a PDF's pages."""
    stored = db.session.get(StoredFile, payload["file_id"])
    if stored is None or stored.has_variants:
        return
    source = path_of(stored.name)
    if stored.is_picture:
        for width in SIZES:
            if stored.width and stored.width > width:
                _put(variant_name(stored.name, width), images.shrink(source, width))
    else:
        for page, data in enumerate(images.render_pdf(source), start=1):
            _put(page_name(stored.name, page), data)
    with transaction():
        found = db.session.get(StoredFile, payload["file_id"])
        if found is not None:
            found.has_variants = True


def _put(name: str, data: bytes) -> None:
    part = path_of(name).with_suffix(".part")
    part.write_bytes(data)
    part.rename(path_of(name))
