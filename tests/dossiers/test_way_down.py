"""The way down from the dossiers: a certificate of a decision keeps a grade that is known."""

import os
import subprocess
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import create_engine, insert, select, text

from shop.certification.models import Certificate, CertificateStatus, EvidenceGrade
from tools.migrations import FLASK, ROOT, fresh_database

CERTIFICATES = Certificate.__table__
NOW = datetime(2026, 11, 2, tzinfo=UTC)
FACTS = {
    "stall_id": 1,
    "product_id": 1,
    "product_name": "Mật ong mẫu",
    "product_set": 3,
    "stars": 4,
    "score_hundredths": 80_00,
    "decision_number": "77/QĐ-UBND",
    "decided_on": date(2026, 11, 2),
    "issuer": "Cơ quan mẫu",
    "expires_on": date(2029, 11, 1),
    "holder": "Hợp tác xã mẫu",
    "province_code": "08",
    "commune_code": "00721",
    "status": CertificateStatus.VERIFIED,
    "submitted_by_id": 1,
    "submitted_at": NOW,
    "decided_at": NOW,
    "due_on": date(2026, 11, 2),
}


@pytest.fixture
def below(tmp_path):
    """Give a database of the engine under test, and a way to walk its migrations."""
    server = os.environ.get("TEST_DATABASE_URL")
    with fresh_database(server, str(tmp_path)) as address:
        environ = {**os.environ, "DATABASE_URL": address, "DATA_DIR": str(tmp_path)}

        def walk(*command: str) -> None:
            command = (str(FLASK), "--app", "wsgi", "db", *command)
            subprocess.run(command, cwd=ROOT, env=environ, check=True, capture_output=True)

        engine = create_engine(address)
        yield engine, walk
        engine.dispose()


def test_a_decision_becomes_a_paper_that_was_read(below):
    engine, walk = below
    walk("upgrade", "0009")
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        for number, grade in enumerate(EvidenceGrade, start=1):
            code = f"08-00721-00{number}-2026"
            row = {**FACTS, "id": number, "product_id": number, "product_code": code}
            connection.execute(insert(CERTIFICATES).values(**row, grade=grade))
    walk("downgrade", "0008")
    with engine.connect() as connection:
        kept = connection.scalars(select(text("grade")).select_from(text("certificates")))
        assert sorted(kept) == ["recognition_list", "scan", "scan"]
