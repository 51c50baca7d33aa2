"""Invented stalls: who runs them, where, and what they tell of themselves."""

from collections import Counter
from random import Random

from shop.demo.content import names
from shop.demo.content.catalogue import Theme, kinds_for, provinces, texts, themes
from shop.demo.content.records import DemoStall, EntityKind

_KINDS: tuple[EntityKind, ...] = ("htx", "company", "household", "cooperative_group", "farm")
_KIND_WEIGHTS = (45, 22, 20, 8, 5)
_SHORT: dict[EntityKind, str] = {
    "htx": "HTX mẫu",
    "company": "Công ty mẫu",
    "household": "Hộ mẫu",
    "cooperative_group": "Tổ hợp tác mẫu",
    "farm": "Trang trại mẫu",
}
_LEGAL: dict[EntityKind, str] = {
    "htx": "Hợp tác xã mẫu",
    "company": "Công ty trách nhiệm hữu hạn mẫu",
    "household": "Hộ kinh doanh mẫu",
    "cooperative_group": "Tổ hợp tác mẫu",
    "farm": "Trang trại mẫu",
}
_PERSONAL: frozenset[EntityKind] = frozenset({"household", "cooperative_group", "farm"})
_OPENING_KEYS: dict[EntityKind, str] = {
    "htx": "cooperative",
    "company": "company",
    "household": "household",
    "cooperative_group": "cooperative_group",
    "farm": "farm",
}
_ENOUGH = 7  # kinds that a theme must offer in a province to fill a stall


def plan(seed: int, count: int) -> list[tuple[str, str]]:
    """Return province and theme of each stall: provinces in turn, themes by their weight."""
    rng = Random(f"{seed}/plan")
    used: Counter[str] = Counter()
    rows: list[tuple[str, str]] = []
    codes = sorted(provinces())
    while len(rows) < count:
        rng.shuffle(codes)
        for code in codes[: count - len(rows)]:
            theme = _next_theme(rng, code, used)
            used[theme] += 1
            rows.append((code, theme))
    return rows


def _next_theme(rng: Random, code: str, used: Counter[str]) -> str:
    fitting = [theme for theme in themes().values() if _fits(theme, code)]
    least = min(used[theme.key] / theme.weight for theme in fitting)
    return rng.choice([t.key for t in fitting if used[t.key] / t.weight == least])


def _fits(theme: Theme, code: str) -> bool:
    if theme.needs and not theme.needs & set(provinces()[code].regions):
        return False
    return len(kinds_for(theme.key, code)) >= _ENOUGH


def make(seed: int, number: int, where: tuple[str, str], *, taken: set[str]) -> DemoStall:
    """Return stall `number`, under a name that nobody has taken yet."""
    rng = Random(f"{seed}/stall/{number}")
    code, theme = where
    kind = rng.choices(_KINDS, _KIND_WEIGHTS)[0]
    place, display_name = _fresh_name(rng, where, kind, taken=taken)
    representative = names.person(rng)
    year = rng.randrange(2006, 2025)
    return DemoStall(
        number=number,
        display_name=display_name,
        legal_name=_legal_name(kind, display_name, representative),
        entity_kind=kind,
        theme=theme,
        province_code=code,
        commune_pick=rng.randrange(10_000),
        place=place,
        address_line=_address(place, provinces()[code].regions[0]),
        representative=representative,
        story=_story(rng, themes()[theme], kind, facts=(place, representative, year)),
        tax_code=_tax_code(kind, number, year),
        phone=names.phone(number),
        founded_year=year,
    )


def _fresh_name(
    rng: Random, where: tuple[str, str], kind: EntityKind, *, taken: set[str]
) -> tuple[str, str]:
    code, theme = where
    region = "coast" if theme == "sea" else provinces()[code].regions[0]
    while True:
        place = names.place(rng, region)
        name = f"{_SHORT[kind]} {rng.choice(themes()[theme].trades)} {place}"
        if name not in taken:
            taken.add(name)
            return place, name


def _legal_name(kind: EntityKind, display_name: str, representative: str) -> str:
    if kind == "household":
        return f"{_LEGAL[kind]} {representative}"
    return display_name.replace(_SHORT[kind], _LEGAL[kind], 1)


def _tax_code(kind: EntityKind, number: int, year: int) -> str:
    if kind in _PERSONAL:
        return names.personal_code(number, year - 38)
    return names.tax_code(number)


def _story(rng: Random, theme: Theme, kind: EntityKind, *, facts: tuple[str, str, int]) -> str:
    book = texts("stories")
    place, representative, year = facts
    about = rng.choice(theme.stories)
    sentences = [rng.choice(book["opening"][_OPENING_KEYS[kind]]), about]
    if rng.random() < 0.6:
        sentences.insert(1, rng.choice(book["middle"]))
    if rng.random() < 0.75:
        sentences.append(rng.choice(book["closing"]))
    words = {"place": place, "person": representative, "year": year}
    many, few = rng.randrange(7, 38), rng.randrange(3, 10)
    return " ".join(sentences).format(**words, n=many, few=few)


def _address(place: str, region: str) -> str:
    book = texts("places")
    if place.split(maxsplit=1)[0] in book["settled"]:
        return f"{place} (mẫu)"
    return f"{book['hamlets'][region]} {place} (mẫu)"
