"""Whether two scans look the same, by how many bits of their looks differ."""

MOST_DIFFERENT_BITS = 16  # of 1,024: a copy saved anew differs in up to 15, another paper in 24
LEAST_INK_BITS = 32  # a blank sheet looks like every blank sheet and proves nothing


def alike(one: str, other: str) -> bool:
    """Tell whether two looks, written in hexadecimal, are of one picture."""
    mine, theirs = int(one, 16), int(other, 16)
    has_ink = min(mine.bit_count(), theirs.bit_count()) >= LEAST_INK_BITS
    return has_ink and (mine ^ theirs).bit_count() <= MOST_DIFFERENT_BITS
