"""Whoosh behind the port: one index folder per build, a pointer to the one in use.

Rules that its known faults demand: never `refresh()` a searcher, never `Require`, a new searcher
whenever the generation moved, one writer at a time (docs/adr/0006).
"""

import shutil
import time
import warnings
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import Any

from flask import current_app

from shop.search import analysis
from shop.search.port import Document, Engine, Found, SearchDown

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import whoosh.codec.whoosh3  # noqa: F401  loaded here, where its warnings are silenced
    from whoosh import fields, index, query
    from whoosh.searching import Searcher

SCHEMA = fields.Schema(
    id=fields.ID(stored=True, unique=True),
    exact=fields.KEYWORD(lowercase=False),
    folded=fields.KEYWORD(lowercase=False),
    pairs=fields.KEYWORD(lowercase=False),
    maker=fields.KEYWORD(lowercase=False),
    about=fields.KEYWORD(lowercase=False),
)
POINTER = "current"
NAME_BOOST, MAKER_BOOST, EXACT_BOOST, PAIR_BOOST, PREFIX_BOOST = 2.0, 1.0, 1.5, 2.0, 0.6
LEAST_PREFIX = 2
LOOSE_SHARE = 0.6
MOST_ANSWERS = 200


def engine() -> Engine:
    """Return the engine of this application, with its index under DATA_DIR."""
    extensions = current_app.extensions
    if "search" not in extensions:
        extensions["search"] = WhooshEngine(Path(current_app.config["DATA_DIR"]) / "search")
    found: Engine = extensions["search"]
    return found


class WhooshEngine:
    """The embedded engine, good to about 3,000 products."""

    def __init__(self, folder: Path) -> None:
        """Keep the index under this folder; nothing is opened yet."""
        self.folder = folder
        self._lock = Lock()
        self._index: Any = None
        self._searcher: Searcher | None = None
        self._answers: dict[tuple[str, int], Found] = {}

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build beside, switch the pointer, then remove what is no longer pointed to."""
        name = f"index-{analysis.VERSION}-{time.time_ns()}"
        path = self.folder / name
        path.mkdir(parents=True)
        count = _write(index.create_in(str(path), SCHEMA).writer(limitmb=128), documents)
        part = self.folder / f"{POINTER}.part"
        part.write_text(name)
        part.replace(self.folder / POINTER)
        for old in self.folder.glob("index-*"):
            if old != path:
                shutil.rmtree(old, ignore_errors=True)
        return count

    def update(self, documents: Iterable[Document], gone: Iterable[int]) -> None:
        """Change the index in one commit; raises Whoosh's LockError while another one writes."""
        _write(index.open_dir(str(self._path())).writer(), documents, gone)

    def search(self, text: str, limit: int) -> Found:
        """Return what this state of the index finds; page two and a new order ask no more of it."""
        self._current()
        answers, asked = self._answers, (text, limit)
        if asked not in answers:
            if len(answers) >= MOST_ANSWERS:
                answers.clear()
            answers[asked] = self._look(text, limit)
        return answers[asked]

    def _look(self, text: str, limit: int) -> Found:
        """Look for every word in names, makers and places; then in descriptions; then for most."""
        exact, folded = analysis.query_words(text)
        if not folded:
            return Found(())
        strict = _every_word(folded, ("folded", "maker"))
        if ids := self._run(query.AndMaybe(strict, _rewards(exact, folded)), limit):
            return Found(ids)
        wide = _every_word(folded, ("folded", "maker", "about"))
        if ids := self._run(query.AndMaybe(wide, _rewards(exact, folded)), limit):
            return Found(ids, is_loose=True)
        least = max(1, round(len(folded) * LOOSE_SHARE))
        some = query.Or([_word(word, ("folded", "maker")) for word in folded], minmatch=least)
        return Found(self._run(some, limit), is_loose=True)

    def ids(self) -> set[int]:
        """Return every product id in the index."""
        return {int(stored["id"]) for stored in self._current().documents()}

    def _run(self, wanted: Any, limit: int) -> tuple[int, ...]:
        hits = self._current().search(wanted, limit=limit)
        return tuple(int(hit["id"]) for hit in hits)

    def _current(self) -> Searcher:
        """Return a searcher of the newest generation; never a refreshed one."""
        with self._lock:
            path = str(self._path())
            if self._index is None or self._index.storage.folder != path:
                self._index, self._searcher = index.open_dir(path), None
            if self._searcher is None or not self._searcher.up_to_date():
                self._searcher, self._answers = self._index.searcher(), {}
            return self._searcher

    def _path(self) -> Path:
        pointer = self.folder / POINTER
        if not pointer.exists():
            raise SearchDown
        name = pointer.read_text()
        if not name.startswith(f"index-{analysis.VERSION}-"):
            raise SearchDown
        return self.folder / name


def _write(writer: Any, documents: Iterable[Document], gone: Iterable[int] | None = None) -> int:
    """Write all in one commit, or nothing; return how many documents went in."""
    count = 0
    writer.codec.length_stats = False  # no field has lengths; each posting would ask the disk
    put = writer.add_document if gone is None else writer.update_document
    try:
        for product_id in gone or ():
            writer.delete_by_term("id", str(product_id))
        for document in documents:
            put(**_fields(document))
            count += 1
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
    return count


def _fields(document: Document) -> dict[str, str]:
    name = analysis.folded_words(document.name)
    maker = analysis.folded_words(document.maker)
    return {
        "id": str(document.product_id),
        "exact": " ".join(analysis.exact_words(document.name)),
        "folded": " ".join(name),
        "pairs": " ".join(analysis.pairs(name) + analysis.pairs(maker)),
        "maker": " ".join(maker),
        "about": " ".join(sorted(set(analysis.folded_words(document.description)))),
    }


def _every_word(words: list[str], names: tuple[str, ...]) -> Any:
    """Match documents that hold every word; the last one may be only begun."""
    parts = [_word(word, names) for word in words[:-1]]
    return query.And([*parts, _begun(words[-1], names)])


def _word(word: str, names: tuple[str, ...]) -> Any:
    return query.Or([query.Term(name, word, boost=_boost(name)) for name in names])


def _begun(word: str, names: tuple[str, ...]) -> Any:
    whole = _word(word, names)
    if len(word) < LEAST_PREFIX or word.isdecimal():
        return whole
    begun = [query.Prefix(name, word, boost=PREFIX_BOOST) for name in names if name != "about"]
    return query.Or([whole, *begun])


def _boost(name: str) -> float:
    return NAME_BOOST if name == "folded" else MAKER_BOOST


def _rewards(exact: list[str], folded: list[str]) -> Any:
    """Words typed with their right accents, and neighbouring words, only raise the rank."""
    words = [query.Term("exact", word, boost=EXACT_BOOST) for word in exact]
    couples = [query.Term("pairs", pair, boost=PAIR_BOOST) for pair in analysis.pairs(folded)]
    return query.Or(words + couples)
