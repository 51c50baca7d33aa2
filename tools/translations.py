"""Keep the Vietnamese words of every room complete: extract, merge, check.

`tools/translations.py ROOM…|all` rewrites `shop/<room>/translations/vi.po` from the English words
in the code and the templates of the room; `--check` writes nothing and lists what is wrong.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import flask_wtf
import wtforms
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = "vi"
SHARED = "web"  # this room also owns what belongs to no feature
SHARED_CODE = ("shop/core", "shop/app.py", "shop/__main__.py")
SHARED_TEMPLATES = ("layouts", "components", "errors")
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
JINJA = {"extensions": "jinja2.ext.do,jinja2.ext.loopcontrols", "silent": "false"}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z][a-z0-9]*")
HEADER = (
    'msgid ""\nmsgstr ""\n'
    f'"Language: {LOCALE}\\n"\n'
    '"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
)

Key = tuple[str | None, str]  # the context and the English words


class Words(NamedTuple):
    """English words as they stand in the source: the plural is there for counted things."""

    context: str | None
    singular: str
    plural: str | None

    @property
    def key(self) -> Key:
        """Return what a catalogue finds the words by."""
        return (self.context, self.singular)


def rooms(root: Path = ROOT) -> list[str]:
    """Return the rooms that may own words: the folders of `shop` except the shared floor."""
    folders = (path.name for path in (root / "shop").iterdir() if path.is_dir())
    return sorted(name for name in folders if name not in {"core", "__pycache__"})


def po_path(room: str, root: Path = ROOT) -> Path:
    """Return where the Vietnamese words of a room are kept."""
    return root / "shop" / room / "translations" / f"{LOCALE}.po"


def sources(room: str, root: Path = ROOT) -> Iterator[Path]:
    """Yield the files whose words a room owns, in a steady order."""
    code = [f"shop/{room}", *(SHARED_CODE if room == SHARED else ())]
    pages = [room, f"emails/{room}", *(SHARED_TEMPLATES if room == SHARED else ())]
    for name in code:
        path = root / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else filter(Path.exists, [path])
    for name in pages:
        folder = root / "templates" / name
        yield from sorted(path for path in folder.rglob("*") if path.suffix in {".html", ".txt"})
    if room == SHARED and root == ROOT:
        yield from library_sources()


def library_sources() -> Iterator[Path]:
    """Yield the files of WTForms and Flask-WTF whose messages visitors read."""
    library = Path(wtforms.__file__).parent
    yield from (library / "validators.py", *sorted((library / "fields").glob("*.py")))
    yield Path(flask_wtf.__file__).parent / "file.py"


def extract(room: str, root: Path = ROOT) -> dict[Key, tuple[Words, list[str]]]:
    """Return the English words of a room, each with the files that say it."""
    found: dict[Key, tuple[Words, list[str]]] = {}
    for path in sources(room, root):
        name = "wtforms" if "site-packages" in path.parts else str(path.relative_to(root))
        for words in words_of(path):
            known, places = found.setdefault(words.key, (words, []))
            if words.plural and not known.plural:
                found[words.key] = (words, places)
            if name not in places:
                places.append(name)
    return found


def words_of(path: Path) -> Iterator[Words]:
    """Yield the English words of one Python file or template."""
    method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
    options = {} if path.suffix == ".py" else JINJA
    for _line, message, _comments, context in extract_from_file(
        method, path, keywords=KEYWORDS, options=options
    ):
        singular, plural = message if isinstance(message, tuple) else (message, None)
        if singular:
            yield Words(context, singular, plural)


def read(path: Path) -> dict[Key, Message]:
    """Return what a catalogue holds, without its obsolete entries."""
    if not path.exists():
        return {}
    with path.open("rb") as source:
        catalogue = read_po(source, locale=LOCALE, ignore_obsolete=True)
    return {(entry.context, _singular(entry)): entry for entry in catalogue if entry.id}


def update(room: str, root: Path = ROOT) -> int:
    """Rewrite the catalogue of a room and return how many words still lack Vietnamese.

    New words that another room has already translated take over its translation.
    """
    known = read(po_path(room, root))
    elsewhere = {
        key: entry
        for other in rooms(root)
        for key, entry in read(po_path(other, root)).items()
        if other != room and translation(entry)
    }
    catalogue = Catalog(locale=LOCALE)
    for key, (words, places) in extract(room, root).items():
        old = known.get(key)
        text = translation(old) or translation(elsewhere.get(key))
        catalogue.add(
            (words.singular, words.plural) if words.plural else words.singular,
            (text,) if words.plural else text,
            context=words.context,
            locations=[(place, 0) for place in sorted(places)],
            user_comments=old.user_comments if old else (),
        )
    _write(catalogue, po_path(room, root))
    return sum(1 for entry in catalogue if entry.id and not translation(entry))


def translation(entry: Message | None) -> str:
    """Return the Vietnamese of an entry, empty when it has none or only a guess."""
    if entry is None or entry.fuzzy:
        return ""
    text = entry.string
    return str(text if isinstance(text, str) else (text or ("",))[0])


def _write(catalogue: Catalog, path: Path) -> None:
    if not any(entry.id for entry in catalogue):
        path.unlink(missing_ok=True)
        return
    out = io.BytesIO()
    write_po(out, catalogue, sort_output=True, include_lineno=False, omit_header=True, width=100)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + out.getvalue().decode().strip() + "\n", encoding="utf-8")


def check(room: str, root: Path = ROOT) -> list[str]:
    """Return a line for everything that is wrong with the words of a room."""
    known = read(po_path(room, root))
    wanted = extract(room, root)
    faults = [
        f"{room}: not in vi.po: {key[1]!r} ({', '.join(places)})"
        for key, (_words, places) in wanted.items()
        if key not in known
    ]
    for key, entry in known.items():
        if key not in wanted:
            faults.append(f"{room}: nobody says this any more: {key[1]!r}")
        else:
            faults += [f"{room}: {fault}: {key[1]!r}" for fault in faults_of(entry)]
    return faults


def faults_of(entry: Message) -> list[str]:
    """Return what is wrong with one translated entry."""
    if entry.fuzzy:
        return ["a guess (fuzzy) is no translation"]
    text = translation(entry)
    if not text:
        return ["no Vietnamese"]
    english = entry.id if isinstance(entry.id, str) else entry.id[-1]
    faults = []
    if not unicodedata.is_normalized("NFC", text):
        faults.append("the Vietnamese is not in NFC")
    if sorted(set(PLACEHOLDER.findall(english))) != sorted(set(PLACEHOLDER.findall(text))):
        faults.append("the placeholders differ")
    if sorted(TAG.findall(english)) != sorted(TAG.findall(text)):
        faults.append("the tags differ")
    if english.strip() == english and text.strip() != text:
        faults.append("spaces around the Vietnamese")
    return faults


def conflicts(root: Path = ROOT) -> list[str]:
    """Return the English words that two rooms translate differently: one would win by chance."""
    said: dict[Key, dict[str, list[str]]] = {}
    for room in rooms(root):
        for key, entry in read(po_path(room, root)).items():
            if text := translation(entry):
                said.setdefault(key, {}).setdefault(text, []).append(room)
    return [
        f"{key[1]!r} is said in {len(texts)} ways: "
        + "; ".join(f"{text!r} ({', '.join(owners)})" for text, owners in texts.items())
        + " — agree, or tell them apart with pgettext"
        for key, texts in said.items()
        if len(texts) > 1
    ]


def main(arguments: Iterable[str] | None = None) -> int:
    """Update or check the rooms named on the command line; 1 when a check finds a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="+", metavar="ROOM", help="a folder of shop/, or `all`")
    parser.add_argument("--check", action="store_true", help="write nothing; list what is wrong")
    asked = parser.parse_args(list(arguments) if arguments is not None else None)
    chosen = rooms() if "all" in asked.rooms else asked.rooms
    if unknown := sorted(set(chosen) - set(rooms())):
        parser.error(f"no such room: {', '.join(unknown)}; there are {', '.join(rooms())}")
    if asked.check:
        faults = [fault for room in chosen for fault in check(room)] + conflicts()
        print("\n".join(faults) or f"Words complete: {', '.join(chosen)}")
        return 1 if faults else 0
    for room in chosen:
        missing = update(room)
        print(f"{room}: {missing} without Vietnamese" if missing else f"{room}: complete")
    return 0


def _singular(entry: Message) -> str:
    return entry.id if isinstance(entry.id, str) else str(entry.id[0])


if __name__ == "__main__":
    sys.exit(main())
