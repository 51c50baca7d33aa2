"""What a published list of many rows costs: read, judged, tried, imported, imported again.

`python bench/lists.py` brings lists of 20,000 and of 50,000 rows, as CSV and as Excel, to an empty
floor in a folder of its own (or `--database` with an empty PostgreSQL), while a buyer writes all
the time. The unit is the fixed piece of Python of `pages.py`. What should stay the same between
the two sizes is the cost of a thousand rows, the longest transaction and the buyer's longest wait.
"""

import argparse
import io
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SIZES = (20_000, 50_000)
PROVINCES = ("Hà Giang", "Tuyên Quang", "Cao Bằng", "Bắc Kạn", "Lào Cai", "Yên Bái")
HEAD = ("STT", "Tên sản phẩm", "Chủ thể", "Xã", "Tỉnh", "Hạng sao", "Số quyết định", "Ngày ký")
PAUSE_SECONDS = 0.005


class Cost(NamedTuple):
    """A step measured: seconds of this process's CPU, the longest transaction and wait."""

    name: str
    rows: int
    cpu: float
    transaction: float
    wait: float


def main() -> None:
    """Bring the lists and print the table."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="chophien-bench-") as folder:
        os.environ.update(DATA_DIR=folder, DATABASE_URL=options.database, LOG_LEVEL="CRITICAL")
        from bench.pages import unit_ms  # noqa: PLC0415  reads the settings of the environment

        app, units, costs = _app(), [], []
        with app.app_context():
            for rows in options.rows:
                units.append(unit_ms())
                costs += list(_steps(rows))
        _print(statistics.median(units) / 1000, costs)


def cells(rows: int) -> Iterator[tuple[object, ...]]:
    """Yield the lines of a list; sizes do not share their rows."""
    for n in range(1, rows + 1):
        place = f"xã Mẫu {n % 400}"
        decision = f"{n % 90}/QĐ-UBND"
        name, holder = f"Sản phẩm mẫu {n} của {rows}", f"HTX mẫu {n % 9000}"
        province = PROVINCES[n % len(PROVINCES)]
        yield n, name, holder, place, province, f"{3 + n % 3} sao", decision, "05/03/2025"


def as_csv(rows: int) -> bytes:
    """Return a list as a CSV file."""
    lines = (";".join(map(str, line)) for line in (HEAD, *cells(rows)))
    return "\n".join(lines).encode()


def as_excel(rows: int) -> bytes:
    """Return a list as a workbook."""
    from xlsxwriter import Workbook  # noqa: PLC0415

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for place, line in enumerate((HEAD, *cells(rows))):
            page.write_row(place, 0, line)
    return out.getvalue()


def _steps(rows: int) -> Iterator[Cost]:
    from shop.certification.lists.layout import read_sheet  # noqa: PLC0415
    from shop.certification.lists.rows import judge  # noqa: PLC0415
    from shop.certification.lists.sheets import read_grid  # noqa: PLC0415
    from shop.certification.operations import import_list  # noqa: PLC0415
    from shop.certification.queries.lists import known_facts  # noqa: PLC0415

    text, book = as_csv(rows), as_excel(rows)
    yield _measure("read Excel", rows, lambda: read_grid(book))
    sheet: list[Any] = []
    yield _measure("read CSV", rows, lambda: sheet.append(read_sheet(text)))
    judged: list[Any] = []
    yield _measure("judge", rows, lambda: judged.append(judge(sheet[0])))
    goods = judged[0].rows
    keys = [row.source_key for row in goods]
    for name in ("import", "import again"):
        yield _measure("look up what is known", rows, lambda: known_facts(keys))
        yield _measure(name, rows, lambda: import_list(goods))


def _measure(name: str, rows: int, step: Callable[[], object]) -> Cost:
    with _watched() as longest, _buyer() as waits:
        started = time.process_time()
        step()
        cpu = time.process_time() - started
    return Cost(name, rows, cpu, max(longest, default=0.0), max(waits, default=0.0))


@contextmanager
def _watched() -> Iterator[list[float]]:
    """Collect how long each writing transaction of the importer lasts."""
    from shop.certification.operations import recognition  # noqa: PLC0415

    inner: Any = recognition.__dict__["transaction"]
    lasted: list[float] = []

    @contextmanager
    def timed() -> Iterator[None]:
        started = time.monotonic()
        with inner():
            yield
        lasted.append(time.monotonic() - started)

    recognition.__dict__["transaction"] = timed
    try:
        yield lasted
    finally:
        recognition.__dict__["transaction"] = inner


@contextmanager
def _buyer() -> Iterator[list[float]]:
    """Let somebody write from a connection of her own; collect how long each write waits."""
    from sqlalchemy import create_engine, text  # noqa: PLC0415

    from shop.core.db import BUSY_SECONDS, db, is_sqlite  # noqa: PLC0415

    given = {"timeout": BUSY_SECONDS} if is_sqlite() else {}
    engine = create_engine(db.engine.url, connect_args=given)
    waits: list[float] = []
    stop = threading.Event()

    def write() -> None:
        with engine.connect() as connection:
            while not stop.wait(PAUSE_SECONDS):
                started = time.monotonic()
                connection.execute(text("UPDATE periodic_runs SET started_at = started_at"))
                connection.commit()
                waits.append(time.monotonic() - started)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield waits
    finally:
        stop.set()
        thread.join()
        engine.dispose()


def _app() -> Any:
    from flask_migrate import upgrade  # noqa: PLC0415

    from shop.app import create_app  # noqa: PLC0415

    app = create_app({"LOG_LEVEL": "CRITICAL"})
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
    return app


def _print(unit: float, costs: list[Cost]) -> None:
    print(f"1 unit = {1000 * unit:.2f} ms of CPU\n")
    print("| Step | rows | CPU s | units per 1,000 rows | longest transaction | longest wait |")
    print("| --- | --: | --: | --: | --: | --: |")
    for cost in costs:
        each = cost.cpu / unit / cost.rows * 1000
        print(
            f"| {cost.name} | {cost.rows:,} | {cost.cpu:.1f} | {each:.1f} "
            f"| {cost.transaction / unit:.0f} units | {cost.wait / unit:.0f} units |"
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="", help="an empty PostgreSQL database, by its URL")
    parser.add_argument("--rows", type=int, nargs="+", default=SIZES)
    return parser.parse_args()


if __name__ == "__main__":
    main()
