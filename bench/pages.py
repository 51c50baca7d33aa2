"""What each public page costs on a floor of a given size.

`python bench/pages.py --products 20000 --stalls 2000` loads a demo floor into a folder of its own
and prints a table. The unit is a fixed piece of Python that is timed between the pages of the same
run, so that figures of different machines and of busier hours can be compared.
"""

import argparse
import gzip
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LEAST_TIMES = 12
BROWSER = {"Accept-Encoding": "br, gzip", "Accept-Language": "vi"}


class Cost(NamedTuple):
    """A page measured: CPU of this process and of the database server, what it asks, its size."""

    name: str
    cpu_ms: float
    server_ms: float | None
    statements: int
    html_bytes: int
    sent_bytes: int


def main() -> None:
    """Load the floor, measure the pages, print the table."""
    options = _options()
    with _folder(options.data_dir) as folder:
        os.environ.update(DATA_DIR=str(folder), DATABASE_URL=options.database, LOG_LEVEL="CRITICAL")
        sys.path.insert(0, str(ROOT))
        from bench import floor  # noqa: PLC0415  reads the settings of the environment

        app = floor.make(options.products, options.stalls)
        wanted = {name: path for name, path in floor.pages(app).items() if options.only in name}
        units, costs = [], []
        for name, path in wanted.items():
            units.append(unit_ms())
            costs.append(measure(app, name, path, seconds=options.seconds))
        _print(floor.size(app), statistics.median(units), costs)


def measure(app: Any, name: str, path: str, *, seconds: float) -> Cost:
    """Ask for a page until the time is used up; the median request counts."""
    from bench import floor  # noqa: PLC0415

    client, server = app.test_client(), floor.server_clock(app)
    plain = client.get(path)
    if plain.status_code != 200:
        raise SystemExit(f"{path}: {plain.status_code}")
    sent = client.get(path, headers=BROWSER)
    with floor.counted(app) as statements:
        client.get(path, headers=BROWSER)
    times: list[float] = []
    before, until = server(), time.monotonic() + seconds
    while len(times) < LEAST_TIMES or time.monotonic() < until:
        started = time.process_time()
        client.get(path, headers=BROWSER)
        times.append((time.process_time() - started) * 1000)
    after = server()
    spent = None if before is None or after is None else (after - before) / len(times)
    size = len(plain.data), len(sent.data)
    return Cost(name, statistics.median(times), spent, len(statements), *size)


def unit_ms() -> float:
    """Return the time of a fixed piece of work: text cut, sorted, counted and packed."""
    words = [f"mật ong bạc hà {number * 7919 % 1009}" for number in range(1500)]
    times = []
    for _ in range(15):
        started = time.process_time()
        seen: dict[str, int] = {}
        for word in sorted(words):
            for part in word.split():
                seen[part] = seen.get(part, 0) + 1
        gzip.compress("".join(seen).encode(), 6)
        times.append((time.process_time() - started) * 1000)
    return statistics.median(times)


def _print(size: str, unit: float, costs: list[Cost]) -> None:
    print(f"{size}; 1 unit = {unit:.2f} ms of CPU\n")
    print("| Page | CPU ms | units | database server ms | statements | HTML bytes | sent |")
    print("| --- | --: | --: | --: | --: | --: | --: |")
    for cost in costs:
        server = "" if cost.server_ms is None else f"{cost.server_ms:.1f}"
        print(
            f"| {cost.name} | {cost.cpu_ms:.1f} | {cost.cpu_ms / unit:.1f} | {server} "
            f"| {cost.statements} | {cost.html_bytes:,} | {cost.sent_bytes:,} |"
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=400)
    parser.add_argument("--stalls", type=int, default=40)
    parser.add_argument("--database", default="", help="an empty PostgreSQL database, by its URL")
    parser.add_argument("--data-dir", default="", help="keep the floor here, and use it again")
    parser.add_argument("--seconds", type=float, default=1.5, help="how long to try each page")
    parser.add_argument("--only", default="", help="measure pages whose name holds this")
    return parser.parse_args()


@contextmanager
def _folder(given: str) -> Iterator[Path]:
    if given:
        Path(given).mkdir(parents=True, exist_ok=True)
        yield Path(given).resolve()
        return
    with tempfile.TemporaryDirectory(prefix="chophien-bench-") as made:
        yield Path(made)


if __name__ == "__main__":
    main()
