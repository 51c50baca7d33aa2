"""`flask stalls add-member`."""

import pytest

from shop.stalls.models import MemberKind
from shop.stalls.queries import members
from tests.accounts.factories import UserFactory
from tests.stalls.factories import StallFactory


def run(runner, stall="htx", email="lan@vi-du.example", kind="manager"):
    options = ["--stall", stall, "--email", email, "--kind", kind]
    return runner.invoke(args=["stalls", "add-member", *options])


@pytest.fixture
def stall(db):
    UserFactory(email="lan@vi-du.example")
    made = StallFactory(slug="htx", manager=False)
    db.session.commit()
    return made


@pytest.mark.parametrize("kind", list(MemberKind))
def test_adds_somebody_with_an_account(runner, stall, db, kind):
    result = run(runner, kind=kind.value)
    assert result.exit_code == 0, result.output
    assert [(m.user.email, m.kind) for m in members(stall.id)] == [("lan@vi-du.example", kind)]


@pytest.mark.parametrize("wrong", [{"stall": "khong-co"}, {"email": "ai@vi-du.example"}])
def test_says_what_is_wrong(runner, stall, wrong):
    result = run(runner, **wrong)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert members(stall.id) == []


def test_refuses_an_unknown_kind(runner, stall):
    assert run(runner, kind="owner").exit_code == 2
