"""Each shipped year read once more, by a reader of its own: what a file says agrees with itself."""

import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from workflows.calendars_reader import arrangement_files

ONE = timedelta(days=1)


def days_in(value: object) -> list[date]:
    """Return the days of one line: a day, a span, or a list of either."""
    if isinstance(value, list):
        return [day for item in value for day in days_in(item)]
    if isinstance(value, date):
        return [value]
    first, _, last = str(value).partition("..")
    begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return [begin + n * ONE for n in range((end - begin).days + 1)]


def named(paper: dict[str, Any], part: str) -> dict[str, list[date]]:
    """Return the days of a part by the name of their holiday."""
    return {name: days_in(value) for name, value in (paper.get(part) or {}).items()}


def all_days(paper: dict[str, Any], part: str) -> set[date]:
    """Return every day of a part."""
    return {day for days in named(paper, part).values() for day in days}


def read(path: Path) -> dict[str, Any]:
    """Return a file as plain YAML has it, to which the key off is the truth value."""
    held = yaml.safe_load(path.read_text("utf-8"))
    return {"off" if key is False else key: value for key, value in held.items()}


FILES = {path: read(path) for path in arrangement_files()}
PAPERS = {paper["id"]: paper for paper in FILES.values() if paper["region"] == "cn"}
LAW = yaml.safe_load((next(iter(FILES)).parent / "statutory.yaml").read_text("utf-8"))
YEARS = sorted(id_ for id_, paper in PAPERS.items() if not paper.get("amends"))

each_paper = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS.keys())
each_year = pytest.mark.parametrize("paper", [PAPERS[id_] for id_ in YEARS], ids=YEARS)
published = pytest.mark.parametrize(
    "paper",
    [paper for paper in PAPERS.values() if paper["published_on"] and paper["document"]],
    ids=[id_ for id_, p in PAPERS.items() if p["published_on"] and p["document"]],
)


def law_of(year: int) -> dict[str, list[date]]:
    """Return the statutory days of a year by holiday, laid out by hand from the law's own words."""
    law = [one for one in LAW["laws"] if one["from_year"] <= year][-1]
    found = {}
    for name, spoken in law["solar"].items():
        texts = spoken if isinstance(spoken, list) else [spoken]
        found[name] = [date.fromisoformat(f"{year}-{text}") for text in texts]
    for name, spoken in law["movable"].items():
        offsets = spoken if isinstance(spoken, list) else [spoken]
        found[name] = [LAW["festivals"][year][name] + offset * ONE for offset in offsets]
    return found


def calendar_of(year: int) -> set[date]:
    """Return the working days of a year and the weeks around it, papers laid over one another."""
    around = [date(year - 1, 12, 1) + n * ONE for n in range(430)]
    works = {day for day in around if day.weekday() < 5}
    for paper in sorted(PAPERS.values(), key=lambda one: str(one["published_on"] or one["years"])):
        works = (works - all_days(paper, "off")) | (all_days(paper, "work") & set(around))
    return works


@each_year
def test_the_days_off_of_a_year_hold_every_statutory_day(paper: dict[str, Any]) -> None:
    """Source: 全国年节及纪念日放假办法, article 2, in the version of the year."""
    (year,) = paper["years"]

    for name, days in law_of(year).items():
        assert set(days) <= all_days(paper, "off"), f"{name} {year}"


@each_year
def test_a_statutory_day_stands_under_the_name_of_its_holiday(paper: dict[str, Any]) -> None:
    (year,) = paper["years"]

    for name, days in law_of(year).items():
        under = {
            day for label, found in named(paper, "off").items() if name in label for day in found
        }
        elsewhere = {day for day in days if day in all_days(paper, "off") - under}
        crowded = {day for other, found in law_of(year).items() if other != name for day in found}
        assert elsewhere <= crowded, f"{name} {year}: {elsewhere}"


@each_paper
def test_a_holiday_is_one_run_of_days_and_weekends(paper: dict[str, Any]) -> None:
    for name, days in named(paper, "off").items():
        for day, after in pairwise(sorted(days)):
            between = [day + n * ONE for n in range(1, (after - day).days)]
            assert all(held.weekday() >= 5 for held in between), f"{name}: {day} to {after}"


@each_paper
def test_a_make_up_day_is_a_weekend_day_within_eleven_days_of_its_holiday(
    paper: dict[str, Any],
) -> None:
    off = all_days(paper, "off")
    for name, days in named(paper, "work").items():
        for day in days:
            assert day.weekday() >= 5, f"{name}: {day}"
            assert day not in off
            assert min(abs((day - held).days) for held in off) <= 11


@each_paper
def test_no_more_weekdays_are_given_than_the_law_and_the_make_up_days_pay_for(
    paper: dict[str, Any],
) -> None:
    """A holiday is lengthened by moving days; only 抗战 2015 and the epidemic of 2020 gave more."""
    if paper.get("amends"):
        return
    (year,) = paper["years"]
    weekdays = sum(day.weekday() < 5 for day in all_days(paper, "off"))
    granted = len([day for days in law_of(year).values() for day in days])

    assert weekdays - len(all_days(paper, "work")) <= granted


@published
def test_the_number_of_a_paper_is_of_the_year_in_which_it_was_published(
    paper: dict[str, Any],
) -> None:
    found = re.fullmatch(r"国(?:办)?发明电〔(\d{4})〕([1-9]\d*)号", paper["document"])

    assert found, paper["document"]
    assert int(found[1]) == paper["published_on"].year


@published
def test_the_day_of_publication_is_the_one_in_the_address_of_the_text(
    paper: dict[str, Any],
) -> None:
    found = re.search(r"/(\d{4})-?(\d{2})(?:[-/](\d{2}))?/", paper["source"] or "")
    if "gov.cn" not in (paper["source"] or "") or found is None:
        pytest.fail(f"{paper['id']}: {paper['source']} is no dated address of gov.cn")

    day = paper["published_on"]
    assert (int(found[1]), int(found[2])) == (day.year, day.month)
    assert found[3] is None or int(found[3]) == day.day


@published
def test_a_paper_is_published_before_the_first_day_that_it_moves(paper: dict[str, Any]) -> None:
    """But for 2020: the notice of 01-27 lengthened a holiday that ran."""
    moved = all_days(paper, "off") | all_days(paper, "work")

    assert paper["published_on"] < min(moved)


def test_the_numbers_of_one_year_are_in_the_order_of_their_days() -> None:
    found = sorted(
        (paper["published_on"], int(re.findall(r"\d+", paper["document"])[1]))
        for paper in PAPERS.values()
        if paper["published_on"] and paper["document"] and "国办" in paper["document"]
    )

    for (day, number), (after, later) in pairwise(found):
        assert day.year != after.year or number < later


def longest_run_around(holiday: list[date], works: set[date]) -> int:
    """Return the most days worked in a row that touch the fortnight on either side of a holiday."""
    days = [min(holiday) + n * ONE for n in range(-14, (max(holiday) - min(holiday)).days + 15)]
    longest = run = 0
    for day in days:
        run = run + 1 if day in works else 0
        longest = max(longest, run)
    return longest


def long_runs(years: range) -> dict[str, int]:
    """Return the holidays with more than six days worked in a row around them, and how many."""
    found = {}
    for year in years:
        for name, days in named(PAPERS[f"cn-{year}.1"], "off").items():
            run = longest_run_around(days, calendar_of(year))
            found[f"{year} {name}"] = run
    return {holiday: run for holiday, run in found.items() if run > 6}


def test_since_2025_nobody_works_more_than_six_days_around_a_holiday() -> None:
    """Source: 国务院令第795号, 一般不超过6天, normally: an exception would be listed."""
    assert long_runs(range(2025, 2027)) == {}


def test_before_2025_there_were_runs_of_seven_days() -> None:
    """What the rule of 2025 ended, and a sign that the test above can find one."""
    assert long_runs(range(2017, 2025)) == {
        "2019 春节": 7, "2022 春节": 7, "2022 国庆节": 7, "2023 春节": 7, "2023 中秋节、国庆节": 7,
    }  # fmt: skip


def test_every_file_is_called_after_its_id() -> None:
    short = re.compile(r"cn-(\d{4})(?:\.(\d))?\.yaml")
    for path, paper in FILES.items():
        if paper["region"] == "cn":
            found = short.fullmatch(Path(path).name)
            assert found
            assert paper["id"] == f"cn-{found[1]}.{found[2] or 1}"
