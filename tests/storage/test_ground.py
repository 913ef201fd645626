"""The ground on which tests stand: no network, no silent skips under CI, small and real servers."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from engine.storage.database import Database
from tests.conftest import Servers
from tests.houses import a_house, a_running_project, entered
from tests.storage.tampering import query

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "169.254.169.254", "0.0.0.1"])
def test_a_test_that_reaches_for_the_network_is_stopped(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as one:
        with pytest.raises(RuntimeError, match="reached for the network"):
            one.connect((host, 80))
        with pytest.raises(RuntimeError, match="reached for the network"):
            one.sendto(b"x", (host, 80))


def test_a_test_that_looks_up_a_name_is_stopped() -> None:
    with pytest.raises(RuntimeError, match=r"network: example\.com"):
        socket.create_connection(("example.com", 80), timeout=1)


def test_this_machine_may_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()


SKIPPING = """
import pytest

def test_that_skips():
    pytest.skip("no reason to run")

@pytest.mark.skipif(True, reason="never")
def test_that_is_skipped():
    pass

@pytest.mark.xfail(strict=True, reason="known")
def test_that_is_known_to_fail():
    assert False
"""
WHOLE = "import pytest\npytest.skip('not here', allow_module_level=True)\n"
HOOKS = (
    "from tests.conftest import pytest_make_collect_report, pytest_runtest_makereport\n"
    "__all__ = ['pytest_make_collect_report', 'pytest_runtest_makereport']\n"
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ci", "told"), [("true", "1 failed, 1 xfailed, 1 error"), ("", "2 skipped, 1 xfailed")]
)
def test_a_skip_is_a_failure_under_ci(tmp_path: Path, ci: str, told: str) -> None:
    assert told in _pytest(tmp_path, SKIPPING, ci)


@pytest.mark.slow
@pytest.mark.parametrize(("ci", "told"), [("true", "1 error"), ("", "1 skipped")])
def test_a_file_that_skips_itself_is_a_failure_under_ci(tmp_path: Path, ci: str, told: str) -> None:
    assert told in _pytest(tmp_path, WHOLE, ci)


def _pytest(folder: Path, test: str, ci: str) -> str:
    (folder / "conftest.py").write_text(HOOKS, "utf-8")
    (folder / "test_it.py").write_text(test, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)]
    variables = {**os.environ, "CI": ci, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=folder, env=variables, capture_output=True, text=True, check=False
    )
    return done.stdout


def test_every_test_has_a_database_of_its_own(
    servers: Servers, tmp_path: Path, database: Database
) -> None:
    kind = "postgres" if database.is_postgres else "sqlite"
    other = Database(servers.blank(kind, tmp_path))

    with other.write() as cursor:
        cursor.execute("CREATE TABLE mine (x INTEGER)")

    assert query(database, "SELECT count(*) FROM house") == [(0,)]
    other.dispose()
    servers.drop(kind, other.url)


def test_a_filled_house_is_a_copy_that_its_test_may_spoil(servers: Servers, tmp_path: Path) -> None:
    first, second = (entered(Database(servers.copy("sqlite", tmp_path, a_house))) for _ in "ab")

    a_running_project(first)

    assert second.queries.board() == []
    first.close()
    second.close()
