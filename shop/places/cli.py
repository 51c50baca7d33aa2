"""`flask places`: the tables of places, from the command line."""

from flask.cli import AppGroup

from shop.places.operations import load_places

cli = AppGroup("places", help="Provinces, communes and places of before July 2025.")


@cli.command("load")
def load() -> None:
    """Bring the tables of places to what the files of this version say."""
    load_places()
    print("The places are up to date.")
