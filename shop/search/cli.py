"""The index from the command line: `flask search reindex`."""

import click
from flask.cli import AppGroup

from shop.search import operations

cli = AppGroup("search", help="The index of goods.")


@cli.command("reindex")
def reindex() -> None:
    """Build the index anew; the old one serves until the new one is ready."""
    click.echo(f"Đã lập lại chỉ mục: {operations.reindex()} sản phẩm.")
