"""Trap T12: what needs a local value is listed with its place, and leaves the list once given."""

from pathlib import Path

import pytest

from bootstrap import SYSTEM, Desk
from cli.words import speech as terminal
from engine.core.commands import ChooseDate, ChooseInterval, Phrase
from engine.core.needs import Need
from engine.core.wording import open_words
from engine.services import registers
from engine.services.registers import Publication
from engine.storage.database import Database
from templates.words import words
from tests.houses import BOOK, a_running_project, do, suining
from tests.storage.servers import SQLite
from tests.web.api_site import COUNTY, an_office, served
from workflows import reader
from workflows.places import open_words_beside, places

EVERY = "cadence: {every: month, starts: cadence_from, first: half}"


@pytest.fixture
def open_house(sqlite_desk: Desk) -> Desk:
    """A house with a later version of the workflow: supervision is left to be chosen, 定期."""
    text = next(iter(reader.shipped().values())).read_text("utf-8")
    text = text.replace("version: 1\n", "version: 2\n", 1)
    text = text.replace(EVERY, "cadence: {every: unset, starts: cadence_from}", 1)
    text = text.replace("{zh: 一月一督导, en: Monthly supervision}",
                        "{zh: 定期督导, en: Regular supervision}", 1)  # fmt: skip
    read = reader.read_workflow(text, "open.yaml")
    new = Publication(read.key, str(read.version), read.digest, text)
    with sqlite_desk.house.database.write() as cursor:
        registers.publish_workflow(sqlite_desk.house, cursor, new, SYSTEM)
    return sqlite_desk


def of(desk: Desk, code: str) -> list[Need]:
    """Return the needs of one kind."""
    return [need for need in desk.needs.listed() if need.code == code]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("定期开展社会工作专业知识轮训", ("定期",)),
        ("要保持适当的社会工作专业毕业生比例", ("适当的",)),
        ("安排一定的福彩公益金", ("一定的",)),
        ("有条件的地方可探索", ("有条件的",)),
        ("具有一定代表性的实务经验", ()),
        ("一月一督导", ()),
    ],
)
def test_t12_a_measure_that_is_named_and_not_given_is_recognised(
    text: str, found: tuple[str, ...]
) -> None:
    assert open_words(text) == found


def test_t12_an_interval_left_open_is_listed_with_line_and_clauses(open_house: Desk) -> None:
    (need,) = [n for n in of(open_house, "interval") if n.where == "pilot_project@2"]

    assert need.place == "tracks.supervision.cadence.every"
    assert need.line == places(_text(open_house))["tracks.supervision.cadence.every"][0]
    assert need.clauses == ("R87", "R88", "R102")


def _text(desk: Desk) -> str:
    held = [one.row.text for one in desk.publications.versions() if one.row.version == "2"]
    return held[0]


def test_t12_a_text_that_names_a_measure_is_listed_with_its_task(open_house: Desk) -> None:
    (need,) = [n for n in of(open_house, "words") if n.where == "pilot_project@2"]

    assert (need.words, need.name["zh"]) == ("定期", "定期督导")
    assert need.place == "tracks.supervision.name.zh"


def test_t12_choosing_the_interval_takes_the_project_off_the_list(open_house: Desk) -> None:
    a_running_project(open_house)
    (before,) = [n for n in of(open_house, "interval") if n.where == "pilot_project@2"]
    assert before.projects == ("P01",)

    do(open_house, "P01", "R11", ChooseInterval("supervision", "month", None, "定期"))

    assert of(open_house, "interval") == []


def test_t12_a_date_that_nobody_chose_is_listed_until_somebody_does(sqlite_desk: Desk) -> None:
    a_running_project(sqlite_desk)
    phrase = Phrase("通知未写日期", None, None)
    do(sqlite_desk, "P01", "R11", ChooseDate("closing_finish", phrase))
    (need,) = [n for n in of(sqlite_desk, "date") if n.place == "dates.closing_finish"]
    assert (need.words, need.projects) == ("通知未写日期", ("P01",))
    assert need.clauses == ("R90", "R91", "R93")
    assert need.line is not None

    chosen = Phrase("2018年10月底前", suining().ends_on, "月末")
    do(sqlite_desk, "P01", "R11", ChooseDate("closing_finish", chosen))

    assert [n for n in of(sqlite_desk, "date") if n.place == "dates.closing_finish"] == []


def test_t12_a_target_without_a_number_is_listed(sqlite_desk: Desk) -> None:
    sqlite_desk.programmes.enter(suining(), SYSTEM)

    (need,) = of(sqlite_desk, "count")

    assert (need.place, need.words) == ("T3", "全市城市社区数未登记")


def test_t12_the_files_of_a_programme_are_searched_with_the_notice_beside_them() -> None:
    found = {(need.where, need.line): need for need in open_words_beside(BOOK)}

    assert found["scenario.yaml", 40].words == "一定的"
    notice = [need for (where, _), need in found.items() if where == "notice.zh.txt"]
    assert {word for need in notice for word in need.words.split("、")} == {
        "有条件的", "定期", "适当的", "一定的",
    }  # fmt: skip
    assert [need.clauses for need in notice] == [
        ("(二)壮大专业队伍",), ("(三)推动专业发展",), ("(三)支持保障",),
    ]  # fmt: skip


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_t12_each_need_says_what_would_be_right(open_house: Desk, locale: str) -> None:
    open_house.programmes.enter(suining(), SYSTEM)
    a_running_project(open_house)
    do(open_house, "P01", "R11", ChooseDate("planned_end", Phrase("未定", None, None)))
    say = words(locale)

    said = {need.code: say.need(need) for need in open_house.needs.listed()}

    assert set(said) == {"interval", "date", "count", "words"}
    assert "shidian project interval" in said["interval"]
    assert "P01" in said["interval"]
    assert "planned_end" in said["date"]
    assert all(terminal(locale).say(f"needs.kind.{code}") for code in said)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    """An office, filled once."""
    return SQLite(tmp_path_factory.mktemp("needs"))


def test_t12_a_program_reads_the_list(filled: SQLite, tmp_path: Path) -> None:
    office = served(Database(filled.copy(an_office, tmp_path)))

    items = office.get(COUNTY, "/needs").json()["items"]

    assert [one["place"] for one in items if one["code"] == "count"] == ["T3"]
    assert all(one["right"] for one in items)
