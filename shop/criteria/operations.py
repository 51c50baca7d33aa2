"""Putting a version of the criteria beside the others, once, and never changing it after."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from shop.core import audit, clock
from shop.core.db import db, transaction
from shop.core.errors import InvalidInput, WrongState
from shop.criteria.models import Content, CriteriaSheet, CriteriaVersion
from shop.criteria.validation import validate

MOST_BYTES = 8_000_000
BUNDLED = Path(__file__).parent / "data" / "ocop-criteria-2026.json"


@dataclass(frozen=True)
class Naming:
    """What a version is called, on what it rests, and from which day it holds."""

    code: str
    title: str
    legal_reference: str
    valid_from: date


BUNDLED_NAMING = Naming(
    code="2026",
    title="Bộ tiêu chí đánh giá, phân hạng sản phẩm OCOP",
    legal_reference="Quyết định 26/2026/QĐ-TTg, Phụ lục II",
    valid_from=date(2026, 5, 22),
)


def read_file(path: Path) -> Any:
    """Return the data of a JSON file; raise InvalidInput for one that is none, or too large."""
    with path.open("rb") as source:
        data = source.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InvalidInput(lazy_gettext("The file is larger than 8 MB."))
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(lazy_gettext("The file is not JSON.")) from error


def fingerprint(sheets: Sequence[Content]) -> str:
    """Return the SHA-256 of the sheets, whatever the spaces and the order of keys in their file."""
    text = json.dumps(sheets, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def import_version(naming: Naming, data: Any) -> bool:
    """Put a version beside the others; False when the very same is there already.

    Other sheets under a code that is taken are refused with WrongState: scores rest on them.
    """
    row, sheets = _rows(naming, data)
    if _is_there(row):
        return False
    try:
        with transaction():
            _insert(db.session.connection(), row, sheets)
            version = db.session.scalar(
                select(CriteriaVersion).where(CriteriaVersion.code == naming.code)
            )
            audit.record("criteria.imported", version, {"sha256": row["sha256"]})
    except IntegrityError:
        if _is_there(row):
            return False
        raise
    return True


def load_bundled(connection: Connection) -> None:
    """Put the version that comes with the floor into its tables; the caller commits."""
    _insert(connection, *_rows(BUNDLED_NAMING, read_file(BUNDLED)))


def _rows(naming: Naming, data: Any) -> tuple[Content, list[Content]]:
    faults = validate(data)
    version = {
        "code": naming.code,
        "title": naming.title,
        "legal_reference": naming.legal_reference,
        "valid_from": naming.valid_from,
        "sha256": fingerprint(data),
        "faults": [fault.as_json() for fault in faults],
        "imported_at": clock.now(),
    }
    return version, data


def _is_there(row: Content) -> bool:
    known = db.session.scalar(
        select(CriteriaVersion.sha256).where(CriteriaVersion.code == row["code"])
    )
    if known is not None and known != row["sha256"]:
        raise WrongState(
            lazy_gettext(
                "Other sheets stand under the code “%(code)s”; give these another code.",
                code=row["code"],
            )
        )
    return known is not None


def _insert(connection: Connection, version: Content, sheets: list[Content]) -> None:
    connection.execute(insert(CriteriaVersion), version)
    number = connection.scalar(
        select(CriteriaVersion.id).where(CriteriaVersion.code == version["code"])
    )
    rows = [
        {
            "version_id": number,
            "product_set": sheet["no"],
            "name": sheet["name"],
            "content": sheet,
        }
        for sheet in sheets
    ]
    connection.execute(insert(CriteriaSheet), rows)
