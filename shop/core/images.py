"""Pictures from strangers: limits before decoding, new pixels after it."""

import io
import warnings
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import pi_heif
import pypdfium2
from flask_babel import lazy_gettext
from PIL import Image, ImageOps

from shop.core.errors import InvalidInput

MOST_PIXELS = 50_000_000
MOST_UNSHRUNK = 16_000_000  # of formats that no camera uses and that cannot be decoded smaller
CAMERA_FORMATS = frozenset({"JPEG", "HEIF"})
MASTER_EDGE = 1920
LEAST_EDGE = 40
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
MOST_PDF_PAGES = 20
PDF_WIDTH = 1280

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
pi_heif.register_heif_opener()
_one_at_a_time = Lock()  # a file of a few bytes may take hundreds of megabytes while it is read


class Picture(NamedTuple):
    """An encoded WebP and its size in pixels."""

    data: bytes
    width: int
    height: int


def rebuild(data: bytes) -> Picture:
    """Decode a JPEG, PNG, WebP or HEIC, turn it upright and encode its pixels anew, nothing else.

    Raises InvalidInput when it is none of these, is damaged, or holds too many pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with _one_at_a_time, Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                _check_size(opened)
                picture = _fresh(opened)
    except InvalidInput:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except Exception as error:
        raise InvalidInput(
            lazy_gettext("This is not a picture we can read. Please use JPEG, PNG, WebP or HEIC.")
        ) from error
    return Picture(_encode(picture), picture.width, picture.height)


def _check_size(opened: Image.Image) -> None:
    most = MOST_PIXELS if opened.format in CAMERA_FORMATS else MOST_UNSHRUNK
    if opened.width * opened.height > most:
        raise _too_large()
    if min(opened.size) < LEAST_EDGE:
        raise InvalidInput(lazy_gettext("The picture is too small. Each side needs 40 pixels."))


def _too_large() -> InvalidInput:
    return InvalidInput(lazy_gettext("The picture has too many pixels. Please make it smaller."))


def _fresh(opened: Image.Image) -> Image.Image:
    """Return the upright pixels on a new canvas, so that no metadata comes along."""
    opened.draft("RGB", (MASTER_EDGE, MASTER_EDGE))
    opened.thumbnail((MASTER_EDGE, MASTER_EDGE), Image.Resampling.LANCZOS)
    rgba = ImageOps.exif_transpose(opened).convert("RGBA")
    canvas = Image.new("RGB", rgba.size, "white")
    canvas.paste(rgba, mask=rgba.getchannel("A"))
    return canvas


def _encode(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()


def shrink(source: Path, width: int) -> bytes:
    """Return a stored picture as WebP of at most this width."""
    with Image.open(source, formats=("WEBP",)) as opened:
        opened.thumbnail((width, width * 4), Image.Resampling.LANCZOS)
        return _encode(opened.convert("RGB"))


def count_pdf_pages(data: bytes) -> int:
    """Return the number of pages; raise InvalidInput for a damaged, locked or endless PDF."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            pages = len(document)
    except pypdfium2.PdfiumError as error:
        raise InvalidInput(
            lazy_gettext("This PDF cannot be read. Please scan it again or send a picture.")
        ) from error
    if not 0 < pages <= MOST_PDF_PAGES:
        raise InvalidInput(lazy_gettext("The PDF may have at most 20 pages."))
    return pages


def render_pdf(source: Path) -> list[bytes]:
    """Return each page of a PDF as a WebP picture."""
    with pypdfium2.PdfDocument(source) as document:
        pages = [_encode(_page_picture(page)) for page in document]
    return pages


def _page_picture(page: pypdfium2.PdfPage) -> Image.Image:
    """Render a page; one of any measure becomes a picture of bounded size."""
    scale = min(PDF_WIDTH / max(page.get_width(), 1), 4096 / max(page.get_height(), 1))
    picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
    return picture


def first_page(source: Path, *, is_picture: bool) -> Image.Image:
    """Return a stored picture, or the first page of a PDF, decoded."""
    if is_picture:
        with Image.open(source, formats=("WEBP",)) as opened:
            return opened.convert("RGB")
    with pypdfium2.PdfDocument(source) as document:
        return _page_picture(document[0])
