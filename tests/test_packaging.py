"""What is shipped is what is in the repository, and every version that is installed is pinned."""

import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
CORE, TEST, LINT = "requirements.lock", "requirements-test.lock", "requirements-lint.lock"
UNSHIPPED = {"bench", "tests", "tools"}


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """Build the wheel in this environment, so that nothing is fetched, and open it."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def sources() -> set[str]:
    """Return the paths of the files that belong to the repository, committed or not."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    printed = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True).stdout
    names = printed.decode("utf-8").split("\0")
    return {name for name in names if name and (ROOT / name).is_file()}


def shipped(project: dict[str, Any]) -> set[str]:
    """Return the folders and modules that the wheel is told to hold."""
    return set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"])


def pins(lock: str) -> dict[str, str]:
    """Return the pinned version of each package of a lock."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, flags=re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


def unpinned(requirements: list[str], lock: str) -> list[str]:
    """Return the requirements that a lock leaves out or pins to a version they do not allow."""
    wanted = [Requirement(text) for text in requirements]
    pinned = pins(lock)
    return [
        str(need)
        for need in wanted
        if not need.specifier.contains(pinned.get(canonicalize_name(need.name), "0"))
    ]


def test_wheel_holds_exactly_the_files_of_the_repository(
    wheel: zipfile.ZipFile, sources: set[str], project: dict[str, Any]
) -> None:
    expected = {name for name in sources if name.split("/")[0] in shipped(project)}
    held = {name for name in wheel.namelist() if ".dist-info/" not in name}

    assert held == expected


def test_every_top_level_package_and_module_is_shipped(
    sources: set[str], project: dict[str, Any]
) -> None:
    modules = {name for name in sources if "/" not in name and name.endswith(".py")}
    packages = {name.split("/")[0] for name in sources if name.endswith("/__init__.py")}

    assert modules | packages - UNSHIPPED <= shipped(project)


def test_wheel_installs_the_command(wheel: zipfile.ZipFile) -> None:
    entry_points = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))

    assert "shidian = cli:main" in wheel.read(entry_points).decode("utf-8")


@pytest.mark.parametrize("name", [CORE, TEST, LINT, "pyproject.toml"])
def test_no_address_of_a_package_index_is_recorded(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    assert "://" not in text
    assert "--index" not in text


@pytest.mark.parametrize("lock", [CORE, TEST, LINT])
def test_every_package_of_a_lock_has_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]

    assert len(entries) == len(pins(lock))
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_dependency_is_locked(project: dict[str, Any]) -> None:
    extras = project["project"]["optional-dependencies"]
    groups = project["dependency-groups"]

    assert unpinned(project["project"]["dependencies"], CORE) == []
    assert unpinned([*groups["test"], *extras["postgres"]], TEST) == []
    assert unpinned(groups["lint"], LINT) == []


def test_the_test_lock_holds_the_core_lock() -> None:
    assert pins(CORE).items() <= pins(TEST).items()


def test_lint_and_test_locks_can_share_an_environment() -> None:
    both = pins(LINT).keys() & pins(TEST).keys()

    assert {name: pins(LINT)[name] for name in both} == {name: pins(TEST)[name] for name in both}
