"""What a row would do, and what the import then does: one answer, so that the two agree."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from shop.certification.lists.changes import Fate, changes
from shop.certification.lists.chosen import Chosen
from shop.certification.lists.layout import guess
from shop.certification.lists.sheets import read_grid
from shop.certification.models import ListImport, RecognitionEntry
from shop.certification.operations.lists import map_list, start_import, upload_list
from shop.certification.queries.lists import review
from tests.accounts.factories import floor_moderator
from tests.certification.test_import_list import listed

HEAD = "Tên sản phẩm;Chủ thể;Tỉnh;Hạng sao;Số quyết định\n"


@pytest.mark.parametrize(
    ("said", "known", "fate", "facts"),
    [
        (None, None, Fate.BAD, {}),
        ({}, None, Fate.NEW, {}),
        ({}, {}, Fate.UNCHANGED, {}),
        ({"stars": None}, {"stars": 5}, Fate.UNCHANGED, {}),
        ({"stars": 5}, {"stars": 4}, Fate.CHANGED, {"stars": (4, 5)}),
        (
            {"decided_on": date(2025, 3, 1), "source": "b"},
            {"source": "a"},
            Fate.CHANGED,
            {"decided_on": (None, date(2025, 3, 1)), "source": ("a", "b")},
        ),
    ],
)
def test_a_row_is_bad_new_the_same_or_changed(said, known, fate, facts):
    row = None if said is None else listed(**said)
    found = changes(row, None if known is None else listed(**known))
    assert (found.fate, found.facts) == (fate, facts)


lines = st.lists(
    st.tuples(
        st.sampled_from(["Cam mẫu", "CAM MẪU", "Chè hòa mẫu", "Chè hoà mẫu", "", "=1+1"]),
        st.sampled_from(["HTX mẫu", "Htx Mẫu", "-"]),
        st.sampled_from(["Hà Giang", "HÀ GIANG", "Tuyên Quang", "Xứ lạ", ""]),
        st.sampled_from(["3", "4 sao", "", "9"]),
        st.sampled_from(["1/QĐ", "2/QĐ", ""]),
    ).map(";".join),
    max_size=6,
)


def brought(rows: list[str]) -> tuple[ListImport, dict[Fate, int]]:
    """Try a file, import it, and return it with what the trial run had promised."""
    moderator = floor_moderator()
    data = (HEAD + "Luôn mẫu;HTX mẫu;Hà Giang;3;\n" + "\n".join(rows)).encode()
    found = upload_list(moderator, data, "x.csv")
    map_list(moderator, found.id, sheet="", layout=guess(read_grid(data).lines))
    tried = review(found, moderator)
    start_import(moderator, found.id, Chosen())
    return found, {fate: tried.count(fate) for fate in Fate}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=lines, second=lines)
def test_the_trial_run_promises_what_the_import_does(app, db, first, second):
    db.session.execute(delete(RecognitionEntry))
    db.session.commit()
    promised: dict[Fate, int] = {}
    for rows in (first, second, second):
        found, promised = brought(rows)
        db.session.refresh(found)
        done = (found.new_rows, found.unchanged_rows, found.changed_rows, found.bad_rows)
        assert tuple(promised.values()) == done
    assert (promised[Fate.NEW], promised[Fate.CHANGED]) == (0, 0)  # the same once more
    keys = db.session.scalars(select(RecognitionEntry.source_key)).all()
    assert len(keys) == len(set(keys))
