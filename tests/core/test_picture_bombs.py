"""A file of a few bytes cannot take the memory of the house."""

import io
import subprocess
import sys

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
