"""A file of a few bytes cannot take the memory of the house."""

import io
import subprocess
import sys
import time
import zlib

import pytest
from PIL import Image

from shop.core import images
from shop.core.errors import InvalidInput

MOST_GROWTH_MIB = 350
READER = r"""
import re, sys
from pathlib import Path
from shop.core import images

def peak():  # of this program alone; ru_maxrss would begin with that of the test's process
    said = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s*(\d+)", said)[1]) // 1024

data, before = sys.stdin.buffer.read(), peak()
images.rebuild(data)
print(peak() - before)
"""


def flat(edge: int, kind: str, mode: str = "RGBA") -> bytes:
    """Return a picture of one colour, which packs to nothing."""
    out = io.BytesIO()
    options = {"lossless": True, "method": 0} if kind == "WEBP" else {}
    Image.new(mode, (edge, edge)).save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_the_largest_picture_that_is_taken_needs_little_memory(kind):
    data = flat(4000, kind)
    done = subprocess.run(
        [sys.executable, "-c", READER], input=data, capture_output=True, check=True
    )
    assert 20 < int(done.stdout) < MOST_GROWTH_MIB, (
        f"{len(data)} bytes took {done.stdout.decode()} MiB"
    )


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_that_would_need_more_is_refused_before_it_is_read(kind):
    with pytest.raises(InvalidInput) as refusal:
        images.rebuild(flat(4100, kind))
    assert "pixels" in str(refusal.value.message)


def test_a_photograph_of_50_million_pixels_is_taken():
    made = images.rebuild(flat(7000, "JPEG", "L"))
    assert (made.width, made.height) == (images.MASTER_EDGE, images.MASTER_EDGE)


def pdf_of(content: bytes) -> bytes:
    """Return a PDF of one page that draws this, packed."""
    packed = zlib.compress(content, 9)
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed),
    )
    objects = (b"%d 0 obj\n%b\nendobj\n" % (n, body) for n, body in enumerate(bodies, start=1))
    return b"%PDF-1.4\n" + b"".join(objects) + b"trailer << /Size 5 /Root 1 0 R >>\n%%EOF"


def test_a_pdf_of_four_kilobytes_that_renders_for_minutes_is_refused_in_seconds(monkeypatch):
    monkeypatch.setattr(images, "PDF_SECONDS", 2)
    stripes = b"0 0 595 842 re 300 0 400 842 re f\n0 0 m 595 842 l S\n"
    assert images.count_pdf_pages(pdf_of(stripes * 3)) == 1
    bomb, started = pdf_of(stripes * 20_000), time.monotonic()
    assert len(bomb) < 5_000
    with pytest.raises(InvalidInput) as refusal:
        images.count_pdf_pages(bomb)
    assert "too long" in str(refusal.value.message)
    assert time.monotonic() - started < 10
