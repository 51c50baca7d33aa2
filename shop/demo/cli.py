"""`flask demo`: invented stalls and goods for a floor to try out."""

import click
from flask.cli import AppGroup
from flask_babel import gettext

from shop.demo.operations import DemoRefused, Size, is_loaded, load_demo
from shop.web.templating import number

DEFAULT = Size()

cli = AppGroup("demo", help="Invented data to try the floor with.")


@cli.command("load")
@click.option("--products", default=DEFAULT.products, show_default=True, type=click.IntRange(1))
@click.option("--stalls", default=DEFAULT.stalls, show_default=True, type=click.IntRange(1))
@click.option("--seed", default=DEFAULT.seed, show_default=True)
@click.option("--if-empty", is_flag=True, help="Say nothing when the demo data is there already.")
def load(*, products: int, stalls: int, seed: int, if_empty: bool) -> None:
    """Fill the floor with invented stalls, goods, orders and reviews; the same for a seed."""
    if if_empty and is_loaded():
        return
    try:
        counts = load_demo(Size(products=products, stalls=stalls, seed=seed))
    except DemoRefused as error:
        print(error.message)
        raise SystemExit(1) from error
    for words, count in _told(counts):
        print(f"{words}: {number(count)}")


def _told(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [
        (gettext("Stalls"), counts["stalls"]),
        (gettext("Goods"), counts["products"]),
        (gettext("Packs"), counts["skus"]),
        (gettext("Certificates"), counts["certificates"]),
        (gettext("Pictures and papers"), counts["stored_files"]),
        (gettext("Dossiers"), counts["dossiers"]),
        (gettext("Orders"), counts["orders"]),
        (gettext("Reviews"), counts["reviews"]),
        (gettext("Rows of the registry"), counts["recognition_entries"]),
    ]
