"""What is no fault of the floor, and yet worth a word to who runs it."""

from flask_babel import lazy_gettext

from shop.core.errors import Words

MOST_INDEXED = 3_000
WAL_BUG_SINCE, WAL_BUG_UNTIL = (3, 7, 0), (3, 51, 2)
WAL_BACKPORTS = ((3, 44, 6), (3, 50, 7))

TOO_MANY_INDEXED = lazy_gettext(
    "The embedded index is made for about 3,000 products. Plan to search in PostgreSQL."
)
WAL_BUG = lazy_gettext(
    "This SQLite has the WAL-reset fault (https://sqlite.org/wal.html#walresetbug). Run the floor"
    " on SQLite 3.51.3 or newer, or on PostgreSQL, and keep backups."
)
NO_MAIL = lazy_gettext("MAIL_URL is not set: in production no letter leaves the floor.")


def has_wal_reset_bug(version: tuple[int, int, int]) -> bool:
    """Tell whether this SQLite may lose a WAL that is reset while it is read.

    Source: sqlite.org/wal.html#walresetbug; two older lines carry the mend from a patch on.
    """
    if not WAL_BUG_SINCE <= version <= WAL_BUG_UNTIL:
        return False
    return not any(version[:2] == mend[:2] and version >= mend for mend in WAL_BACKPORTS)


def advice(*, indexed: int, sqlite: tuple[int, int, int] | None, lacks_mail: bool) -> list[Words]:
    """Return the words that fit this floor; `sqlite` is None where PostgreSQL serves."""
    said = (
        (TOO_MANY_INDEXED, indexed > MOST_INDEXED),
        (WAL_BUG, sqlite is not None and has_wal_reset_bug(sqlite)),
        (NO_MAIL, lacks_mail),
    )
    return [words for words, is_fit in said if is_fit]
