"""What a manager changes about the own stall."""

from dataclasses import dataclass

from sqlalchemy import delete, select

from shop.core import audit, files, images, outbox
from shop.core.db import db, transaction
from shop.core.errors import NotFound
from shop.core.vietnamese import fold, slugify
from shop.stalls.models import Stall, StallSlug, StallStatus
from shop.stalls.operations.slugs import with_free_slug


@dataclass(frozen=True)
class Settings:
    """The settings of a stall; `picture` replaces the present one when given."""

    name: str
    story: str
    phone: str
    street: str
    picture: bytes | None = None
    drop_picture: bool = False


def change_settings(stall_id: int, wanted: Settings) -> str:
    """Change the stall and return its address: a new name makes a new one, the old leads there.

    A moderator who is reading the application has to read it again. Raises InvalidInput when the
    picture cannot be read.
    """
    master = images.rebuild(wanted.picture) if wanted.picture else None
    with transaction():
        stall = db.session.scalar(
            select(Stall).where(Stall.id == stall_id).with_for_update(key_share=True)
        )
        if stall is None:
            raise NotFound
        changed = _changed(stall, wanted, has_picture=master is not None)
        if master is not None:
            stall.picture_id = files.keep_picture(master).id
        elif wanted.drop_picture:
            stall.picture_id = None
        _rename(stall, wanted.name)
        stall.story, stall.phone, stall.street = wanted.story, wanted.phone, wanted.street
        if changed:
            if stall.status is StallStatus.SUBMITTED:
                stall.version += 1
            audit.record("stall.settings_changed", stall, changed)
            outbox.send("search.stall_changed", {"stall_id": stall.id})
        return stall.slug


def _changed(stall: Stall, wanted: Settings, *, has_picture: bool) -> dict[str, list[str]]:
    """Return what changes, each with its value before and after."""
    fields = ("name", "story", "phone", "street")
    pairs = {name: [getattr(stall, name), getattr(wanted, name)] for name in fields}
    changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    if has_picture or wanted.drop_picture:
        changed["picture"] = [str(stall.picture_id or ""), "new" if has_picture else ""]
    return changed


def _rename(stall: Stall, name: str) -> None:
    if stall.name == name:
        return
    stall.name = name
    stall.search_key = fold(f"{name} {stall.legal_name}")
    db.session.flush()
    if slugify(name, 80) == slugify(stall.slug, 80):
        return
    before = stall.slug

    def write(slug: str) -> None:
        db.session.execute(delete(StallSlug).where(StallSlug.slug == slug))
        if slug != before:
            db.session.add(StallSlug(slug=before, stall_id=stall.id))
        stall.slug = slug
        db.session.flush()

    with_free_slug(name, stall.id, write)
