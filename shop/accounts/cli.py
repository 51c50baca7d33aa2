"""Commands about people."""

import sys

import click
from flask.cli import AppGroup

from shop.accounts import operations, passwords
from shop.accounts.models import Role
from shop.core.errors import InvalidInput

cli = AppGroup("accounts", help="People and what they are on the floor.")


@cli.command("create")
@click.option("--email", required=True)
@click.option("--password", required=True)
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.BUYER.value)
@click.option("--name", help="The name shown on the floor; else what stands before the @.")
@click.option(
    "--province", help="A moderator's province by its code; else she has the whole floor."
)
@click.option("--commune", help="A moderator's commune by its code, in --province.")
def create(*, email: str, password: str, role: str, name: str | None, **place: str | None) -> None:
    """Make an account that can sign in at once."""
    if "@" not in email:
        raise click.ClickException(f"{email} is no e-mail address.")
    if any(place.values()) and role != Role.MODERATOR:
        raise click.ClickException("Only a moderator has a province or commune.")
    shown = name or email.partition("@")[0]
    if not passwords.is_long_enough(password) or passwords.is_common(password, email, shown):
        print("Warning: this password is easily guessed.", file=sys.stderr)
    new = operations.NewPerson(email=email, name=shown, password=password)
    try:
        where = {f"{name}_code": code for name, code in place.items()}
        person = operations.create_person(new, role=Role(role), **where)
    except InvalidInput as error:
        raise click.ClickException(str(error.message)) from error
    print(f"{person.email}: {role}")
