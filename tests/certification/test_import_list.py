"""`flask registry import`: each row once, however often and by however many."""

import csv
import threading
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from shop.certification.lists.rows import ListedProduct
from shop.certification.models import RecognitionEntry
from shop.certification.operations import import_list, recognition
from shop.core.audit import AuditEntry
from tests.certification.test_read_list import HEAD

SAMPLE = Path(__file__).parents[2] / "shop/certification/data/real-products.csv"


def listed(**facts) -> ListedProduct:
    given = {
        "line": 2,
        "product_name": "Mật ong bạc hà",
        "producer": "HTX mẫu",
        "place": "",
        "old_province": "Hà Giang",
        "stars": 4,
        "decision_number": "",
        "decided_on": None,
        "source": "",
    }
    return ListedProduct(**{**given, **facts})


def count(db) -> int:
    return db.session.scalar(select(func.count()).select_from(RecognitionEntry))


def run(runner, tmp_path, text: str, *options: str):
    path = tmp_path / "danh-muc.csv"
    path.write_text(text, encoding="utf-8")
    return runner.invoke(args=["registry", "import", str(path), *options])


def test_imports_the_sample_as_it_is_written(runner, db):
    result = runner.invoke(args=["registry", "import", str(SAMPLE)])
    assert result.exit_code == 0, result.output
    assert "Mới: 150 · giữ nguyên: 0 · thay đổi: 0 · lỗi: 0" in result.output
    with SAMPLE.open(encoding="utf-8") as source:
        written = list(csv.DictReader(source))
    without = sum(not row["stars"] for row in written)
    no_stars = select(func.count()).where(RecognitionEntry.stars.is_(None))
    assert (count(db), db.session.scalar(no_stars)) == (len(written), without)


def test_importing_twice_changes_nothing(runner, db):
    runner.invoke(args=["registry", "import", str(SAMPLE)])
    columns = RecognitionEntry.__table__.columns
    before = db.session.execute(select(*columns).order_by(RecognitionEntry.id)).all()
    db.session.rollback()
    result = runner.invoke(args=["registry", "import", str(SAMPLE)])
    assert "Mới: 0 · giữ nguyên: 150 · thay đổi: 0 · lỗi: 0" in result.output
    assert db.session.execute(select(*columns).order_by(RecognitionEntry.id)).all() == before


def test_puts_old_places_where_they_are_today_or_flags_them(db):
    import_list(
        [
            listed(old_province="Hà Giang"),
            listed(old_province="Trà Vinh", place="huyện Cầu Kè"),
            listed(old_province="Xứ Mường Xa"),
        ]
    )
    rows = db.session.scalars(select(RecognitionEntry).order_by(RecognitionEntry.id)).all()
    found = {row.old_province: (row.province_code, row.place_flag) for row in rows}
    assert found["Hà Giang"] == ("08", "")
    assert found["Trà Vinh"] == ("86", "district")
    assert found["Xứ Mường Xa"] == (None, "unknown")


def test_a_bad_row_keeps_everything_out_and_is_told_in_vietnamese(runner, db, tmp_path):
    result = run(runner, tmp_path, HEAD + "Cam,A,B,Hà Giang,4,,\nChè,A,B,Hà Giang,1,,\n")
    assert result.exit_code == 1
    assert "Dòng 3, cột “stars”: hạng 1 và 2 sao không được công nhận" in result.output
    assert "Chưa nhập dòng nào: có 1 dòng lỗi" in result.output
    assert count(db) == 0


def test_takes_the_good_rows_when_asked(runner, db, tmp_path):
    text = HEAD + "Cam,A,B,Hà Giang,4,,\nChè,A,B,Hà Giang,1,,\n"
    result = run(runner, tmp_path, text, "--good-rows-only")
    assert result.exit_code == 0
    assert "Mới: 1 · giữ nguyên: 0 · thay đổi: 0 · lỗi: 1" in result.output
    assert db.session.scalars(select(RecognitionEntry.product_name)).all() == ["Cam"]


def test_shows_no_more_faults_than_one_can_read(runner, tmp_path):
    result = run(runner, tmp_path, HEAD + "Cam,A,B,Hà Giang,9,,\n" * 130)
    assert result.output.count("cột “stars”") == 100
    assert "… và 30 lỗi nữa." in result.output


def test_says_in_one_line_that_a_file_is_no_list(runner, tmp_path):
    result = run(runner, tmp_path, "một,hai\n")
    assert result.exit_code == 1
    assert result.output.startswith("danh-muc.csv: Không tìm thấy dòng tiêu đề")


def test_a_newer_edition_adds_what_it_knows_and_forgets_nothing(db):
    import_list([listed(stars=None, source="báo A")])
    counts = import_list([listed(stars=5, decided_on=date(2025, 1, 2))])
    assert (counts.new, counts.changed) == (0, 1)
    counts = import_list([listed(stars=None)])
    assert (counts.changed, counts.unchanged) == (0, 1)
    row = db.session.scalars(select(RecognitionEntry)).one()
    assert (row.stars, row.decided_on, row.source) == (5, date(2025, 1, 2), "báo A")
    changes = select(AuditEntry).where(AuditEntry.action == "registry.changed")
    change = db.session.scalars(changes).one()
    assert change.data == {"stars": [None, 5], "decided_on": [None, "2025-01-02"]}


def test_namesakes_have_addresses_of_their_own(db):
    import_list([listed(place="xã A"), listed(place="xã B"), listed(product_name="Ă" * 200)])
    slugs = db.session.scalars(select(RecognitionEntry.slug)).all()
    assert len(set(slugs)) == 3
    assert max(map(len, slugs)) <= 140


def test_very_long_rows_have_keys_that_fit_and_differ(db):
    long = {"product_name": "a" * 200, "producer": "b" * 200}
    import_list([listed(**long, place="c" * 200), listed(**long, place="d" * 200)])
    keys = db.session.scalars(select(RecognitionEntry.source_key)).all()
    assert len(set(keys)) == 2
    assert {len(key) for key in keys} == {400}


def test_two_imports_at_once_leave_each_row_once(app, db):
    """Many short rounds: two that insert the same row in the same moment meet in every index."""
    counts, errors, start = [], [], threading.Barrier(2)
    rounds = [[listed(product_name=f"Cam {n} {number}") for number in range(2)] for n in range(40)]

    def read(order):
        with app.app_context():
            try:
                for rows in rounds:
                    start.wait(60)
                    counts.append(import_list(rows[::order]))
            except Exception as error:  # noqa: BLE001  shown below
                errors.append(error)
                start.abort()

    threads = [threading.Thread(target=read, args=(order,)) for order in (1, -1)]
    [thread.start() for thread in threads]
    [thread.join(120) for thread in threads]
    assert not errors
    assert sum(each.new for each in counts) == count(db) == 40 * 2


def test_an_import_that_breaks_off_is_completed_by_the_next(db, monkeypatch):
    rows = [listed(producer=name) for name in "ABC"]
    with monkeypatch.context() as broken:
        broken.setattr(recognition, "BATCH", 1)
        broken.setattr(recognition, "slug_of", lambda row: {"A": "a"}[row.producer])
        with pytest.raises(KeyError):
            import_list(rows)
    assert count(db) == 1
    counts = import_list(rows)
    assert (counts.new, counts.unchanged, count(db)) == (2, 1, 3)


def test_a_row_whose_address_is_taken_is_not_lost_in_silence(db, monkeypatch):
    import_list([listed(producer="A")])
    taken = db.session.scalar(select(RecognitionEntry.slug))
    monkeypatch.setattr(recognition, "slug_of", lambda _row: taken)
    with pytest.raises(RuntimeError):
        import_list([listed(producer="B")])
    assert count(db) == 1
