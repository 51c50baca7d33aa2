"""Whether two scans may be of one paper: by their rough prints first, then by a close look."""

MOST_DIFFERENT_BITS = 24  # of 1,024; a copy saved anew, made darker or cropped differs in up to 19
MOST_DIFFERENT_SPOT = 36  # of 255; a copy differs in up to 29 at its worst, another name in 48


def distance(one: str, other: str) -> int:
    """Return the number of bits by which two rough prints, written in hexadecimal, differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def may_be_one(one: str, other: str) -> bool:
    """Tell whether two rough prints are near enough for a close look; empty ones never are."""
    return bool(one and other) and distance(one, other) <= MOST_DIFFERENT_BITS


def is_one(worst_spot: int) -> bool:
    """Tell whether scans that differ so much where they differ most are of one paper."""
    return worst_spot <= MOST_DIFFERENT_SPOT
