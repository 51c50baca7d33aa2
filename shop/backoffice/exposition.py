"""Numbers in the plain text that Prometheus reads."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Gauge(NamedTuple):
    """A number that may rise and fall: one value, or one for each value of a label."""

    name: str
    help: str
    values: Mapping[str, float]
    label: str = ""


def exposition(gauges: Iterable[Gauge]) -> str:
    """Return gauges as text, each with its help and type."""
    return "".join(f"{line}\n" for gauge in gauges for line in _lines(gauge))


def _lines(gauge: Gauge) -> Iterable[str]:
    yield f"# HELP {gauge.name} {gauge.help}"
    yield f"# TYPE {gauge.name} gauge"
    for value, number in gauge.values.items():
        labels = f'{{{gauge.label}="{value}"}}' if gauge.label else ""
        yield f"{gauge.name}{labels} {number:.15g}"
