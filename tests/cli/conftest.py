"""What tests of the terminal share: an office made once, copied for each test, and a way to ask."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cli import main
from tests.cli.office import an_office

VARIABLES = ("SHIDIAN_DB", "SHIDIAN_AS", "SHIDIAN_LANG", "_SHIDIAN_COMPLETE", "COLUMNS")


@dataclass(frozen=True)
class Answer:
    """What a call of the terminal gave."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The answer as JSON."""
        return json.loads(self.out)


Ask = Callable[..., Answer]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def office_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the office once a process."""
    return an_office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(office_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a test its own office: the database that a call without ``--db`` opens."""
    path = tmp_path / "office.db"
    shutil.copyfile(office_file, path)
    monkeypatch.setenv("SHIDIAN_DB", str(path))
    return path


@pytest.fixture
def shidian(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Give a function that carries out a command line and returns what came of it."""

    def ask(*words: str | Path) -> Answer:
        capsys.readouterr()
        code = main([str(word) for word in words])
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return ask
