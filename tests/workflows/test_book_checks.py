"""What an import checks of the values it reads: credit codes and days in their usual forms."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from engine.core.errors import DefinitionError
from workflows import yamlfile
from workflows.book import read_book
from workflows.book_records import as_day, why_no_day

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "suining"


def a_book(folder: Path, old: str, new: str, name: str = "scenario.yaml") -> Path:
    """Copy the example with one text replaced."""
    for file in ("book.yaml", "scenario.yaml"):
        shutil.copy(EXAMPLE / file, folder / file)
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return folder / "book.yaml"


def test_the_example_keeps_its_agencies_credit_codes() -> None:
    codes = {org.code: org.uscc for org in read_book(EXAMPLE / "book.yaml").orgs}

    assert (codes["A01"], codes["S01"]) == ("52510904XXXX000193", None)


def test_a_wrong_credit_code_is_refused_at_its_record(tmp_path: Path) -> None:
    book = a_book(tmp_path, "uscc: 52510904XXXX000193", "uscc: 52510904XXXX000190")

    with pytest.raises(DefinitionError) as caught:
        read_book(book)

    (fault,) = caught.value.faults
    assert (fault.where, fault.key) == ("scenario.yaml", "uscc")
    assert "52510904XXXX000190" in fault.message


@pytest.mark.parametrize("raw", ["2017年8月31日", "2017.8.31", "2017/08/31", "20170831", "42978"])
def test_a_day_is_read_in_each_of_its_usual_forms(raw: str) -> None:
    assert as_day(raw) == date(2017, 8, 31)


def test_every_dirty_date_of_the_example_gets_the_right_answer() -> None:
    scenario = yamlfile.plain(yamlfile.load_file(EXAMPLE / "scenario.yaml"))
    assert isinstance(scenario, dict)
    samples = scenario["import_samples"]["dates"]  # type: ignore[index,call-overload]  # plain data

    read = {str(one["raw"]): as_day(one["raw"]) for one in samples}  # type: ignore[index,call-overload,union-attr]  # as above

    unread = {"2017年9月前", "2017年9-11月", "2018-02-29"}
    assert {raw for raw, day in read.items() if day is None} == unread
    assert {day for day in read.values() if day} == {date(2017, 8, 31)}


def test_a_phrase_with_two_readings_is_refused_with_both() -> None:
    message = why_no_day("2017年9月前")

    assert "2017-08-31" in message
    assert "2017-09-30" in message


def test_a_day_that_does_not_exist_is_refused_with_the_last_that_does() -> None:
    assert "2018-02-28" in why_no_day("2018-02-29")


def test_an_ambiguous_day_in_a_scenario_names_file_and_record(tmp_path: Path) -> None:
    book = a_book(tmp_path, "{id: E002, occurred: '2017-09-05'", "{id: E002, occurred: 2017年9月前")

    with pytest.raises(DefinitionError) as caught:
        read_book(book)

    assert caught.value.faults
