"""What a person may rely on when typing `make`: set-up happens once, and failures say the cure."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tools import commands, environment

ROOT = Path(__file__).resolve().parent.parent
TOOLS = sorted((ROOT / "tools").glob("*.py"))


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the set-up a folder of its own and return the locks that pip was asked to install."""
    (tmp_path / ".venv").mkdir()
    for lock in (environment.CORE, environment.TEST, environment.LINT):
        (tmp_path / lock).write_text(f"# {lock}\n", encoding="utf-8")
    asked: list[str] = []
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(environment, "pip", lambda *_, what: asked.append(what))
    return asked


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Set nothing up and return the commands that would have been started; each of them fails."""
    started: list[tuple[str, ...]] = []

    def note(*command: str | Path) -> int:
        started.append(tuple(map(str, command[1:])))
        return 1

    monkeypatch.setattr(commands, "call", note)
    monkeypatch.setattr(commands, "ready", lambda *_: Path("python"))
    return started


def test_a_lock_is_installed_once(installed: list[str]) -> None:
    environment.install(environment.CORE)
    environment.install(environment.CORE)

    assert installed == [environment.CORE]


def test_a_changed_lock_is_installed_again(installed: list[str]) -> None:
    environment.install(environment.CORE)
    (environment.ROOT / environment.CORE).write_text("# newer\n", encoding="utf-8")
    environment.install(environment.CORE)

    assert installed == [environment.CORE, environment.CORE]


def test_the_test_lock_brings_the_core_lock_with_it(installed: list[str]) -> None:
    environment.install(environment.TEST)
    environment.install(environment.CORE)

    assert installed == [environment.TEST]


def test_a_failed_installation_is_not_remembered(
    installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, what: str) -> None:
        raise environment.SetupError(what)

    environment.install(environment.CORE)
    monkeypatch.setattr(environment, "pip", fail)
    with pytest.raises(environment.SetupError):
        environment.install(environment.TEST)

    assert not environment.is_installed(environment.TEST)
    assert not environment.is_installed(environment.CORE)


def test_without_ensurepip_the_environment_comes_from_virtualenv(
    installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    modules: list[str] = []

    def attempt(*command: str | Path, **_: str) -> tuple[bool, str]:
        modules.append(str(command[2]))
        return True, ""

    monkeypatch.setattr(environment, "attempt", attempt)
    monkeypatch.setattr(environment, "is_usable", lambda _: "virtualenv" in modules)
    environment.make_environment(environment.ENVIRONMENT)

    assert modules == ["venv", "virtualenv"]
    assert installed == ["virtualenv"]


def test_a_missing_environment_is_not_usable(tmp_path: Path) -> None:
    assert not environment.is_usable(tmp_path / "nothing")


def test_started_programs_write_byte_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")

    assert "PYTHONDONTWRITEBYTECODE" not in environment.child_variables()


@pytest.mark.parametrize(
    ("printed", "cure"),
    [
        ("ERROR: No matching distribution found for alembic==1.20.1", "Check the network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "tell the maintainers"),
        ("python3: No module named pip", "apt-get install python3-venv"),
        ("ERROR: No space left on device", "make clean"),
    ],
)
def test_a_failed_set_up_names_the_cure(printed: str, cure: str) -> None:
    text = environment.pip_failure(f"WARNING: noise\n{printed}\n")

    assert printed in text
    assert cure in text
    assert "noise" not in text


def test_an_old_python_is_told_which_one_is_needed() -> None:
    pretend = (
        "import runpy, sys; sys.version_info = (3, 9, 2);"
        "runpy.run_path(sys.argv[1], run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", pretend, ROOT / "tools" / "dev.py"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr
    assert sys.executable in done.stderr


def test_an_old_python_can_read_the_door() -> None:
    ast.parse((ROOT / "tools" / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("path", TOOLS, ids=lambda path: path.name)
def test_the_tools_need_nothing_installed(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}

    assert {name.split(".")[0] for name in names} <= {*sys.stdlib_module_names, "tools"}


def test_the_makefile_offers_exactly_the_commands() -> None:
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    offered = next(line for line in lines if line.endswith(":") and line.startswith("run "))
    phony = next(line for line in lines if line.startswith(".PHONY:"))

    assert offered.rstrip(":").split() == list(commands.COMMANDS)
    assert phony.split()[1:] == ["help", *commands.COMMANDS]


def test_without_a_command_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main([]) == 0

    printed = capsys.readouterr().out
    assert all(f"make {name} " in printed for name in commands.COMMANDS)


def test_an_unknown_command_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["tset"]) == 2

    printed = capsys.readouterr().err
    assert "tset" in printed
    assert "make test" in printed


def test_further_words_reach_the_program(called: list[tuple[str, ...]]) -> None:
    commands.main(["run", "--json"])
    commands.main(["test", "-k", "calendar"])

    assert called[0] == ("-m", "cli", "demo", "--serve", "--json")
    assert called[1][-2:] == ("-k", "calendar")


def test_a_program_that_fails_fails_the_command(called: list[tuple[str, ...]]) -> None:
    assert commands.main(["test"]) == 1


def test_check_goes_on_after_a_failure_and_names_all(
    called: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(["check"]) == 1

    assert [command[1] for command in called] == ["ruff", "ruff", "mypy", "pytest"]
    assert "failed: format, lint, types, fast tests" in capsys.readouterr().err


def test_a_failed_set_up_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*locks: str) -> Path:
        raise environment.SetupError("no network")

    monkeypatch.setattr(commands, "ready", fail)

    assert commands.main(["test"]) == 2
    assert capsys.readouterr().err.strip() == "no network"
