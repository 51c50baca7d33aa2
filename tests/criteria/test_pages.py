"""The sheets on the public pages and on the command line, and the doctor's look at them."""

import json

from sqlalchemy import select, update

from shop.core.db import change, transaction
from shop.core.invariants import invariants
from shop.criteria.checks import check_criteria
from shop.criteria.models import CriteriaSheet, CriteriaVersion
from shop.criteria.operations import BUNDLED

NAMED = ("--title", "Thử", "--legal-reference", "Thử", "--valid-from", "2026-05-22")


def test_the_list_names_all_sets_its_ground_and_what_is_odd(client):
    page = client.get("/bo-tieu-chi")
    text = page.text
    assert "Quyết định 26/2026/QĐ-TTg" in text
    assert all(f"/bo-tieu-chi/{number}" in text for number in range(1, 27))
    assert "Bộ 4, 7: không lựa chọn nào đạt điểm tối đa (1 ≠ 3)" in text


def test_a_sheet_shows_every_option_and_marks_the_floors(client):
    text = client.get("/bo-tieu-chi/6").text
    assert "Đóng gói sáng tạo, bao bì đẹp" in text
    assert text.count("mức tối thiểu của 3 sao") == 8
    assert "Có hợp đồng liên kết trên 75% sản lượng tiêu thụ" in text


def test_a_set_that_is_none_is_not_found(client):
    assert client.get("/bo-tieu-chi/27").status_code == 404


def test_a_sheet_takes_few_questions(client, count_queries):
    with count_queries() as counted:
        client.get("/bo-tieu-chi/6")
    assert len(counted) <= 4


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["criteria", "import", *arguments])


def test_the_bundled_file_again_changes_nothing(app):
    done = run(app, str(BUNDLED), "--code", "2026", *NAMED)
    assert done.exit_code == 0, done.output
    assert "Bộ 26, A" in done.output


def test_other_sheets_under_its_code_are_refused(app, db, tmp_path):
    data = json.loads(BUNDLED.read_text("utf-8"))
    data[0]["name"] = "Khác"
    file = tmp_path / "khac.json"
    file.write_text(json.dumps(data), "utf-8")
    assert run(app, str(file), "--code", "2026", *NAMED).exit_code == 1
    assert len(db.session.scalars(select(CriteriaVersion.id)).all()) == 1


def test_a_file_that_is_no_json_is_refused(app, tmp_path):
    file = tmp_path / "khac.json"
    file.write_text("[" * 100_000, "utf-8")
    assert run(app, str(file), "--code", "2031", *NAMED).exit_code == 1


def test_the_doctor_sees_a_sheet_that_was_changed(db):
    assert check_criteria in [each.check for each in invariants()]
    assert check_criteria() == []
    first = CriteriaSheet.product_set == 1
    content = db.session.scalar(select(CriteriaSheet.content).where(first))
    with transaction():
        change(update(CriteriaSheet).where(first).values(content=content | {"name": "Khác"}))
    assert check_criteria() == ["criteria 2026: the sheets are not those that were imported"]
    with transaction():
        change(update(CriteriaSheet).where(first).values(content=content))
