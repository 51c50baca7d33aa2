"""Where a moderator may decide: given and taken by operators, each time on the record."""

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.accounts.models import ModeratorScope, Role, User
from shop.core import audit
from shop.core.db import db, transaction
from shop.core.errors import InvalidInput, NotFound
from shop.places.models import Commune, Province


def give_scope(user_id: int, province_code: str | None, commune_code: str | None = None) -> None:
    """Let a moderator decide in a province, in one commune of it, or with None on the whole floor.

    Raises NotFound for who is no moderator, InvalidInput for a place that is not there or that
    she has already.
    """
    with transaction():
        person = _moderator(user_id)
        check_place(province_code, commune_code)
        if db.session.scalar(
            select(ModeratorScope.id).where(
                ModeratorScope.user_id == user_id,
                ModeratorScope.commune_code.is_not_distinct_from(commune_code),
                ModeratorScope.province_code.is_not_distinct_from(province_code),
            )
        ):
            raise InvalidInput(lazy_gettext("She decides there already."), "province_code")
        place = {"province_code": province_code, "commune_code": commune_code}
        db.session.add(ModeratorScope(user_id=user_id, **place))
        said = {"province": province_code, "commune": commune_code}
        audit.record("accounts.scope_given", person, said)


def check_place(province_code: str | None, commune_code: str | None) -> None:
    """Raise InvalidInput for a province that is not there, or a commune that is not in it."""
    if province_code and db.session.get(Province, province_code) is None:
        raise InvalidInput(lazy_gettext("There is no province with this code."), "province_code")
    commune = db.session.get(Commune, commune_code) if commune_code else None
    if commune_code and (commune is None or commune.province_code != province_code):
        raise InvalidInput(lazy_gettext("There is no such commune in this province."), "commune")


def take_scope(user_id: int, scope_id: int) -> None:
    """Let a moderator no longer decide at a place; raise NotFound when she does not."""
    with transaction():
        person = _moderator(user_id)
        scope = db.session.get(ModeratorScope, scope_id)
        if scope is None or scope.user_id != user_id:
            raise NotFound
        place = {"province": scope.province_code, "commune": scope.commune_code}
        db.session.delete(scope)
        audit.record("accounts.scope_taken", person, place)


def _moderator(user_id: int) -> User:
    """Return the moderator under a lock, so that two operators take turns."""
    person = db.session.get(User, user_id, with_for_update={"key_share": True})
    if person is None or person.role != Role.MODERATOR:
        raise NotFound
    return person
