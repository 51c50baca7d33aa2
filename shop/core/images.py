"""Pictures from strangers: limits before decoding, new pixels after it."""

import io
import subprocess
import sys
import warnings
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import pi_heif
import pypdfium2
from flask_babel import lazy_gettext
from PIL import Image, ImageOps

from shop.core import pdf_trial
from shop.core.errors import InvalidInput
from shop.core.pdf_trial import scale_of

MOST_PIXELS = 50_000_000
MOST_UNSHRUNK = 16_000_000  # of formats that no camera uses and that cannot be decoded smaller
CAMERA_FORMATS = frozenset({"JPEG", "HEIF"})
MASTER_EDGE = 1920
LEAST_EDGE = 40
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
MOST_PDF_PAGES = pdf_trial.MOST_PAGES
PDF_SECONDS = 10  # of the processor; 20 scanned pages take about 3
TOO_LABORIOUS = lazy_gettext(
    "This PDF takes too long to show. Please scan the paper again or send a picture."
)

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
pi_heif.register_heif_opener()
_one_pdf_at_a_time = Lock()
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
    """Return the number of pages; raise InvalidInput for a damaged, locked or endless PDF.

    All pages are rendered once in a process of its own, so that none which takes forever is kept.
    """
    pages = _try_pdf(data)
    if not 0 < pages <= MOST_PDF_PAGES:
        raise InvalidInput(lazy_gettext("The PDF may have at most 20 pages."))
    return pages


def _try_pdf(data: bytes) -> int:
    command = (sys.executable, "-I", pdf_trial.__file__, str(PDF_SECONDS))
    try:
        with _one_pdf_at_a_time:
            done = subprocess.run(  # noqa: S603  our own program, the file goes to its input
                command, input=data, capture_output=True, timeout=PDF_SECONDS * 3, check=False
            )
    except subprocess.TimeoutExpired as error:
        raise InvalidInput(TOO_LABORIOUS) from error
    if done.returncode == 0:
        return int(done.stdout)
    if done.returncode == pdf_trial.DAMAGED:
        raise InvalidInput(
            lazy_gettext("This PDF cannot be read. Please scan it again or send a picture.")
        )
    raise InvalidInput(TOO_LABORIOUS)


def render_pdf(source: Path) -> list[bytes]:
    """Return each page of a PDF as a WebP picture."""
    with pypdfium2.PdfDocument(source) as document:
        pages = [_encode(_page_picture(page)) for page in document]
    return pages


def _page_picture(page: pypdfium2.PdfPage) -> Image.Image:
    picture: Image.Image = page.render(scale=scale_of(page)).to_pil().convert("RGB")
    return picture


def first_page(source: Path, *, is_picture: bool) -> Image.Image:
    """Return a stored picture, or the first page of a PDF, decoded."""
    if is_picture:
        with Image.open(source, formats=("WEBP",)) as opened:
            return opened.convert("RGB")
    with pypdfium2.PdfDocument(source) as document:
        return _page_picture(document[0])
