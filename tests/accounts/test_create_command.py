import pytest
from sqlalchemy import select

from shop.accounts.models import ModeratorScope, User
from shop.core.audit import AuditEntry
from tests.accounts.factories import PASSWORD, UserFactory, sign_in


def create(runner, *more, email="moi@vi-du.example", password=PASSWORD):
    return runner.invoke(
        args=["accounts", "create", "--email", email, "--password", password, *more]
    )


@pytest.mark.parametrize("role", ["buyer", "moderator", "operator"])
def test_an_account_of_each_role_signs_in_at_once(runner, client, db, role):
    done = create(runner, "--role", role, "--name", "Trần Thị Lụa")
    assert (done.exit_code, done.output) == (0, f"moi@vi-du.example: {role}\n")
    person = db.session.scalar(select(User))
    assert (person.role, person.name) == (role, "Trần Thị Lụa")
    sign_in(client, person)
    entry = db.session.scalar(select(AuditEntry))
    assert (entry.action, entry.actor_name) == ("accounts.created", "system")


def test_a_moderator_has_the_floor_or_a_province(runner, db):
    create(runner, "--role", "moderator")
    create(runner, "--role", "moderator", "--province", "04", email="hai@vi-du.example")
    scopes = db.session.scalars(select(ModeratorScope).order_by(ModeratorScope.id))
    assert [scope.province_code for scope in scopes] == [None, "04"]


def test_a_moderator_of_a_commune_has_it_alone(runner, db):
    there = ("--province", "08", "--commune", "00721")
    assert create(runner, "--role", "moderator", *there).exit_code == 0
    scope = db.session.scalars(select(ModeratorScope)).one()
    assert (scope.province_code, scope.commune_code) == ("08", "00721")
    more = {"email": "hai@vi-du.example"}
    assert create(runner, *there, **more).exit_code == 1
    for wrong in (("--commune", "00721"), ("--province", "01", "--commune", "00721")):
        assert create(runner, "--role", "moderator", *wrong, **more).exit_code == 1
    assert len(db.session.scalars(select(User)).all()) == 1


def test_a_taken_address_and_an_unknown_province_are_said(runner, db):
    UserFactory(email="moi@vi-du.example")
    db.session.commit()
    assert create(runner, email="MOI@vi-du.example").exit_code == 1
    done = create(runner, "--role", "moderator", "--province", "99", email="x@vi-du.example")
    assert done.exit_code == 1
    assert "99" in done.output or "tỉnh" in done.output
    assert create(runner, "--province", "04", email="x@vi-du.example").exit_code == 1
    assert len(db.session.scalars(select(User)).all()) == 1


def test_an_easy_password_is_taken_with_a_warning(runner):
    done = create(runner, password="1234567890")
    assert done.exit_code == 0
    assert "easily guessed" in done.output
