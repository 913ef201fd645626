"""A book and its scenario become a plan; dirty dates, codes, numbers and names are understood."""

from datetime import date
from pathlib import Path

import pytest

from engine.core.commands import Open, Phrase
from engine.core.communities import match_community
from engine.core.identifiers import mobile, uscc
from engine.core.plan import Plan
from tests.workflows.small_book import BOOK, SCENARIO, changed, faults_of, read
from workflows import yamlfile
from workflows.book import read_book
from workflows.book_days import as_day

SUINING = Path(__file__).parents[2] / "examples" / "suining"


@pytest.fixture(scope="module")
def suining() -> Plan:
    """The plan of the example that comes with the product."""
    return read_book(SUINING / "book.yaml")


# The example of Suining.


def test_the_suining_book_is_read_whole(suining: Plan) -> None:
    assert (suining.programme.code, suining.programme.issued_on) == (
        "suining-2017",
        date(2017, 8, 31),
    )
    assert (suining.begins_on, suining.ends_on) == (date(2017, 8, 31), date(2018, 10, 31))
    assert [len(suining.of_wave(wave.code)) for wave in suining.waves] == [8, 8, 8]
    assert (len(suining.orgs), len(suining.posts), len(suining.targets)) == (45, 45, 3)
    assert len(suining.plays) == 1300


def test_the_steps_of_suining_come_in_the_order_of_their_days(suining: Plan) -> None:
    days = [(play.on, play.order) for play in suining.plays]

    assert days == sorted(days)
    assert isinstance(suining.plays[0].command, Open)


def test_an_org_keeps_its_checked_credit_code(suining: Plan) -> None:
    codes = {org.code: org.uscc for org in suining.orgs if org.uscc}

    assert len(codes) == 10
    assert codes["A02"] == "52510904XXXX00027X"


def test_a_post_that_every_agency_has_is_one_for_each(suining: Plan) -> None:
    posts = {post.code: post.org for post in suining.posts}

    assert posts["R31@A04"] == "A04"
    assert "R31" not in posts
    assert {play.by for play in suining.plays if play.by.startswith("R31")} == {"R31@{agency}"}


def test_the_words_of_a_date_stay_beside_the_reading_that_was_chosen(suining: Plan) -> None:
    (first, *_) = suining.projects

    assert first.dates["plan_finish"] == Phrase("2017年9月前", date(2017, 9, 30), "惯常：9月底以前")


# Values as people type them.


@pytest.mark.parametrize(
    "written",
    [
        "2017年8月31日",
        "2017.8.31",
        "2017/08/31",
        "20170831",
        "'20170831'",
        "２０１７－０８－３１",
        "42978",
    ],
)
def test_a_scenario_may_write_a_day_in_any_form(tmp_path: Path, written: str) -> None:
    text = changed(SCENARIO, "signed_on: '2017-08-31'", f"signed_on: {written}")

    assert read(tmp_path, scenario=text).programme.issued_on == date(2017, 8, 31)


@pytest.mark.parametrize("written", ["2017年8月31日", "20170831", "二〇一七年八月三十一日"])
def test_a_book_may_write_a_day_in_any_form(tmp_path: Path, written: str) -> None:
    text = changed(BOOK, "from: 2017-08-31", f"from: {written}")

    assert read(tmp_path, book=text).begins_on == date(2017, 8, 31)


def test_a_bare_number_is_no_day_in_a_book(tmp_path: Path) -> None:
    text = changed(BOOK, "from: 2017-08-31", "from: 42978")

    assert faults_of(tmp_path, book=text) == [
        'book.yaml:7:7: from: "42978" is not a day: This is a bare number, not a date. '
        "Perhaps 2017-08-31 is meant."
    ]


@pytest.mark.parametrize("name", ["S02", "望江社区", "望江社区居委会", "' 望江 社区 '"])
def test_a_record_names_a_community_by_its_id_or_in_any_way_of_writing_it(
    tmp_path: Path, name: str
) -> None:
    text = changed(SCENARIO, "community: S02", f"community: {name}")

    assert read(tmp_path, scenario=text).projects[1].parties["community"] == "S02"


def test_a_credit_code_is_kept_in_its_one_right_form(tmp_path: Path) -> None:
    text = changed(SCENARIO, "52510904XXXX000193", "' ５２５１０９０４ xxxx000193'")

    assert read(tmp_path, scenario=text).orgs[4].uscc == "52510904XXXX000193"


# The dirty samples of the scenario, through the functions that the import uses.


def samples(kind: str) -> list[str]:
    """Return the dirty texts of one kind, in the order of the file."""
    root = yamlfile.plain(yamlfile.load_file(SUINING / "scenario.yaml", max_bytes=1_000_000))
    assert isinstance(root, dict)
    held = root["import_samples"]
    assert isinstance(held, dict)
    listed = held[kind]
    assert isinstance(listed, list)
    return [str(one["raw"]) for one in listed if isinstance(one, dict)]


def test_every_dirty_date_is_a_day_or_told_why_not() -> None:
    answers = [as_day(raw, serials=True) for raw in samples("dates")]

    assert answers == [
        *[date(2017, 8, 31)] * 5,
        '"2017年9月前" may mean 2017-08-31 (literal) or 2017-09-30 (customary); '
        "choose a reading and write its day",
        '"2017年9-11月" covers 2017-09-01 to 2017-11-30; write the one day that is meant',
        '"2018-02-29" is not a day: Month 2 of 2018 has no day 29; its last day is 2018-02-28.',
    ]


def test_every_dirty_credit_code_is_cleaned_or_told_why_not() -> None:
    checked = [uscc(raw) for raw in samples("uscc")]

    assert [each.value or each.fault for each in checked] == [
        "52510904XXXX000193", "52510904XXXX000193", "uscc_outer", "uscc_length", "uscc_letter",
        "52510904XXXX000193",
    ]  # fmt: skip


def test_every_dirty_mobile_number_is_cleaned_or_told_why_not() -> None:
    checked = [mobile(raw) for raw in samples("phones")]

    assert [each.value or each.fault for each in checked] == [*["13800138000"] * 3, "mobile_length"]


def test_every_dirty_name_is_the_same_community() -> None:
    register = {"510904001001": "正东社区居委会", "510904001002": "琼江社区居委会"}

    assert {match_community(raw, register).value for raw in samples("names")} == {"510904001001"}
