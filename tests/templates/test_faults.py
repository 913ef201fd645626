"""Whatever a person is told when something goes wrong is whole in either language."""

from datetime import date

import pytest

from engine.core.calendar import Calendar, CalendarError
from engine.core.errors import ClockError, ShidianError, StorageError, TrailError, UsageError
from engine.core.periods import Period
from templates.catalogue import LOCALES, catalogue, placeholders
from templates.words import words
from tests.templates.pilot import pilot
from tests.templates.raised import KEYED, TOLD, Raised, defined, raised

HANDED_ON = {"engine/core/arrangements.py"}
"""Where an error is made of another one, key and facts included."""

SAID = [one for one in raised() if one.where.partition(":")[0] not in HANDED_ON or one.keys]


def is_chinese(text: str) -> bool:
    """Return whether a text is written in Chinese, whatever names and values stand in it."""
    return any("一" <= sign <= "鿿" for sign in text)


@pytest.mark.parametrize("one", SAID, ids=lambda one: one.where)
def test_an_error_names_the_sentence_of_its_case(one: Raised) -> None:
    assert one.keys, f"{one.where}: {one.name} needs a key that stands as fault.<key>"

    for locale in LOCALES:
        missing = [key for key in one.keys if not catalogue(locale).has(f"fault.{key}")]
        assert not missing, f"{one.where}: faults.{locale}.yaml has no {missing}"


@pytest.mark.parametrize("one", SAID, ids=lambda one: one.where)
def test_an_error_gives_every_fact_that_its_sentence_names(one: Raised) -> None:
    for key in one.keys:
        entry = catalogue("zh").entries[f"fault.{key}"]
        named = {place.strip("{}").partition(":")[0] for place in placeholders(entry)["other"]}
        assert one.is_open or named <= one.facts, f"{one.where}: fault.{key} needs {named}"


def test_no_sentence_stands_for_an_error_that_is_never_raised() -> None:
    held = {
        key.removeprefix("fault.")
        for key in catalogue("zh").entries
        if key.startswith("fault.")
    }  # fmt: skip

    # A class that names its own key, and the keys of verbs of programs, are read from the source.
    assert held == {key for one in raised() for key in one.keys} | {"malformed"}


def test_every_class_of_error_is_told_by_a_key_or_by_what_it_carries() -> None:
    assert defined() - {"MalformedError"} == set(KEYED) - {"CalendarError"} | TOLD


@pytest.mark.parametrize("key", [k for k in catalogue("zh").entries if k.startswith("fault.")])
def test_a_chinese_reader_is_told_in_chinese_and_an_english_one_in_english(key: str) -> None:
    assert is_chinese(str(catalogue("zh").entries[key]))
    assert not is_chinese(str(catalogue("en").entries[key]))


@pytest.mark.parametrize("kind", [ClockError, StorageError, TrailError, UsageError])
def test_an_error_says_its_case_within_the_sentence_of_its_kind(kind: type[ShidianError]) -> None:
    error = kind("the simulated clock stands still", "clock_goes_back", held="9:00", at="8:00")

    assert words("zh").error(error).endswith("模拟时钟现在是 9:00，只能向前，不能退到 8:00")
    assert words("en").error(error).endswith("stands at 9:00 and does not go back to 8:00")
    assert str(error) == "the simulated clock stands still"


def test_a_day_that_no_calendar_answers_for_is_refused_in_the_readers_language() -> None:
    with pytest.raises(CalendarError) as caught:
        Period.parse("2018-W7")
    reason = caught.value.reason()

    assert "不是周期，周期写作：2018-03" in words("zh").reason(reason, pilot())
    assert "is no period; one is written 2018-03" in words("en").reason(reason, pilot())


def test_a_calendar_error_becomes_a_request_that_was_malformed() -> None:
    with pytest.raises(CalendarError) as caught:
        Calendar(()).roll(date(2018, 3, 3), "up")

    assert "可选 next、previous、none" in words("zh").error(caught.value.told())
