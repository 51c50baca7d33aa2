"""Scans that are handed in: decoded before any lock is taken, kept within the transaction."""

from dataclasses import dataclass
from typing import BinaryIO

from shop.core import files, images
from shop.core.files import StoredFile


@dataclass(frozen=True)
class Scan:
    """A scan that was found good: a PDF as it came, or a picture rebuilt from its pixels."""

    original_name: str
    pdf: bytes | None = None
    picture: images.Picture | None = None


def read_scan(stream: BinaryIO, original_name: str) -> Scan:
    """Read an upload; raise InvalidInput unless it is a sound PDF or picture of bearable size."""
    data = files.read_limited(stream)
    if data.startswith(b"%PDF-"):
        images.count_pdf_pages(data)
        return Scan(original_name, pdf=data)
    return Scan(original_name, picture=images.rebuild(data))


def keep_scan(scan: Scan) -> StoredFile:
    """Keep a scan as a private file."""
    if scan.picture is not None:
        return files.keep_picture(scan.picture, original_name=scan.original_name, private=True)
    return files.store_document(scan.pdf or b"", original_name=scan.original_name)
