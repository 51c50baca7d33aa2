"""Points and stars: the bands of Decision 26/2026/QĐ-TTg, in hundredths of a point."""

LEAST_STARS, MOST_STARS = 3, 5
STARS = range(LEAST_STARS, MOST_STARS + 1)
MOST_HUNDREDTHS = 100_00
_BANDS = ((5, 90_00), (4, 70_00), (3, 50_00), (2, 30_00), (1, 0))


def stars_for(score_hundredths: int) -> int:
    """Return the most stars that a score can bring; 1 and 2 are never shown as OCOP."""
    return next(stars for stars, floor in _BANDS if score_hundredths >= floor)


def least_for(stars: int) -> int:
    """Return the lowest score of the band of these stars."""
    return dict(_BANDS)[stars]


def read_score(text: str) -> int | None:
    """Read points as people write them, `81,5` or `81.50`; None when they are no score."""
    whole, _, rest = text.strip().replace(",", ".").partition(".")
    if not whole.isdecimal() or len(whole) > 3 or len(rest) > 2 or not (rest + "0").isdecimal():
        return None
    hundredths = int(whole) * 100 + int(rest.ljust(2, "0"))
    return hundredths if hundredths <= MOST_HUNDREDTHS else None


def score_text(score_hundredths: int | None) -> str:
    """Write a score as decisions do: `81,50`; nothing when there is none."""
    if score_hundredths is None:
        return ""
    return f"{score_hundredths // 100},{score_hundredths % 100:02}"
