"""The floor that is measured: made once, its pages found in its own rows."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event, func, select, text

from shop.app import create_app
from shop.catalogue.models import Product, ProductStatus
from shop.certification.models import Certificate, RecognitionEntry
from shop.certification.queries import live
from shop.core.db import db, is_sqlite
from shop.demo.operations import Size, is_empty, load_demo
from shop.search import gateway
from shop.stalls.models import Stall, StallStatus

TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")
HOUSEKEEPING = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET")

ADDRESSES = {
    "home": "/",
    "goods": "/san-pham",
    "goods, page 50": "/san-pham?trang=50",
    "goods, page 500": "/san-pham?trang=500",
    "goods, province": "/san-pham?tinh={province}",
    "goods, 5 stars": "/san-pham?sao=5",
    "goods, any stars": "/san-pham?sao=3&sao=4&sao=5",
    "goods, set and price": "/san-pham?nhom={set}&gia_tu=50000&gia_den=300000",
    "goods, province and 4 stars": "/san-pham?tinh={province}&sao=4",
    "goods, cheapest": "/san-pham?sap_xep=gia",
    "goods, dearest": "/san-pham?sap_xep=gia-giam",
    "goods, unit price": "/san-pham?sap_xep=don-gia",
    "goods, cheapest of a set": "/san-pham?nhom={set}&sap_xep=gia",
    "goods, 5 stars, cheapest": "/san-pham?sao=5&sap_xep=gia",
    "goods, cheapest, page 500": "/san-pham?sap_xep=gia&trang=500",
    "product": "/san-pham/{product}",
    "search: mat ong": "/tim-kiem?q=mat+ong",
    "search: mật ong bạc hà": "/tim-kiem?q=m%E1%BA%ADt+ong+b%E1%BA%A1c+h%C3%A0",
    "search: nuoc ma (begun)": "/tim-kiem?q=nuoc+ma",
    "search: htx (common)": "/tim-kiem?q=htx",
    "search: xe may dien (nothing)": "/tim-kiem?q=xe+may+dien",
    "search: mat ong, cheapest": "/tim-kiem?q=mat+ong&sap_xep=gia",
    "registry": "/danh-muc-ocop",
    "registry, searched": "/danh-muc-ocop?q=mat+ong",
    "registry entry": "/danh-muc-ocop/{entry}",
    "certificate": "/chung-nhan/{code}",
    "certificate, as JSON": "/api/v1/certificates/{code}",
    "certificate, QR code": "/chung-nhan/{code}/qr.svg",
    "certificate, shelf card": "/chung-nhan/{code}/the-ke",
    "stalls": "/gian-hang",
    "stall": "/gian-hang/{stall}",
    "cart, empty": "/gio-hang",
}


def make(products: int, stalls: int) -> Flask:
    """Return the application on a floor of this size, loading it when there is none yet."""
    gateway.WhooshEngine.search = gateway.WhooshEngine._look  # type: ignore[method-assign]  # noqa: SLF001  each search is asked anew
    app = create_app({"LOG_LEVEL": "CRITICAL"})
    with app.app_context():
        upgrade(directory=str(Path(app.root_path) / "migrations"))
        if is_empty():
            load_demo(Size(products=products, stalls=stalls))
        db.session.remove()
        if not is_sqlite():
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as server:
                server.execute(text("VACUUM ANALYZE"))
        db.engine.dispose()
    return app


def size(app: Flask) -> str:
    """Return in words what was measured."""
    with app.app_context():
        kinds = {"products": Product, "stalls": Stall, "certificates": Certificate}
        counts = [
            f"{db.session.scalar(select(func.count()).select_from(kind)):,} {name}"
            for name, kind in kinds.items()
        ]
        return f"{db.engine.dialect.name}: {', '.join(counts)}"


def pages(app: Flask) -> dict[str, str]:
    """Return the pages to measure by their names, with addresses that exist on this floor."""
    with app.app_context():
        return _pages()


def _pages() -> dict[str, str]:
    listed = Product.status == ProductStatus.PUBLISHED
    province = _most(Product.province_code, listed)
    chosen = _most(Product.product_set, listed, Product.province_code == province)
    busiest = _most(Product.stall_id, listed)
    stall = db.session.scalar(select(Stall.slug).where(Stall.id == busiest))
    slug = db.session.scalar(
        select(Product.slug)
        .join(Product.stall)
        .join(Certificate, Certificate.product_id == Product.id)
        .where(listed, live(), Stall.status == StallStatus.ACTIVE)
        .limit(1)
    )
    code = db.session.scalar(select(Certificate.product_code).where(live()).limit(1))
    entry = db.session.scalar(select(RecognitionEntry.slug).limit(1))
    found = {
        "province": province,
        "set": chosen,
        "product": slug,
        "code": code,
        "entry": entry,
        "stall": stall,
    }
    return {name: address.format(**found) for name, address in ADDRESSES.items()}


def _most(column: Any, *conditions: Any) -> Any:
    wanted = select(column).where(*conditions).group_by(column)
    return db.session.scalar(wanted.order_by(func.count().desc(), column).limit(1))


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Collect the statements sent to the database while the block runs."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(HOUSEKEEPING):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def server_clock(app: Flask) -> Callable[[], float | None]:
    """Return a clock of the CPU spent by this floor's database server, None inside the process."""
    with app.app_context():
        if is_sqlite():
            return lambda: None
        wanted = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        pids = [int(pid) for pid in db.session.scalars(wanted)]
    return lambda: sum(_spent_ms(pid) for pid in pids)


def _spent_ms(pid: int) -> float:
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) * TICK_MS
