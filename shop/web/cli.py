"""The worker as a command: `flask jobs run`."""

import signal
from threading import Event

import click
from flask.cli import AppGroup

from shop.core import outbox

cli = AppGroup("jobs", help="The work that the floor has promised itself.")


@cli.command("run")
@click.option("--once", is_flag=True, help="Carry out what is due, then end.")
def run(*, once: bool) -> None:
    """Deliver the outbox until stopped, or once."""
    if once:
        outbox.run_until_empty()
        return
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    outbox.run_forever(stop)
