"""Pictures of a listing: hand in several, put in order, describe, take away.

The row of pictures of a listing that buyers see changes only when a moderator accepts it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import BinaryIO, NamedTuple

from flask_babel import lazy_gettext

from shop.catalogue import staging
from shop.catalogue.models import Product, ProductPicture
from shop.catalogue.operations.products import locked
from shop.catalogue.staging import Shot
from shop.core import audit, files, images
from shop.core.db import db, transaction
from shop.core.errors import InvalidInput, NotFound, Words, WrongState

MOST_PICTURES = 8
MOST_ALT = 200


class Upload(NamedTuple):
    """A file as it was handed in."""

    name: str
    stream: BinaryIO


class Refused(NamedTuple):
    """A file that was not kept, and why."""

    name: str
    message: Words


def add_pictures(stall_id: int, product_id: int, uploads: Iterable[Upload]) -> list[Refused]:
    """Keep every picture that can be kept, at the end of the row; return the others with reasons.

    Pictures are rebuilt before the transaction begins, so that nobody waits for them.
    """
    good: list[tuple[str, images.Picture]] = []
    refused: list[Refused] = []
    for upload in uploads:
        try:
            good.append((upload.name, images.rebuild(files.read_limited(upload.stream))))
        except InvalidInput as error:
            refused.append(Refused(upload.name, error.message))
    return refused + _keep(stall_id, product_id, good)


def _keep(
    stall_id: int, product_id: int, good: Sequence[tuple[str, images.Picture]]
) -> list[Refused]:
    with transaction():
        product = locked(stall_id, product_id)
        shots = staging.shots_of(product)
        room = max(MOST_PICTURES - len(shots), 0)
        for name, picture in good[:room]:
            stored = files.keep_picture(picture, original_name=name)
            shots.append(Shot(stored.id, ""))
        if good[:room]:
            _put(product, shots, "product.pictures_added")
    full = lazy_gettext("There is room for 8 pictures. Remove one first.")
    return [Refused(name, full) for name, _picture in good[room:]]


def move_picture(stall_id: int, product_id: int, file_id: int, *, step: int) -> None:
    """Move a picture by one place, up with -1 and down with 1; at the ends it stays."""
    with transaction():
        product = locked(stall_id, product_id)
        shots = staging.shots_of(product)
        place = _place(shots, file_id)
        wanted = min(max(place + step, 0), len(shots) - 1)
        shots.insert(wanted, shots.pop(place))
        _put(product, shots, "product.pictures_ordered")


def remove_picture(stall_id: int, product_id: int, file_id: int) -> None:
    """Take a picture out of the row; a listing that buyers see keeps at least one."""
    with transaction():
        product = locked(stall_id, product_id)
        shots = staging.shots_of(product)
        del shots[_place(shots, file_id)]
        if not shots and staging.is_reviewed(product):
            raise WrongState(
                lazy_gettext("This is the last picture of goods on sale. Add another one first.")
            )
        _put(product, shots, "product.picture_removed")


def describe_pictures(stall_id: int, product_id: int, words: Mapping[int, str]) -> None:
    """Write what is to be seen on the pictures, by the id of their files."""
    with transaction():
        product = locked(stall_id, product_id)
        shots = staging.shots_of(product)
        told = [replace(shot, alt=words.get(shot.file_id, shot.alt)[:MOST_ALT]) for shot in shots]
        if told != shots:
            _put(product, told, "product.pictures_described")


def _place(shots: Sequence[Shot], file_id: int) -> int:
    found = [place for place, shot in enumerate(shots) if shot.file_id == file_id]
    if not found:
        raise NotFound
    return found[0]


def _put(product: Product, shots: Sequence[Shot], action: str) -> None:
    if staging.is_reviewed(product):
        staging.stage_shots(product, shots)
    else:
        write_row(product, shots)
        product.version += 1
    audit.record(action, product, {"files": [shot.file_id for shot in shots]})


def write_row(product: Product, shots: Sequence[Shot]) -> None:
    """Make these the pictures of the listing, in this order; needs `pictures` loaded."""
    known = {picture.file_id: picture for picture in product.pictures}
    wanted = {shot.file_id for shot in shots}
    for file_id, picture in known.items():
        if file_id not in wanted:
            db.session.delete(picture)
    for position, shot in enumerate(shots):
        picture = known.get(shot.file_id) or ProductPicture(
            product_id=product.id, file_id=shot.file_id
        )
        picture.alt, picture.position = shot.alt, position
        db.session.add(picture)
