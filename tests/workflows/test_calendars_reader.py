"""A faulty calendar file is refused whole, with every fault, its line and what would be right."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.calendar import Arrangement
from engine.core.errors import DefinitionError
from workflows.calendars_reader import arrangement_files, load_calendar, read_arrangement
from workflows.statutes_reader import LAW, read_statutes, shipped_statutes

GOOD = """\
id: anju-2018.1
region: anju
years: [2018]
document: null
published_on: 2018-08-20
off: {火把节: 2018-08-06..2018-08-07}
work: [2018-08-11]
"""


def faults_of(text: str) -> list[str]:
    """Return the faults of an arrangement file as a person reads them."""
    with pytest.raises(DefinitionError) as refused:
        read_arrangement(text, "cn-2018.yaml")
    return str(refused.value).splitlines()


def test_a_good_file_is_read_whole() -> None:
    read = read_arrangement(GOOD, "anju-2018.yaml")

    assert read == Arrangement(
        id="anju-2018.1",
        region="anju",
        years=(2018,),
        off=frozenset({date(2018, 8, 6), date(2018, 8, 7)}),
        work=frozenset({date(2018, 8, 11)}),
        published_on=date(2018, 8, 20),
        names={date(2018, 8, 6): "火把节", date(2018, 8, 7): "火把节"},
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("off: ", "of: ", '6:1: of: unknown key "of"; did you mean "off"?'),
        (
            "years: [2018]",
            "years: [2018]\nyears: [2019]",
            "4:1: years: is given twice, first in line 3",
        ),
        ("document: null\n", "", "1:1: document: document missing; write null for the unknown"),
        ("08-06..2018-08-07", "02-30", "2018-02-30 is not in the calendar; that month ends on 28"),
        ("[2018-08-11]", "[2018-08-10]", "7:8: work: 2018-08-10 is a Friday; a make-up day is"),
        ("[2018-08-11]", "[2018-08-06]", "2018-08-06 already stands under off in line 6; name it"),
        ("[2018-08-11]", "[2018-08-11, 2018-08-11]", "2018-08-11 already stands under work in"),
        ("[2018-08-11]", "[2019-08-11]", "2019-08-11 does not lie in 2018, its December before"),
        ("[2018-08-11]", "Saturday", '"Saturday" is no day; write it as 2018-02-28'),
        ("[2018-08-11]", "[[2018-08-11]]", "must be a single value, not a list"),
        ("08-06..2018-08-07", "08-07..2018-08-06", "is no span; write it as 2017-10-01..2017"),
        ("08-06..2018-08-07", "08-06..2018-09-07", "is 33 days long; check the years"),
        (
            "id: anju-2018.1",
            "id: anju",
            '"anju" is no id of this region; write it like anju-2018.1',
        ),
        ("id: anju-2018.1", "id: cn-2018.1", '"cn-2018.1" is no id of this region'),
        ("region: anju", "region: null", "whose calendar? write cn or an org's id"),
        ("[2018]", "[18]", "18 is not between 1949 and 2100"),
        ("[2018]", "[]", "name each year once, at least one, ascending: [2018]"),
        ("[2018]", "two", '"two" is no whole number; write digits only'),
        ("2018-08-20", "2081-08-20", "2081-08-20 is neither in the years arranged nor in the"),
        ("null", "&a null", '4:11: document: the anchor "&a" is not allowed'),
        ("null", "~", '4:11: document: "~" is a text here; write null for the unknown'),
        ("null", "!!str null", 'the tag "!!str" is not allowed; quote what must be text'),
        ("[2018-08-11]", "*days", 'work: the alias "*days" is not allowed; write the value out'),
        ("[2018-08-11]", "[[[[[[[[[1]]]]]]]]]", "work: is nested more than 8 deep"),
        ("[2018-08-11]", "[2018-08-11", "work: is not YAML: did not find expected"),
        ("anju\n", "anju\x00\n", "2:13: file: the character U+0000 is not allowed"),
    ],
)
def test_a_fault_is_named_with_its_line_and_what_would_be_right(
    old: str, new: str, fault: str
) -> None:
    assert old in GOOD

    assert fault in "\n".join(faults_of(GOOD.replace(old, new)))


def test_every_fault_of_a_file_is_listed_at_once() -> None:
    text = GOOD.replace("years", "yaers").replace("[2018-08-11]", "x").replace("08-07", "08-32")

    assert faults_of(text) == [
        "cn-2018.yaml:1:1: years: years missing; write null for the unknown",
        'cn-2018.yaml:3:1: yaers: unknown key "yaers"; did you mean "years"?',
        "cn-2018.yaml:6:12: off: 2018-08-32 is not in the calendar; that month ends on 31",
        'cn-2018.yaml:7:7: work: "x" is no day; write it as 2018-02-28',
    ]


def test_a_years_own_notice_cannot_grant_fewer_days_than_the_law() -> None:
    shipped = (LAW.parent / "cn-2018.yaml").read_text("utf-8")
    short = shipped.replace("  中秋节: 2018-09-24\n", "").replace("10-07", "10-02")

    assert (
        "lacks statutory days of 2018: 2018-09-24 中秋节, 2018-10-03 国庆节" in faults_of(short)[0]
    )


@pytest.mark.parametrize("text", ["", "# nothing\n", "[]", "- a", "a: b: c", "x" * 100_001, "\t"])
def test_what_is_no_calendar_file_is_refused(text: str) -> None:
    assert faults_of(text)


def test_a_notice_of_an_impossible_year_is_refused_in_words() -> None:
    text = GOOD.replace("anju", "cn").replace("[2018]", "[999999]")

    assert "999999 is not between 1949 and 2100" in "".join(faults_of(text))


@given(st.text(alphabet="ab:-[]{}&*!|>'\"#,.0123 \n日", max_size=60), st.integers(0, len(GOOD)))
def test_no_text_breaks_the_reader(noise: str, place: int) -> None:
    with suppress(DefinitionError):
        read_arrangement(GOOD[:place] + noise + GOOD[place:], "noise.yaml")


# A folder of files.


def test_the_faults_of_all_files_of_a_folder_are_listed_together(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD.replace("off", "offf"), "utf-8")
    (tmp_path / "b.yaml").write_text(GOOD.replace("work", "worl"), "utf-8")

    with pytest.raises(DefinitionError, match=r"(?s)a.yaml:6.*b.yaml:7"):
        load_calendar(tmp_path)


def test_a_file_that_is_not_utf_8_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(GOOD.encode("gb18030"))

    with pytest.raises(DefinitionError, match=r"a.yaml:6:7: file: .*GB 18030; save it as UTF-8"):
        load_calendar(tmp_path)


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD, "utf-8")

    with pytest.raises(DefinitionError, match=r"b.yaml:1:1: id: anju-2018.1 is the id of a.yaml"):
        load_calendar(tmp_path)


def test_an_amendment_of_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD + "amends: anju-2018.9\n", "utf-8")

    with pytest.raises(DefinitionError, match=r"amends: no file has the id anju-2018.9"):
        load_calendar(tmp_path)


def test_the_shipped_files_are_26_arrangements_beside_the_law() -> None:
    files = arrangement_files()

    assert len(files) == 26
    assert LAW not in files


def test_a_folder_without_the_law_is_read_under_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, "utf-8")

    assert load_calendar(tmp_path).statutes == shipped_statutes()


def test_a_new_notice_lies_over_the_shipped_calendar() -> None:
    local = load_calendar().overlay(read_arrangement(GOOD, "anju-2018.yaml"))

    assert not local.is_working(date(2018, 8, 6))
    assert local.is_working(date(2018, 8, 11))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("issued_on: 1999-09-18", "isued_on: 1999-09-18", 'did you mean "issued_on"?'),
        ("元旦: 01-01", "元旦: 13-01", '"13-01" is no day of the year; write it as 05-01'),
        ("端午节: 0,", "腊八节: 0,", "腊八节: no such festival below"),
        ("2004-01-22", "2005-01-22", "2005-01-22 does not lie in 2004"),
        ("元旦: 01-01", "元旦: 02-29", '"02-29" is no day of the year'),
        ("[0, 1, 2]", "[0, 99]", "count at most 15 days from the festival"),
        ("from_year: 2000", "from_year: 20000", "20000 is not between 1949 and 2100"),
        ("from_year: 2000", "from_year: soon", '"soon" is no whole number'),
        ("laws:", "lawz:", "list at least one version of the law"),
    ],
)
def test_a_faulty_law_file_is_refused(old: str, new: str, fault: str) -> None:
    text = LAW.read_text("utf-8")
    assert old in text

    with pytest.raises(DefinitionError) as refused:
        read_statutes(text.replace(old, new, 1), LAW.name)

    assert fault in str(refused.value)
