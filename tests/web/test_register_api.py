"""The register for programs: taken out, filled from a sheet, its views kept."""

import base64
from pathlib import Path

import pytest

from engine.storage.database import Database
from tests.services.sheets import a_line, a_sheet
from tests.storage.servers import SQLite
from tests.web.api_site import CITY, Office, an_office, served


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    """The office, filled once."""
    return SQLite(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(filled: SQLite, tmp_path: Path) -> Office:
    """A served office of one's own."""
    return served(Database(filled.copy(an_office, tmp_path)))


def test_programs_export_and_import_the_same(office: Office) -> None:
    sheet = base64.b64encode(a_sheet(a_line("N01"))).decode()
    body = {"name": "a.xlsx", "content": sheet, "workflow": "pilot_project", "only_good": False}
    dry = office.post(CITY, "/projects/import?dry_run=true", body).json()
    assert (dry["opened"], dry["dry_run"]) == (["N01"], True)

    assert office.post(CITY, "/projects/import", body).json()["opened"] == ["N01"]
    assert office.post(CITY, "/projects/import", body).json()["same"] == ["N01"]
    out = office.post(CITY, "/projects/export", {"form": "csv", "q": "slN01"}).json()
    assert out["projects"] == 1
    assert "示例N01" in base64.b64decode(out["content"]).decode()


def test_programs_keep_and_remove_views(office: Office) -> None:
    body = {"name": "逾期的", "asked": {"lamp": "overdue"}, "share": True, "opens": True}
    (kept,) = office.post(CITY, "/views", body).json()["items"]
    assert (kept["name"], kept["is_shared"], kept["opens"]) == ("逾期的", True, True)

    assert office.post(CITY, "/views/remove", {"id": kept["id"]}).json() == {"items": []}
