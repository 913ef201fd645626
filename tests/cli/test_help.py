"""What a person reads before doing anything: help, version, completion."""

import pytest

from tests.cli.conftest import Ask
from tests.cli.test_words import verbs

WIDTH = 100


@pytest.mark.parametrize("verb", verbs())
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_of_a_verb_shows_an_example(shidian: Ask, verb: str, lang: str) -> None:
    answer = shidian(*verb.split(), "--help", "--lang", lang)

    assert answer.code == 0
    assert answer.err == ""
    assert f"  shidian {verb}" in answer.out


@pytest.mark.parametrize("words", [[], ["--help"]])
def test_the_program_alone_lists_its_verbs_and_exit_codes(shidian: Ask, words: list[str]) -> None:
    answer = shidian(*words)

    assert answer.code == 0
    for word in ("demo", "project", "audit", "退出码"):
        assert word in answer.out


def test_help_fits_a_hundred_columns_but_for_examples(shidian: Ask) -> None:
    for words in ([], ["project"], ["project", "act"], ["task", "record"]):
        answer = shidian(*words, "--help", "--lang", "en")

        for line in answer.out.splitlines():
            assert len(line) <= WIDTH or "shidian " in line


def test_a_word_without_its_verb_lists_the_verbs_and_is_wrong_usage(shidian: Ask) -> None:
    answer = shidian("project")

    assert answer.code == 2
    assert "options" in answer.err
    assert answer.out == ""


def test_version_is_one_line(shidian: Ask) -> None:
    answer = shidian("--version")

    assert answer.code == 0
    assert answer.out.startswith("shidian ")
    assert answer.out.count("\n") == 1


def test_language_may_stand_anywhere_or_in_the_environment(
    shidian: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shidian("--lang", "en", "project", "--help").out
    last = shidian("project", "--help", "--lang=en").out
    monkeypatch.setenv("SHIDIAN_LANG", "en_US.UTF-8")
    given = shidian("project", "--help").out

    assert first == last == given
    assert "Usage:" in first


def test_a_language_that_is_not_ours_is_wrong_usage(shidian: Ask) -> None:
    answer = shidian("project", "list", "--lang", "fr")

    assert answer.code == 2
    assert "fr" in answer.err


def test_completion_knows_the_verbs_below_a_word(
    shidian: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_SHIDIAN_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "shidian project o")
    monkeypatch.setenv("COMP_CWORD", "2")

    answer = shidian()

    assert answer.code == 0
    assert answer.out.split() == ["options", "open"]


def test_completion_explains_the_verbs_where_a_shell_can_show_it(
    shidian: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_SHIDIAN_COMPLETE", "complete_zsh")
    for typed, said in (("shidian pro", "试点项目"), ("shidian task acc", "验收交齐的材料")):
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", typed)

        assert said in shidian().out
