"""The terminal's texts: both languages say the same, and nothing is missing."""

import re
from pathlib import Path

import pytest
import typer
from typer.main import get_command

import cli
from cli.help import about
from cli.words import speech
from templates.catalogue import LOCALES, placeholders, read
from templates.words import words

ROOT = Path(cli.__file__).parent
SAID = re.compile(r'\bsay\("([a-z_.]+)"')
WRONG = re.compile(r'WrongError\(\s*"([a-z_]+)"')


def verbs() -> list[str]:
    """Return every verb in full: ``project act``."""
    program = get_command(cli.app)
    found = []
    with program.make_context("shidian", [], obj=None) as ctx:
        for name in program.list_commands(ctx):  # type: ignore[attr-defined]  # the program is a group
            word = program.get_command(ctx, name)  # type: ignore[attr-defined]  # as above
            below = getattr(word, "commands", None)
            found += [f"{name} {each}" for each in below] if below else [name]
    return found


def command(verb: str) -> object:
    """Return the command of a verb."""
    word = get_command(cli.app)
    with word.make_context("shidian", [], obj=None) as ctx:
        for name in verb.split():
            word = word.get_command(ctx, name)  # type: ignore[attr-defined]  # a group until the last
    return word


def test_both_languages_have_the_same_keys_and_places() -> None:
    zh, en = read("cli.zh"), read("cli.en")

    assert list(zh) == list(en)
    for key in zh:
        assert placeholders(zh[key]) == placeholders(en[key]), key


@pytest.mark.parametrize("locale", LOCALES)
def test_no_key_stands_in_the_texts_of_the_templates_too(locale: str) -> None:
    assert sorted(read(f"cli.{locale}").keys() & words(locale).entries.keys()) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_text_is_empty(locale: str) -> None:
    assert [key for key, text in read(f"cli.{locale}").items() if text in ("", {})] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_texts_of_the_templates_stand_beside_those_of_the_terminal(locale: str) -> None:
    assert speech(locale).has("units.separator")


def test_every_text_that_code_names_exists() -> None:
    source = "\n".join(path.read_text("utf-8") for path in ROOT.rglob("*.py"))
    named = {*SAID.findall(source), *(f"wrong.{key}" for key in WRONG.findall(source))}

    assert sorted(key for key in named if not speech("zh").has(key)) == []


def test_no_text_of_the_terminal_is_said_by_nobody() -> None:
    source = "\n".join(path.read_text("utf-8") for path in ROOT.rglob("*.py"))
    sections = ("line", "wrong", "help", "head")
    keys = [key.split(".") for key in read("cli.zh") if key.startswith(sections)]

    unused = [key for section, key in keys if not re.search(rf"[\"'.]{key}[\"']", source)]

    assert unused == []


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_has_a_sentence_and_an_example_of_itself(verb: str) -> None:
    for locale in LOCALES:
        say, key = speech(locale), f"verb.{'.'.join(verb.split())}"

        assert say.say(f"{key}.help").rstrip("。.") != ""
        assert f"shidian {verb}" in say.say(f"{key}.example")


@pytest.mark.parametrize("verb", verbs())
def test_every_parameter_of_a_verb_is_explained(verb: str) -> None:
    params: list[object] = command(verb).params  # type: ignore[attr-defined]  # a typer command
    for locale in LOCALES:
        for param in params:
            assert about(speech(locale), verb, param), f"{verb}: {param}"


def test_nothing_is_explained_that_no_verb_has() -> None:
    explained = {
        key.removeprefix("param_of.").rpartition(".")[::2]
        for key in read("cli.zh")
        if key.startswith("param_of.")
    }
    held = {
        (".".join(verb.split()), param.name)
        for verb in verbs()
        for param in command(verb).params  # type: ignore[attr-defined]  # a typer command
    }

    assert explained - held == set()


def test_typer_is_the_one_we_know() -> None:
    assert issubclass(typer.BadParameter, typer.TyperException)
