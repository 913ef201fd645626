"""The traps that lie in the text of the notice, each walked into on a real database file."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bootstrap import SYSTEM, Desk
from engine.core.commands import Act, Bind, ChooseDate, Count, Phrase, Target
from engine.core.context import parties
from engine.core.definition import ActionKind
from engine.core.errors import RefusalError
from engine.core.lamps import Light
from engine.core.periods import Period
from engine.core.phrases import read_phrase
from engine.core.rows import Dated, TaskRow
from engine.core.state import Draft
from engine.services import registers
from engine.services.queries import Owed
from tests.builders import a_workflow
from tests.houses import (
    a_running_project,
    an_opening,
    do,
    go_to,
    publication,
    state_of,
    suining,
)
from tests.services.lifting import advance, blocking
from workflows.reader import shipped

ISSUED = date(2017, 8, 31)
FIRST_EIGHT = [f"P{n:02d}" for n in range(1, 9)]


@pytest.fixture
def programme(sqlite_desk: Desk) -> Desk:
    """The eight projects of 2017, opened from the shipped book on the day of the notice."""
    sqlite_desk.programmes.enter(suining(), sqlite_desk.actor("R01"), ("W1",))
    return sqlite_desk


def with_dates(**changed: Phrase) -> dict[str, Phrase]:
    """Return the dates of the example's first project with some read otherwise."""
    planned = next(project for project in suining().projects if project.code == "P01")
    return {**planned.dates, **changed}


def rows(desk: Desk, key: str, code: str = "P01") -> list[TaskRow]:
    """Return the rows of a task, the series itself aside, oldest first."""
    found = [row for row in state_of(desk, code).rows(TaskRow) if row.key == key]
    return [row for row in found if row.kind != "series"]


def lights(desk: Desk, on: date | None = None) -> set[Light]:
    """Return the lamps of all projects on a day."""
    return {row.lamp.light for row in desk.queries.board(on)}


def carry(desk: Desk, until: str, code: str = "P01") -> None:
    """Carry a project on, gate by gate, to a stage."""
    while (stage := state_of(desk, code).project.stage) != until:
        ways = a_workflow().actions_from(stage)
        advance(desk, code, next(way.key for way in ways if way.kind is ActionKind.ADVANCE))


def readings(desk: Desk, name: str) -> Iterator[tuple[str, date | None, str | None]]:
    """Yield words, day and chooser of every reading of a date, oldest first."""
    for row in state_of(desk, "P01").rows(Dated):
        if row.name == name:
            yield row.words, row.on, row.chosen_by


# T1: “2017年9月前” in a notice of 2017-08-31.


def test_t1_the_literal_reading_of_the_phrase_is_the_day_of_issue_and_is_marked_so() -> None:
    reading = read_phrase("2017年9月前", ISSUED)

    assert reading.ambiguous
    assert reading.on_issue == ("literal",)
    assert dict(reading.readings)["customary"] == date(2017, 9, 30)


def test_t1_no_project_is_late_on_the_day_of_the_notice_or_the_day_after(programme: Desk) -> None:
    assert Light.OVERDUE not in lights(programme, ISSUED)
    assert Light.OVERDUE not in lights(programme, ISSUED + timedelta(days=1))
    assert programme.sweep.run().notices == 0


def test_t1_the_words_stand_beside_the_chosen_day_its_reading_and_who_chose(
    programme: Desk,
) -> None:
    (held,) = [row for row in state_of(programme, "P01").rows(Dated) if row.name == "plan_finish"]

    assert (held.words, held.on, held.chosen_by) == ("2017年9月前", date(2017, 9, 30), "R01")
    assert held.reading
    assert rows(programme, "plan")[-1].due == held.on


def test_t1_even_the_literal_reading_makes_nobody_late_on_the_day_of_issue(
    sqlite_desk: Desk,
) -> None:
    literal = Phrase("2017年9月前", ISSUED, "照字面：8月31日")
    a_running_project(sqlite_desk, opening=an_opening(dates=with_dates(plan_finish=literal)))

    assert lights(sqlite_desk, ISSUED) == {Light.DUE_SOON}
    assert lights(sqlite_desk, ISSUED + timedelta(days=1)) == {Light.OVERDUE}


def test_t1_a_phrase_that_nobody_has_read_yet_makes_nobody_late(sqlite_desk: Desk) -> None:
    unread = Phrase("2017年9月前")
    a_running_project(sqlite_desk, opening=an_opening(dates=with_dates(plan_finish=unread)))
    go_to(sqlite_desk, "2017-10-31")

    assert sqlite_desk.sweep.run().notices == 0
    assert rows(sqlite_desk, "plan")[-1].due is None
    assert list(readings(sqlite_desk, "plan_finish")) == [("2017年9月前", None, None)]


def test_t1_a_reading_chosen_anew_moves_the_day_and_both_stay_on_record(programme: Desk) -> None:
    go_to(programme, "2017-09-05")
    anew = Phrase("2017年9月前", date(2017, 9, 29), "9月最后一个周五")
    do(programme, "P01", "R11", ChooseDate("plan_finish", anew))

    assert rows(programme, "plan")[-1].due == date(2017, 9, 29)
    assert list(readings(programme, "plan_finish")) == [
        ("2017年9月前", date(2017, 9, 30), "R01"), ("2017年9月前", date(2017, 9, 29), "R11"),
    ]  # fmt: skip
    facts = programme.audit.history("P01")[-1].body["facts"]
    assert (facts["was"], facts["on"]) == ("2017-09-30", "2017-09-29")


# T3: implementation begins after projects are confirmed, promotion begins in 2017-12.


def test_t3_windows_of_stages_may_overlap(sqlite_desk: Desk) -> None:
    early = Phrase("2017年12月-2018年10月", date(2018, 3, 30), "示例")
    a_running_project(
        sqlite_desk, "implementation", opening=an_opening(dates=with_dates(convert_finish=early))
    )
    (running,) = rows(sqlite_desk, "implementation")
    planned = {bar.stage: bar.planned_to for bar in sqlite_desk.queries.board()[0].bars}

    assert running.due is not None
    assert planned["promotion"] == date(2018, 3, 30)
    assert planned["promotion"] < running.due


def test_t3_one_community_promotes_while_another_still_recruits(sqlite_desk: Desk) -> None:
    a_running_project(sqlite_desk, "agency_recruitment", code="P02")
    a_running_project(sqlite_desk, "promotion", code="P01")

    stages = {row.project.code: row.project.stage for row in sqlite_desk.queries.board()}
    assert stages == {"P01": "promotion", "P02": "agency_recruitment"}


def test_t3_supervision_runs_on_beside_later_stages(sqlite_desk: Desk) -> None:
    a_running_project(sqlite_desk, "promotion")
    go_to(sqlite_desk, "2018-07-02")
    sqlite_desk.sweep.run()

    periods = [row.period for row in rows(sqlite_desk, "supervision")]
    assert periods[-1] == "2018-07"
    assert state_of(sqlite_desk, "P01").project.stage == "promotion"


# T4: 督导服务 and 经验总结 have no dates.


def undated(desk: Desk) -> Desk:
    """Return a house whose project is evaluated by no day."""
    nowhen = Phrase("通知未写日期")
    opening = an_opening(dates=with_dates(closing_finish=nowhen))
    a_running_project(desk, "evaluation", opening=opening)
    return desk


def owed(desk: Desk, key: str) -> list[Owed]:
    """Return what the list of open things says of a task or stage."""
    return [one for one in desk.queries.owed() if one.task.key == key]


def test_t4_a_stage_without_a_date_is_legal_and_listed_without_a_day(sqlite_desk: Desk) -> None:
    (one,) = owed(undated(sqlite_desk), "evaluation")

    assert (one.task.due, one.late) == (None, 0)
    assert one.task.words == "通知未写日期"
    planned = {bar.stage: bar.planned_to for bar in sqlite_desk.queries.board()[0].bars}
    assert planned["evaluation"] is None


def test_t4_it_climbs_no_ladder_until_somebody_sets_a_day(sqlite_desk: Desk) -> None:
    desk = undated(sqlite_desk)
    (row,) = rows(desk, "evaluation")
    assert row.next_at is None

    do(desk, "P01", "R11", ChooseDate("closing_finish", Phrase("示例", date(2018, 10, 31))))

    (row,) = rows(desk, "evaluation")
    assert row.due == date(2018, 10, 31)
    assert row.next_at is not None
    assert [one.task.due for one in owed(desk, "evaluation")] == [row.due]


# T5: 24 communities in 2018, and a promotion window that ends in 2018-10.


def test_t5_an_indicator_and_a_stage_have_days_of_their_own(programme: Desk) -> None:
    held = {one.target.code: one.target for one in programme.queries.coverage()}

    assert (held["T2"].count, held["T2"].by) == (24, date(2018, 12, 31))
    converted = {
        row.on for row in state_of(programme, "P01").rows(Dated) if row.name == "convert_finish"
    }
    assert converted == {date(2018, 10, 31)}


def test_t5_moving_the_stage_moves_no_indicator(programme: Desk) -> None:
    before = [one.target for one in programme.queries.coverage()]

    do(programme, "P01", "R11", ChooseDate("convert_finish", Phrase("示例", date(2018, 11, 30))))

    assert [one.target for one in programme.queries.coverage()] == before


# T7: the cadences run from 2018, projects start in 2017.


def test_t7_nothing_recurs_before_january_2018_although_the_project_runs(sqlite_desk: Desk) -> None:
    a_running_project(sqlite_desk, "implementation")
    assert state_of(sqlite_desk, "P01").project.opened_on == ISSUED
    go_to(sqlite_desk, "2018-01-01 08:59")
    sqlite_desk.sweep.run()
    keys = ("supervision", "quarterly_evaluation", "half_year_summary")
    assert [rows(sqlite_desk, key) for key in keys] == [[], [], []]

    go_to(sqlite_desk, "2018-01-01 09:00")
    sqlite_desk.sweep.run()

    periods = [[row.period for row in rows(sqlite_desk, key)] for key in keys]
    assert periods == [["2018-01"], ["2018Q1"], ["2018H1"]]


def test_t7_the_duty_to_guide_exists_from_the_start(sqlite_desk: Desk) -> None:
    """Clause R84 and R85: 项目确定后, with a working mechanism in twenty working days."""
    a_running_project(sqlite_desk, "implementation")
    (row,) = rows(sqlite_desk, "mechanism")

    assert row.status == "open"
    assert row.due is not None
    assert row.due < date(2018, 1, 1)


def test_t7_eight_projects_owe_144_occurrences_in_2018(sqlite_desk: Desk) -> None:
    a_running_project(sqlite_desk, "implementation")
    go_to(sqlite_desk, "2018-12-31")
    sqlite_desk.sweep.run()

    keys = ("supervision", "quarterly_evaluation", "half_year_summary")
    found = [len(rows(sqlite_desk, key)) for key in keys]
    assert found == [12, 4, 2]
    assert len(FIRST_EIGHT) * sum(found) == 144


# T8: the cadences have no end.


def test_t8_a_cadence_runs_until_the_close_and_the_close_lists_what_was_open(
    sqlite_desk: Desk,
) -> None:
    a_running_project(sqlite_desk, "implementation")
    go_to(sqlite_desk, "2019-03-04")  # no end was said, so it runs beyond every date of the notice
    sqlite_desk.sweep.run()
    assert rows(sqlite_desk, "supervision")[-1].period == "2019-03"

    carry(sqlite_desk, "promoted")

    left = sqlite_desk.audit.history("P01")[-1].body["facts"]["left"]
    months = [Period(2018, "month", n).key for n in range(1, 13)]
    months += [Period(2019, "month", n).key for n in range(1, 4)]
    assert [one for one in left if one.startswith("supervision/")] == [
        f"supervision/{month}" for month in months
    ]
    assert all(row.status == "ended" for row in rows(sqlite_desk, "supervision"))


def test_t8_after_the_close_nothing_recurs(sqlite_desk: Desk) -> None:
    a_running_project(sqlite_desk, "implementation")
    go_to(sqlite_desk, "2018-04-02")
    sqlite_desk.sweep.run()
    do(sqlite_desk, "P01", "R01", Act("terminate", "other", "示例"))
    left = sqlite_desk.audit.history("P01")[-1].body["facts"]["left"]
    assert "supervision/2018-04" in left

    go_to(sqlite_desk, "2018-09-03")

    assert sqlite_desk.sweep.run().opened == 0
    assert rows(sqlite_desk, "supervision")[-1].period == "2018-04"


# T10: the quota is per organisation, and organisations come one stage later.


def test_t10_heads_are_counted_during_planning_for_whom_is_known(sqlite_desk: Desk) -> None:
    a_running_project(sqlite_desk)
    seed = Target("seed_workers")
    do(sqlite_desk, "P01", "R11", Count(seed, "community", 2))

    with pytest.raises(RefusalError) as refused:
        do(sqlite_desk, "P01", "R11", Count(seed, "agency", 2))

    assert [reason.code for reason in refused.value.reasons] == ["party_unbound"]
    assert rows(sqlite_desk, "seed_workers")[-1].status == "open"


def test_t10_a_quota_that_cannot_be_judged_yet_is_not_one_that_failed(sqlite_desk: Desk) -> None:
    a_running_project(sqlite_desk, "design_review")
    agency = parties(Draft(state_of(sqlite_desk, "P01")))["agency"]
    assert _quota(sqlite_desk) == {("quota_short", False)}

    do(sqlite_desk, "P01", "R11", Bind("agency", None))
    do(sqlite_desk, "P01", "R11", Count(Target("seed_workers"), "community", 2))
    assert _quota(sqlite_desk) == {("quota_undecided", True)}

    do(sqlite_desk, "P01", "R11", Bind("agency", agency))
    assert _quota(sqlite_desk) == {("quota_short", False)}


def _quota(desk: Desk) -> set[tuple[str, bool]]:
    """Return code and undecidedness of what the quota says against the start."""
    return {
        (reason.code, reason.undecided)
        for reason in blocking(desk, "P01", "start", "R11")
        if reason.facts.get("task") == "seed_workers"
    }


# T11: 要, 力争, 鼓励, 可.


def test_t11_only_what_the_source_demands_turns_red_and_climbs(
    sqlite_desk: Desk, tmp_path: Path
) -> None:
    found = {}
    for version, strength in enumerate(("must", "should", "encouraged", "may"), start=2):
        text = shipped()["pilot_project"].read_text("utf-8")
        softened = text.replace("version: 1\n", f"version: {version}\n").replace(
            "due: {from: entered, count: 20}}",
            f"strength: {strength}, due: {{from: entered, count: 20}}}}",
        )
        assert strength in softened
        path = tmp_path / f"{strength}.yaml"
        path.write_text(softened, "utf-8")
        with sqlite_desk.house.database.write() as cursor:
            registers.publish_workflow(sqlite_desk.house, cursor, publication(path), SYSTEM)
        code = FIRST_EIGHT[version]
        dates = with_dates(planned_end=Phrase("示例"))
        a_running_project(sqlite_desk, "implementation", opening=an_opening(code, dates=dates))
        found[strength] = code

    late = date(2018, 12, 3)
    board = {row.project.code: row.lamp.light for row in sqlite_desk.queries.board(late)}
    climbs = {word: rows(sqlite_desk, "mechanism", code)[0].next_at for word, code in found.items()}

    assert {word: board[code] for word, code in found.items()} == {
        "must": Light.OVERDUE, "should": Light.NORMAL, "encouraged": Light.NORMAL,
        "may": Light.NORMAL,
    }  # fmt: skip
    assert {word for word, moment in climbs.items() if moment is not None} == {"must"}


def test_t11_what_the_notice_strives_for_is_a_soft_indicator(programme: Desk) -> None:
    """力争每个城市社区…: clause R18."""
    soft = {one.target.code: one.target.soft for one in programme.queries.coverage()}

    assert soft == {"T1": False, "T2": False, "T3": True}


def test_t11_an_indicator_that_nobody_can_count_yet_is_not_judged(programme: Desk) -> None:
    (strived,) = [one for one in programme.queries.coverage() if one.target.soft]

    assert (strived.total, strived.is_met) == (None, None)


# T12: words that need a local value.


@pytest.mark.parametrize("words", ["定期", "适当的比例", "一定的福彩公益金", "等", "及时", "逐步"])
def test_t12_a_word_without_a_value_is_given_none(words: str) -> None:
    reading = read_phrase(words, ISSUED)

    assert (reading.kind, reading.readings) == ("undated", ())
    assert (reading.first, reading.last, reading.count) == (None, None, None)


def test_t12_no_day_is_made_up_for_what_is_to_be_done_regularly(sqlite_desk: Desk) -> None:
    """定期开展社区居民需求调查: clause R43."""
    a_running_project(sqlite_desk)
    (survey,) = rows(sqlite_desk, "needs_survey")

    assert "R43" in a_workflow().tasks["needs_survey"].clauses
    assert (survey.due, survey.next_at) == (None, None)
    assert [one.task.due for one in owed(sqlite_desk, "needs_survey")] == [None]


def test_t12_a_certain_sum_of_money_has_to_be_named_when_it_is_raised() -> None:
    """一定的福彩公益金: clause R123."""
    tranche = a_workflow().tasks["tranche"]
    (planned,) = [field for field in tranche.fields if field.key == "planned"]

    assert "R123" in tranche.clauses
    assert planned.required
    assert tranche.due is not None
    assert tranche.due.anchor == "given"


def test_t12_open_lists_of_offices_take_more_of_them(sqlite_desk: Desk) -> None:
    """规划财务科、基层政权和社区建设科等: clause R98 ends with 等."""
    first = next(post for post in suining().posts if post.roles == "city_finance")
    more = replace(first, code="R09", name="基层政权和社区建设科")

    with sqlite_desk.house.database.write() as cursor:
        registers.enter(sqlite_desk.house, cursor, [more], SYSTEM)

    bound = {"sponsor": first.org}
    role = a_workflow().roles["city_finance"]
    with sqlite_desk.house.database.read() as cursor:
        held = sqlite_desk.house.directory(cursor).holders(role, bound, ISSUED)
    assert [post.code for post in held] == [first.code, "R09"]
