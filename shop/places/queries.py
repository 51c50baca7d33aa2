"""Reading places: for the address form, for papers that bear names of before July 2025."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from flask_babel import gettext
from sqlalchemy import literal, select
from sqlalchemy.orm import joinedload

from shop.core.db import db
from shop.core.memory import remembered
from shop.core.vietnamese import nfc
from shop.places.matching import Hit, Known, best_matches
from shop.places.models import Commune, OldKind, OldPlace, Province
from shop.places.naming import Written, names_match, province_key, read_name, read_place
from shop.places.resolution import (
    Flag,
    Gazetteer,
    Resolution,
    Unit,
    closest,
    is_exact,
    resolve,
    unit_of,
)

LONGEST_TEXT = 60


class ProvinceName(NamedTuple):
    """A province to choose."""

    code: str
    name: str


class Suggestion(NamedTuple):
    """A commune of today to choose; the label also says by which old name it was found."""

    code: str
    name: str
    label: str


class Found(NamedTuple):
    """The commune that a typed name means, or those it may mean."""

    commune: Commune | None
    candidates: tuple[Suggestion, ...] = ()


class _Home(NamedTuple):
    """The province that a text names, and its old self when there was one of that name."""

    code: str
    key: str
    old_key: str | None
    is_old_name: bool


def list_provinces() -> Sequence[Province]:
    """Return the 34 provinces in Vietnamese order."""
    return db.session.scalars(select(Province).order_by(Province.sort_order)).all()


def province_names() -> Sequence[ProvinceName]:
    """Return the codes and names of the 34 provinces in Vietnamese order, for lists to choose."""
    return remembered("province names", _province_names)


def _province_names() -> list[ProvinceName]:
    wanted = select(Province.code, Province.name).order_by(Province.sort_order)
    return [ProvinceName(*row) for row in db.session.execute(wanted)]


def province(code: str) -> Province | None:
    """Return a province by its code."""
    return db.session.get(Province, code)


def commune(code: str) -> Commune | None:
    """Return a commune by its code, with its province."""
    return communes([code]).get(code)


def communes(codes: Iterable[str]) -> dict[str, Commune]:
    """Return the communes of these codes, with their provinces, in one question."""
    wanted = select(Commune).where(Commune.code.in_(set(codes)))
    rows = db.session.scalars(wanted.options(joinedload(Commune.province)))
    return {row.code: row for row in rows}


def suggest_communes(province_code: str, text: str, limit: int = 10) -> list[Suggestion]:
    """Return the communes of a province whose name, of today or of before, fits what is typed."""
    known = _known(province_code)
    names = {item.code: item.full_name for item in known}
    return [_suggestion(hit, names) for hit in best_matches(text[:LONGEST_TEXT], known, limit)]


def find_commune(province_code: str, typed_name: str) -> Found:
    """Return the commune that a name means where nothing could be suggested while typing.

    A name of today wins; an old name counts when all of what it named is one commune now. A code
    and a label of a suggestion are understood as well.
    """
    text = nfc(typed_name)[:LONGEST_TEXT].partition(" (")[0]
    if text.isdecimal() and (by_code := commune(text)) and by_code.province_code == province_code:
        return Found(by_code)
    codes = _codes_named(province_code, text)
    if len(codes) == 1:
        return Found(commune(codes[0]))
    return Found(None, tuple(suggest_communes(province_code, text)))


def resolve_old(place_text: str, province_text: str) -> Resolution:
    """Return what a place on a paper of before July 2025 is today, as far as that is certain.

    Names of today are understood too. The district and the province may be missing in the text of
    the place; what stays unclear leaves the province alone, with a flag that says why.
    """
    home = _find_home(province_text or place_text.rpartition(",")[2])
    if home is None:
        return Resolution(None, None, Flag.UNKNOWN)
    rows = _old_rows(home.code)
    written = read_place(_without_province(place_text, home, rows))
    own = [row for row in rows if home.old_key in {None, row.old_province_key}]
    found = resolve(written, _gazetteer(home, own, written))
    if found.flag is Flag.UNKNOWN_PLACE and not home.is_old_name:
        return resolve(written, _gazetteer(home, rows, written))
    return found


def province_codes_of(texts: Iterable[str]) -> dict[str, str | None]:
    """Return the province of today that each text names, of today or of before; None if none."""
    homes = {text: _find_home(text) for text in set(texts)}
    return {text: home.code if home else None for text, home in homes.items()}


def _known(province_code: str) -> list[Known]:
    """Return every name that leads to a commune of the province."""
    today = select(
        Commune.code, Commune.full_name, Commune.search_key, literal(""), literal("")
    ).where(Commune.province_code == province_code)
    before = (
        select(
            Commune.code,
            Commune.full_name,
            OldPlace.search_key,
            OldPlace.name,
            OldPlace.old_district,
        )
        .join(Commune, Commune.code == OldPlace.commune_code)
        .where(OldPlace.province_code == province_code, OldPlace.kind == OldKind.COMMUNE)
    )
    rows = [*db.session.execute(today), *db.session.execute(before)]
    return [Known(*row) for row in rows]


def _suggestion(hit: Hit, names: dict[str, str]) -> Suggestion:
    name = names[hit.code]
    if not hit.formerly:
        return Suggestion(hit.code, name, name)
    formerly = gettext("formerly: %(names)s", names="; ".join(hit.formerly[:2]))
    return Suggestion(hit.code, name, f"{name} ({formerly})")


def _codes_named(province_code: str, text: str) -> list[str]:
    """Return the communes called so: of today or else of before, with these accents or else any."""
    name = read_name(text)
    named = [item for item in _known(province_code) if names_match(name, item.key)]
    today = [unit_of(item.name, [item.code]) for item in named if not item.old_name]
    before = [unit_of(item.name, [item.code]) for item in named if item.old_name]
    exact = [[unit for unit in units if is_exact(name, unit)] for units in (today, before)]
    for units in (*exact, today, before):
        if codes := dict.fromkeys(unit.codes[0] for unit in closest(name, units)):
            return list(codes)
    return []


def _find_home(text: str) -> _Home | None:
    """Return the province that a text names, of today or of before."""
    wanted = province_key(text)
    if not wanted:
        return None
    today = {province_key(row.full_name): row.code for row in list_provinces()}
    before = select(OldPlace.name, OldPlace.old_province_key, OldPlace.province_code).where(
        OldPlace.kind == OldKind.PROVINCE
    )
    for name, key, code in db.session.execute(before):
        if province_key(name) == wanted:
            return _Home(code, wanted, key, wanted not in today)
    return _Home(today[wanted], wanted, None, is_old_name=False) if wanted in today else None


def _without_province(place_text: str, home: _Home, rows: Sequence[OldPlace]) -> str:
    """Take the province off the end; the old city of the same name is no province."""
    head, _, tail = place_text.rpartition(",")
    last = read_name(tail)
    is_city = last.kind == "thanh-pho" and any(
        row.kind is OldKind.DISTRICT and names_match(last, row.search_key) for row in rows
    )
    return head if province_key(tail) == home.key and not is_city else place_text


def _old_rows(province_code: str) -> Sequence[OldPlace]:
    """Return the districts and communes of before in what is one province now."""
    wanted = select(OldPlace).where(
        OldPlace.province_code == province_code, OldPlace.kind != OldKind.PROVINCE
    )
    return db.session.scalars(wanted.order_by(OldPlace.id)).all()


def _gazetteer(home: _Home, rows: Sequence[OldPlace], written: Written) -> Gazetteer:
    """Return what of the province, of today and of these rows, bears a name that was written."""
    names = [name for name in (written.commune, written.district) if name]
    query = select(Commune.full_name, Commune.code, Commune.search_key)
    today = db.session.execute(query.where(Commune.province_code == home.code))
    old = [row for row in rows if any(names_match(name, row.search_key) for name in names)]
    return Gazetteer(
        province_code=home.code,
        today=tuple(
            unit_of(full_name, [code])
            for full_name, code, key in today
            if any(names_match(name, key) for name in names)
        ),
        old=_units(old, OldKind.COMMUNE),
        districts=_units(old, OldKind.DISTRICT),
        is_old_text=home.is_old_name,
    )


def _units(rows: Iterable[OldPlace], kind: OldKind) -> tuple[Unit, ...]:
    """Join the rows of divided places again."""
    parts: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        if row.kind is kind:
            codes = parts[row.name, row.old_district, row.old_province]
            codes += [row.commune_code] if row.commune_code else []
    return tuple(unit_of(name, codes, district) for (name, district, _), codes in parts.items())
