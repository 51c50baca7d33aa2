"""The desk for published lists: bring a file, say what its columns mean, try it, import it."""

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from shop.accounts.models import User
from shop.certification.lists.changes import Fate
from shop.certification.lists.error_file import error_file
from shop.certification.lists.layout import Layout, guess
from shop.certification.lists.sheets import Grid
from shop.certification.models import ListImport
from shop.certification.moderator_views.desk import bp
from shop.certification.moderator_views.list_forms import ImportForm, MappingForm, UploadForm
from shop.certification.operations.lists import (
    discard_list,
    map_list,
    may_import,
    resume_list,
    start_import,
    upload_list,
)
from shop.certification.queries import lists
from shop.core.errors import InvalidInput, NotFound, WrongState
from shop.web import slots
from shop.web.access import moderator
from shop.web.paging import Page, page_number
from shop.web.templating import render

SHOWN_LINES = 8
ROWS = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@slots.fill("moderation.queues", order=27)
def drafts(user: User) -> tuple[str, int, str]:
    """Tell the desk's first page how many lists are being prepared."""
    return gettext("Published lists"), lists.draft_count(user), url_for(f"{bp.name}.lists")


@bp.get("/danh-sach", endpoint="lists")
@moderator
def all_lists() -> Response:
    """Show the form for a file, and the history of those that were brought."""
    return _start(UploadForm(None))


@bp.post("/danh-sach")
@moderator
def upload() -> BaseResponse:
    """Keep a file as a draft and go on to its columns."""
    form = UploadForm()
    if form.validate():
        try:
            kept = upload_list(current_user, *form.read())
        except InvalidInput as error:
            form.put_error(error, "file")
        else:
            return _to("columns", kept.id)
    return _start(form, status=422)


@bp.get("/danh-sach/<int:import_id>")
@moderator
def list_import(import_id: int) -> BaseResponse:
    """Show what a file would change, or what came of it."""
    found = _found(import_id)
    if found.is_draft and not found.is_mapped:
        return _to("columns", import_id)
    return _review(found, ImportForm(None))


@bp.get("/danh-sach/<int:import_id>/cot")
@moderator
def columns(import_id: int) -> Response:
    """Show the first lines of a file with a choice of meaning for each column."""
    found = _draft(import_id)
    grid = lists.grid_of(found, request.args.get("trang-tinh"))
    layout = _layout(found, grid)
    return _columns(found, grid, MappingForm.of(layout, is_posted=False))


@bp.post("/danh-sach/<int:import_id>/cot")
@moderator
def save_columns(import_id: int) -> BaseResponse:
    """Keep what the columns mean, and try the list."""
    found = _draft(import_id)
    grid = lists.grid_of(found, request.form.get("sheet"))
    layout = _layout(found, grid)
    form = MappingForm.of(layout, is_posted=True)
    if form.validate():
        try:
            said = form.layout(layout.headings)
            map_list(current_user, import_id, sheet=grid.sheet, layout=said)
        except InvalidInput as error:
            form.put_error(error, "first")
        else:
            return _to("list_import", import_id)
    return _columns(_draft(import_id), grid, form, status=422)


@bp.post("/danh-sach/<int:import_id>/nhap")
@moderator
def start(import_id: int) -> BaseResponse:
    """Import the good rows that were chosen."""
    form = ImportForm()
    if form.validate():
        try:
            chosen = form.chosen(request.form.getlist("line", type=int)[:ROWS])
            is_done = start_import(current_user, import_id, chosen)
        except InvalidInput as error:
            form.put_error(error, "which")
        else:
            flash(gettext("Imported.") if is_done else gettext("The import has begun."), "ok")
            return _to("list_import", import_id)
    return _review(_draft(import_id), form, status=422)


@bp.post("/danh-sach/<int:import_id>/tiep")
@moderator
def resume(import_id: int) -> BaseResponse:
    """Let the worker go on with an import that stands still."""
    resume_list(current_user, import_id)
    flash(gettext("The import goes on."), "ok")
    return _to("list_import", import_id)


@bp.post("/danh-sach/<int:import_id>/bo")
@moderator
def discard(import_id: int) -> BaseResponse:
    """Throw a draft away, or what is left of an import that stands still."""
    discard_list(current_user, import_id)
    flash(gettext("Discarded."), "ok")
    return redirect(url_for(f"{bp.name}.lists"), 303)


@bp.get("/danh-sach/<int:import_id>/dong-loi.xlsx")
@moderator
def errors(import_id: int) -> Response:
    """Hand out the rows that stay out, each with its reasons."""
    found = _found(import_id)
    if not found.is_mapped or not found.has_data:
        raise NotFound
    bad = lists.bad_rows(found, lists.review(found, current_user))
    head = lists.layout_of(found).headings
    content = error_file(head, [(row.line, row.cells, row.reasons) for row in bad])
    response = Response(content, mimetype=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="dong-loi-{import_id}.xlsx"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _to(page: str, import_id: int) -> BaseResponse:
    return redirect(url_for(f"{bp.name}.{page}", import_id=import_id), 303)


def _found(import_id: int) -> ListImport:
    found = lists.list_import(current_user, import_id)
    if found is None:
        raise NotFound
    return found


def _draft(import_id: int) -> ListImport:
    found = _found(import_id)
    if not found.is_draft:
        raise WrongState
    return found


def _layout(found: ListImport, grid: Grid) -> Layout:
    """Return how a sheet was said to be read, else the best guess, else columns without names."""
    if found.is_mapped and grid.sheet == found.sheet:
        return lists.layout_of(found)
    width = max((len(cells) for _, cells in grid.lines[:ROWS]), default=0)
    first = grid.lines[0][0] if grid.lines else 1
    return guess(grid.lines) or Layout(("",) * width, {}, first)


def _start(form: UploadForm, *, status: int = 200) -> Response:
    return render(
        "certification/lists/lists.html",
        status=status,
        form=form,
        may_import=may_import(current_user),
        page=lists.list_imports(current_user, page=page_number()),
    )


def _columns(found: ListImport, grid: Grid, form: MappingForm, *, status: int = 200) -> Response:
    return render(
        "certification/lists/columns.html",
        status=status,
        found=found,
        grid=grid,
        form=form,
        lines=[
            (line, _shown(cells, len(form.columns())))
            for line, cells in grid.lines[: SHOWN_LINES + 4]
        ],
    )


def _shown(cells: list[str], width: int) -> list[tuple[str, int]]:
    """Return the cells of a line with how many columns each takes; a title takes them all."""
    filled = {cell.strip() for cell in cells if cell.strip()}
    if width > 1 and len(filled) == 1 and len(cells) >= width and "" not in cells:
        return [(cells[0], width)]
    padded = [*cells[:width], *[""] * (width - len(cells))]
    return [(cell, 1) for cell in padded]


def _review(found: ListImport, form: ImportForm, *, status: int = 200) -> Response:
    """Show a file with its good rows or its faults; of a discarded one only that it is gone."""
    shown = request.args.get("xem") == "loi"
    reviewed = lists.review(found, current_user) if found.is_mapped and found.has_data else None
    rows = (reviewed.faults if shown else reviewed.rows) if reviewed else []
    page = Page(rows, page_number(), ROWS, len(rows)).within()
    start_at = (page.number - 1) * ROWS
    return render(
        "certification/lists/review.html",
        status=status,
        found=found,
        form=form,
        reviewed=reviewed,
        fates=list(Fate),
        shows_faults=shown,
        page=page,
        rows=rows[start_at : start_at + ROWS],
    )
