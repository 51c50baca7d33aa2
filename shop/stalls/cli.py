"""Commands about stalls."""

import click
from flask.cli import AppGroup

from shop.core.errors import ShopError
from shop.stalls import operations, queries
from shop.stalls.models import MemberKind

cli = AppGroup("stalls", help="Stalls and the people who run them.")


@cli.command("add-member")
@click.option("--stall", "slug", required=True, help="The stall's address, as in /gian-hang/SLUG.")
@click.option("--email", required=True, help="The e-mail address of an existing account.")
@click.option("--kind", type=click.Choice([kind.value for kind in MemberKind]), required=True)
def add_member(slug: str, email: str, kind: str) -> None:
    """Let a person with an account work for a stall."""
    stall = queries.stall_by_slug(slug)
    if stall is None:
        raise click.ClickException(f"no stall at /gian-hang/{slug}")
    try:
        operations.add_member(stall.id, email, MemberKind(kind))
    except ShopError as error:
        raise click.ClickException(str(error.message)) from error
    click.echo(f"{email} works for {slug} ({kind})")
