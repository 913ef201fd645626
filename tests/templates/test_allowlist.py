"""Notice templates say only what the closed list allows; all else is refused before it runs."""

import pytest

from templates.allowlist import MAX_CHARACTERS, check
from templates.catalogue import LOCALES
from templates.environment import FOLDER, environment
from templates.notice import DECLARED, LISTS, NOTICES
from tests.templates.hostile import GOOD, HOSTILE


def faults_of(source: str) -> list[str]:
    """Return what is wrong with a notice's text, as a person reads it."""
    return [str(fault) for fault in check(source, DECLARED, LISTS)]


def test_there_are_enough_hostile_templates() -> None:
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_template_is_refused(source: str) -> None:
    assert faults_of(source) != []


@pytest.mark.parametrize("source", GOOD.values(), ids=GOOD.keys())
def test_a_plain_template_passes(source: str) -> None:
    assert faults_of(source) == []


@pytest.mark.parametrize("source", GOOD.values(), ids=GOOD.keys())
def test_what_passes_can_be_rendered(source: str) -> None:
    facts: dict[str, object] = {
        name: [] if name in LISTS else 0 if name == "late" else "x" for name in DECLARED
    }
    facts["missing"] = ["x", "y"]

    environment().from_string(source).render(facts)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("template", NOTICES)
def test_the_built_in_notices_pass(template: str, locale: str) -> None:
    source = (FOLDER / "notices" / f"{template}.{locale}.txt.j2").read_text(encoding="utf-8")

    assert faults_of(source) == []


def test_every_fault_is_listed_with_its_line() -> None:
    source = "{{ due }}\n{{ secret }}\n\n{{ project() }}{% set a = 1 %}"

    lines = [(fault.line, fault.key) for fault in check(source, DECLARED, where="own.txt")]

    assert lines == [(2, "secret"), (4, "assign"), (4, "call")]


def test_a_fault_says_what_would_be_right() -> None:
    found = check("{{ secret }}", {"due", "project"}, where="own.txt")

    assert [str(fault) for fault in found] == [
        'own.txt:1:1: secret: unknown name "secret"; known: due, project'
    ]


def test_a_syntax_error_has_its_line() -> None:
    [fault] = check("one\ntwo {% if %}", DECLARED)

    assert (fault.line, fault.key) == (2, "syntax")


def test_the_name_of_a_loop_ends_with_the_loop() -> None:
    source = "{% for one in missing %}{{ one }}{% endfor %}{{ one }}"

    assert [fault.key for fault in check(source, DECLARED, LISTS)] == ["one"]


def test_without_a_list_of_lists_any_declared_name_may_be_looped_over() -> None:
    source = "{% for one in anything %}{{ one }}{% endfor %}"

    assert check(source, {"anything"}) == []
    assert [fault.key for fault in check(source, {"anything"}, lists=())] == ["for"]


def test_the_longest_template_is_still_read() -> None:
    assert faults_of("x" * MAX_CHARACTERS) == []
