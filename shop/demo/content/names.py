"""Invented people, places, numbers: believable, and taken from nobody."""

from random import Random

from shop.demo.content.catalogue import texts

_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def person(rng: Random) -> str:
    """Return the name of an invented person."""
    people = texts("people")
    given = people["women"] if rng.random() < 0.55 else people["men"]
    return f"{rng.choice(people['surnames'])} {rng.choice(given)}"


def place(rng: Random, region: str) -> str:
    """Return an invented hamlet, hill or stream as one is called in that region."""
    book = texts("places")
    return f"{rng.choice(book['heads'][region])} {rng.choice(book['names'])}"


def street(rng: Random) -> str:
    """Return an invented street line."""
    return f"Số {rng.randrange(1, 240)} {rng.choice(texts('places')['streets'])} (mẫu)"


def phone(number: int) -> str:
    """Return a phone number out of a row that is plainly made up: 0900 0xx xxx."""
    return f"09000{number % 100_000:05d}"


def tax_code(number: int) -> str:
    """Return a code with a right check digit out of the range 0099…, which no tax office gives."""
    digits = f"0099{number * 2:05d}"
    remainder = _tax_sum(digits) % 11
    if remainder == 0:  # such codes have no check digit; the odd neighbour has one
        digits = f"0099{number * 2 + 1:05d}"
        remainder = _tax_sum(digits) % 11
    return f"{digits}{10 - remainder}"


def personal_code(number: int, birth_year: int) -> str:
    """Return a 12-digit personal code of province 000, which does not exist."""
    return f"0001{birth_year % 100:02d}{number % 1_000_000:06d}"


def _tax_sum(digits: str) -> int:
    return sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, digits, strict=True))
