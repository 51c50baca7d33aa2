"""The rows that stay out, handed back as a workbook to be mended: their cells, and why."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext

from shop.core.sheets import workbook


def error_file(
    head: Sequence[str], rows: Iterable[tuple[int, Sequence[str], Sequence[str]]]
) -> bytes:
    """Return a workbook of rows (line, cells, reasons); every cell is text, none a formula."""
    width = len(head)
    table = (
        [*cells[:width], *[""] * (width - len(cells)), str(line), "\n".join(reasons)]
        for line, cells, reasons in rows
    )
    names = [*head, gettext("Line"), gettext("Reason")]
    return workbook(gettext("Faulty rows"), names, table, to_be_mended=True)
