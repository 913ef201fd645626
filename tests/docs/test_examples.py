"""The examples of the pages run, and print what the pages say."""

import io
import shlex
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest

import cli
from engine.core.errors import DefinitionError
from tests.docs.pages import ROOT, fences, page
from workflows.reader import read_workflow

TUTORIAL = "docs/write-a-workflow.md"


def whole_file() -> str:
    """Return the workflow that the tutorial builds."""
    return fences(page(TUTORIAL), r"yaml file=hall_trial\.yaml")[0]


def output_of(code: str, where: str) -> str:
    """Run an example of a page and return what it prints."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(code, where, "exec"), {"__name__": "example"})  # noqa: S102  # our own pages
    return printed.getvalue()


def in_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder that has the examples, as the repository's own has."""
    (folder / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(folder)
    for variable in ("SHIDIAN_DB", "SHIDIAN_AS", "SHIDIAN_LANG"):
        monkeypatch.delenv(variable, raising=False)


@pytest.mark.parametrize("name", ["README.md", TUTORIAL])
def test_the_python_of_a_page_prints_what_the_page_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_folder(tmp_path, monkeypatch)
    if name == TUTORIAL:
        Path("hall_trial.yaml").write_text(whole_file(), "utf-8")
    (code,), (said,) = fences(page(name), "python"), fences(page(name), "text")

    assert output_of(code, name) == said


@pytest.mark.parametrize("piece", fences(page(TUTORIAL), "yaml"))
def test_each_step_of_the_tutorial_stands_in_its_file(piece: str) -> None:
    assert piece in whole_file()


def test_the_tutorial_names_the_mistake_it_asks_for() -> None:
    text = whole_file().replace("holder: street\n    due", "holdr: street\n    due")

    with pytest.raises(DefinitionError, match='did you mean "holder"'):
        read_workflow(text, "hall_trial.yaml")


def console(name: str) -> Iterator[tuple[list[str], int]]:
    """Yield the command lines of a page that are meant to be tried, with their exit codes."""
    for block in fences(page(name), "console"):
        for line in block.splitlines():
            command, _, code = line.removeprefix("$ ").partition("  # exit code ")
            yield shlex.split(command), int(code or 0)


@pytest.mark.slow
def test_the_quick_start_can_be_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    in_folder(tmp_path, monkeypatch)
    monkeypatch.setattr("logging.basicConfig", lambda **_: None)  # the worker's, of this process

    for (program, *arguments), code in console("docs/quick-start.md"):
        if program == "export":
            name, _, value = arguments[0].partition("=")
            monkeypatch.setenv(name, value)
        else:
            assert cli.main(arguments) == code, (arguments, capsys.readouterr().err)


def test_the_tutorial_checks_its_file_on_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_folder(tmp_path, monkeypatch)
    Path("hall_trial.yaml").write_text(whole_file(), "utf-8")

    assert [cli.main(line[1:]) for line, _ in console(TUTORIAL)] == [0, 0, 0]
