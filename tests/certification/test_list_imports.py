"""A moderator brings a published list: upload, columns, trial run, import, error file."""

import hashlib
import io
import threading

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from shop.accounts.models import User
from shop.certification.lists.chosen import Chosen
from shop.certification.lists.layout import Layout, guess, of_json, to_json
from shop.certification.lists.sheets import read_grid
from shop.certification.models import ImportStatus, ListImport, RecognitionEntry
from shop.certification.operations import list_runs
from shop.certification.operations.lists import map_list, start_import, upload_list
from shop.core import outbox
from shop.core.audit import AuditEntry
from shop.core.errors import Forbidden, InvalidInput, WrongState
from tests.accounts.factories import floor_moderator, sign_in
from tests.certification.published import decision_file, listing
from tests.queries import assert_queries_stay_flat
from tests.stalls.factories import HA_NOI, TUYEN_QUANG, moderator_of

LISTS = "/tham-dinh/chung-nhan/danh-sach"


def count(db) -> int:
    return db.session.scalar(select(func.count()).select_from(RecognitionEntry))


def kept(db) -> ListImport:
    return db.session.scalars(select(ListImport).order_by(ListImport.id.desc())).first()


def upload(client, data: bytes, name="danh-sach.xlsx"):
    return client.post(LISTS, data={"file": (io.BytesIO(data), name)})


def columns(data: bytes, sheet=None, **more) -> dict[str, object]:
    """Return the form of the columns as it is guessed."""
    layout = guess(read_grid(data, sheet).lines)
    named = {place: name for name, place in layout.columns.items()}
    meant = {f"column_{place}": named.get(place, "") for place in range(len(layout.headings))}
    return {**meant, "first": layout.first, "sheet": sheet or "", **more}


def mapped(moderator, data: bytes, **defaults: str) -> ListImport:
    """Return a draft of which it was said how it is read, as it is guessed."""
    found = upload_list(moderator, data, "danh-sach.csv")
    grid = read_grid(data)
    layout = of_json({**to_json(guess(grid.lines)), "defaults": defaults})
    map_list(moderator, found.id, sheet=grid.sheet, layout=layout)
    return found


@pytest.fixture
def desk(client):
    return sign_in(client, moderator_of(province_code=TUYEN_QUANG))


def test_a_decision_file_goes_its_whole_way(desk, db):
    data = decision_file()
    sent = upload(desk, data)
    page = f"{LISTS}/{kept(db).id}"
    assert (sent.status_code, sent.location) == (303, f"{page}/cot")
    assert "Kết quả phân hạng / 4 sao" in desk.get(f"{page}/cot?trang-tinh=Phụ lục").text
    said = columns(data, "Phụ lục", province="Tuyên Quang", source="UBND tỉnh mẫu")
    assert desk.post(f"{page}/cot", data=said).location == page
    trial = desk.get(page).text
    assert "Mật ong mẫu" in trial
    assert count(db) == 0
    assert desk.post(f"{page}/nhap", data={"which": "all"}).status_code == 303
    rows = db.session.scalars(select(RecognitionEntry).order_by(RecognitionEntry.id)).all()
    assert {(row.product_name, row.stars, row.source) for row in rows} >= {
        ("Mật ong mẫu", 4, "UBND tỉnh mẫu"),
        ("Sáp ong mẫu", 3, "UBND tỉnh mẫu"),
    }
    assert (kept(db).status, kept(db).new_rows, kept(db).bad_rows) == ("imported", 2, 2)
    assert "list.imported" in db.session.scalars(select(AuditEntry.action)).all()


def test_a_title_over_all_columns_stands_once_in_the_first_lines(desk, db):
    upload(desk, decision_file())
    page = desk.get(f"{LISTS}/{kept(db).id}/cot?trang-tinh=Phụ lục").text
    assert page.count("DANH SÁCH SẢN PHẨM OCOP NĂM MẪU") == 1
    assert page.count('colspan="8"') == 3


def test_short_lines_are_shown_as_wide_as_the_headings(desk, db):
    upload(desk, "Tên sản phẩm,Tỉnh,Ghi chú\nCam mẫu\n".encode(), "x.csv")
    page = desk.get(f"{LISTS}/{kept(db).id}/cot").text
    assert page.count('<td class="cell--text">') == 6


def test_after_the_import_no_row_is_said_to_do_anything(desk, db):
    upload(desk, listing(2), "x.csv")
    page = f"{LISTS}/{kept(db).id}"
    desk.post(f"{page}/cot", data=columns(listing(2)))
    assert "Kết quả</th>" in desk.get(page).text
    desk.post(f"{page}/nhap", data={"which": "all"})
    assert "Kết quả</th>" not in desk.get(page).text


def test_importing_the_same_list_twice_changes_nothing(app, db):
    moderator = moderator_of(province_code=TUYEN_QUANG)
    for news in (5, 0):
        found = mapped(moderator, listing(5))
        start_import(moderator, found.id, Chosen())
        db.session.refresh(found)
        assert (found.new_rows, found.changed_rows) == (news, 0)
    assert count(db) == 5


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({"which": "page", "line": ["2", "4"]}, ["1", "3"]),
        ({"which": "span", "first": "3", "last": "4"}, ["2", "3"]),
        ({"which": "all"}, ["1", "2", "3", "4"]),
    ],
)
def test_all_rows_are_taken_or_the_chosen_ones(client, db, chosen, names):
    moderator = moderator_of(province_code=TUYEN_QUANG)
    found = mapped(moderator, listing(4))
    sign_in(client, moderator).post(f"{LISTS}/{found.id}/nhap", data=chosen)
    taken = select(RecognitionEntry.product_name).order_by(RecognitionEntry.product_name)
    assert db.session.scalars(taken).all() == [f"Sản phẩm mẫu {name}" for name in names]


@pytest.mark.parametrize(
    "chosen", [{"which": "page"}, {"which": "span"}, {"which": "span", "first": "9", "last": "9"}]
)
def test_a_choice_of_nothing_is_refused(client, db, chosen):
    moderator = moderator_of(province_code=TUYEN_QUANG)
    found = mapped(moderator, listing(4))
    sent = sign_in(client, moderator).post(f"{LISTS}/{found.id}/nhap", data=chosen)
    assert sent.status_code == 422
    assert (count(db), kept(db).status) == (0, "draft")


def test_rows_of_another_province_are_faults(client, db):
    moderator = moderator_of(province_code=TUYEN_QUANG)
    own, foreign = listing(1), listing(2, province="Cao Bằng").split(b"\n")[2]
    found = mapped(moderator, own + foreign + b"\n")
    page = sign_in(client, moderator).get(f"{LISTS}/{found.id}?xem=loi").text
    assert "“Cao Bằng” không thuộc địa bàn của bạn" in page
    start_import(moderator, found.id, Chosen())
    assert (count(db), kept(db).bad_rows) == (1, 1)
    assert start_import(floor_moderator(), mapped(floor_moderator(), own).id, Chosen())


def test_old_names_of_the_own_province_are_inside(app, db):
    moderator = moderator_of(province_code=TUYEN_QUANG)
    start_import(moderator, mapped(moderator, listing(2, province="Hà Giang")).id, Chosen())
    assert count(db) == 2


def test_a_moderator_of_a_commune_brings_no_lists(client, db):
    moderator = moderator_of(province_code=TUYEN_QUANG, commune_code="00721")
    with pytest.raises(Forbidden):
        upload_list(moderator, listing(1), "x.csv")
    desk = sign_in(client, moderator)
    assert upload(desk, listing(1)).status_code == 403
    assert 'type="file"' not in desk.get(LISTS).text


def test_drafts_are_their_uploaders_own(client, db):
    found = mapped(moderator_of(province_code=TUYEN_QUANG), listing(1))
    other = sign_in(client, moderator_of(province_code=HA_NOI))
    for page in ("", "/cot", "/dong-loi.xlsx"):
        assert other.get(f"{LISTS}/{found.id}{page}").status_code == 404
    assert other.post(f"{LISTS}/{found.id}/nhap", data={"which": "all"}).status_code == 404
    assert other.post(f"{LISTS}/{found.id}/bo").status_code == 404


def test_the_error_file_holds_the_rows_as_they_were_and_why(client, db):
    moderator = moderator_of(province_code=TUYEN_QUANG)
    bad = "9;=1+1;HTX mẫu;xã Mẫu;Tuyên Quang;9 sao;1/QĐ;05/03/2025\n".encode()
    found = mapped(moderator, listing(1) + bad)
    sent = sign_in(client, moderator).get(f"{LISTS}/{found.id}/dong-loi.xlsx")
    assert "attachment" in sent.headers["Content-Disposition"]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(sent.data)).get_sheet_by_index(0)
    head, row = ([str(cell) for cell in line] for line in sheet.to_python())
    assert head[-2:] == ["Dòng", "Lý do"]
    assert row[:3] == ["9", "=1+1", "HTX mẫu"]
    assert "Hạng sao: số sao là 3, 4 hoặc 5" in row[-1]
    assert "công thức" in row[-1]


def test_the_error_file_speaks_the_language_of_the_moderator(client, db):
    moderator = moderator_of(province_code=TUYEN_QUANG)
    moderator.locale = "en"
    found = mapped(moderator, listing(1) + b"2;Cam;HTX;;;3;;\n")
    desk = sign_in(client, moderator)
    desk.set_cookie("ngon-ngu", "en")
    sent = desk.get(f"{LISTS}/{found.id}/dong-loi.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(sent.data))
    head, row = book.get_sheet_by_index(0).to_python()
    assert (book.sheet_names, head[-2:]) == (["Faulty rows"], ["Line", "Reason"])
    assert row[-1] == "Tỉnh: must not be empty"


def test_what_is_wrong_is_said_and_kept(desk, db):
    assert upload(desk, b"").status_code == 422
    assert upload(desk, b"\xd0\xcf\x11\xe0old").status_code == 422
    data = "Tên sản phẩm,Chủ thể\nCam mẫu,HTX mẫu\n".encode()
    upload(desk, data, "a.csv")
    page = f"{LISTS}/{kept(db).id}/cot"
    no_province = desk.post(page, data=columns(data, source="báo mẫu"))
    assert no_province.status_code == 422
    assert "báo mẫu" in no_province.text
    twice = desk.post(page, data=columns(data, column_1="product_name", province="Tuyên Quang"))
    assert (twice.status_code, kept(db).layout) == (422, {})


def test_a_discarded_file_leaves_its_row_and_no_bytes(client, db):
    moderator = moderator_of(province_code=TUYEN_QUANG)
    found = mapped(moderator, listing(1))
    desk = sign_in(client, moderator)
    assert desk.post(f"{LISTS}/{found.id}/bo").status_code == 303
    assert db.session.scalar(select(ListImport.data)) is None
    assert desk.get(f"{LISTS}/{found.id}").status_code == 200
    assert desk.post(f"{LISTS}/{found.id}/nhap", data={"which": "all"}).status_code == 409


def test_a_long_list_is_left_to_the_worker(app, db, monkeypatch):
    monkeypatch.setattr(list_runs, "MOST_AT_ONCE", 3)
    moderator = moderator_of(province_code=TUYEN_QUANG)
    found = mapped(moderator, listing(9))
    assert not start_import(moderator, found.id, Chosen(span=(2, 6)))
    assert (count(db), kept(db).status) == (0, "importing")
    outbox.run_until_empty()
    list_runs.carry_out({"import_id": found.id})
    db.session.expire_all()
    assert (count(db), kept(db).status, kept(db).new_rows) == (5, ImportStatus.IMPORTED, 5)


def test_a_draft_without_columns_is_not_imported(app, db):
    moderator = moderator_of(province_code=TUYEN_QUANG)
    found = upload_list(moderator, listing(1), "x.csv")
    with pytest.raises(WrongState):
        start_import(moderator, found.id, Chosen())
    with pytest.raises(InvalidInput):
        map_list(moderator, found.id, sheet="", layout=Layout((), {}, 1))


def _both(app, jobs) -> tuple[list, list]:
    done, errors, start = [], [], threading.Barrier(2)

    def run(job):
        with app.app_context():
            try:
                start.wait(60)
                done.append(job())
            except Exception as error:  # noqa: BLE001  shown by the test
                errors.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    [thread.start() for thread in threads]
    [thread.join(120) for thread in threads]
    return done, errors


def _start(db, user_id: int, import_id: int):
    return lambda: start_import(db.session.get(User, user_id), import_id, Chosen())


def test_two_who_bring_the_same_list_at_once_leave_each_row_once(app, db):
    moderators = [moderator_of(province_code=TUYEN_QUANG) for _ in range(2)]
    jobs = [_start(db, each.id, mapped(each, listing(300)).id) for each in moderators]
    db.session.commit()
    done, errors = _both(app, jobs)
    assert not errors
    assert (done, count(db)) == ([True, True], 300)
    assert sorted(db.session.scalars(select(ListImport.new_rows))) == [0, 300]


def test_of_two_who_import_one_file_one_is_told(app, db):
    moderator = floor_moderator()
    jobs = [_start(db, moderator.id, mapped(moderator, listing(300)).id)] * 2
    db.session.commit()
    done, errors = _both(app, jobs)
    assert (done, [type(error) for error in errors]) == ([True], [WrongState])
    assert count(db) == 300


def test_the_pages_ask_no_more_for_many_rows(client, db):
    moderator = moderator_of(province_code=TUYEN_QUANG)
    found = mapped(moderator, listing(10))
    desk, db_engine = sign_in(client, moderator), db.engine

    def more():
        data = listing(3000)
        found.data, found.sha256 = data, hashlib.sha256(data).hexdigest()
        db.session.commit()

    assert_queries_stay_flat(desk, f"{LISTS}/{found.id}", more, db_engine)
    assert_queries_stay_flat(desk, f"{LISTS}/{found.id}/cot", lambda: None, db_engine)
