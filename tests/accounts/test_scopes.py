import pytest
from sqlalchemy import select

from shop.accounts import queries
from shop.places.models import Commune
from tests.accounts.factories import (
    ModeratorFactory,
    OperatorFactory,
    ScopeFactory,
    floor_moderator,
    some_commune,
)


def seen(db, user, *communes):
    codes = [commune.code for commune in communes]
    scope = queries.in_scope(user, Commune.province_code, Commune.code)
    wanted = select(Commune.code).where(Commune.code.in_(codes), scope)
    return sorted(db.session.scalars(wanted))


@pytest.fixture
def places(app):
    return some_commune("01"), some_commune("01", number=1), some_commune("04")


def test_a_floor_moderator_sees_everything(db, places):
    assert seen(db, floor_moderator(), *places) == sorted(place.code for place in places)


def test_a_province_moderator_sees_her_province(db, places):
    moderator = ModeratorFactory()
    ScopeFactory(user=moderator, province_code="04")
    assert seen(db, moderator, *places) == [places[2].code]


def test_a_commune_moderator_sees_her_commune_alone(db, places):
    moderator = ModeratorFactory()
    ScopeFactory(user=moderator, province_code="01", commune_code=places[1].code)
    assert seen(db, moderator, *places) == [places[1].code]


def test_two_scopes_add_up(db, places):
    moderator = ModeratorFactory()
    ScopeFactory(user=moderator, province_code="04")
    ScopeFactory(user=moderator, commune_code=places[0].code)
    assert seen(db, moderator, *places) == [places[0].code, places[2].code]


def test_without_a_scope_or_the_role_nothing_is_seen(db, places):
    operator = OperatorFactory()
    ScopeFactory(user=operator)
    assert seen(db, ModeratorFactory(), *places) == []
    assert seen(db, operator, *places) == []


def test_those_who_may_decide_on_a_commune_are_found(places):
    floor = floor_moderator()
    province, other, blocked = (ModeratorFactory(is_blocked=n == 2) for n in range(3))
    ScopeFactory(user=province, province_code="01")
    ScopeFactory(user=other, province_code="04")
    ScopeFactory(user=blocked, province_code="01")
    assert queries.moderators_for("01", places[0].code) == [floor, province]
