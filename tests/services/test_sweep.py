"""The sweep asks what is owed, never what day it is: run often, late or twice, each rung once."""

import threading
from collections import Counter
from datetime import date, timedelta

import pytest

from bootstrap import Desk
from engine.core.commands import AskExtension, Paper, Phrase, Raise, Submit, Target
from engine.core.errors import ClockError
from engine.core.rows import TaskRow
from engine.services import sweep
from engine.services.audit import is_late_entry
from tests.houses import (
    a_running_project,
    a_trial,
    again,
    an_opening,
    do,
    go_to,
    moment,
    state_of,
)
from tests.storage.tampering import change, dump, query

GOLDEN_WEEK = ("2017-09-26", "2017-10-17")
"""Before the first rung of 2017-09-30, and after the second last; 国庆 lies between them."""


def ledger(desk: Desk) -> list[tuple[str, str, str]]:
    """Return rung, status and post of every notice, in the order they were written."""
    return [(row["rung"], row["status"], row["post"]) for row in desk.queries.notices()]


def test_a_sweep_run_a_hundred_times_does_what_one_does(desk: Desk) -> None:
    for code in ("P01", "P02", "P03"):
        a_running_project(desk, code=code)
    go_to(desk, "2017-10-10")
    first = desk.sweep.run()
    after = dump(desk.house.database)

    for _ in range(100):
        assert desk.sweep.run().notices == 0

    assert (first.notices, first.merged) == (3, 3)
    assert dump(desk.house.database) == after


def test_each_rung_comes_once_when_every_day_is_swept(desk: Desk) -> None:
    a_running_project(desk)
    for day in range(26, 31):
        go_to(desk, f"2017-09-{day}")
        desk.sweep.run()
    for day in range(1, 32):
        go_to(desk, f"2017-10-{day:02d}")
        desk.sweep.run()

    assert ledger(desk) == [
        ("reminder", "ready", "R11"), ("urge", "ready", "R11"),
        ("oversee", "ready", "R11"), ("coordinate", "ready", "R01"),
    ]  # fmt: skip
    days = [notice["created_at"] for notice in desk.queries.notices()]
    assert days == [
        moment(f"{day} 09:00") for day in ("2017-09-27", "2017-10-09", "2017-10-13", "2017-10-20")
    ]


def test_days_off_over_a_holiday_cost_delay_and_no_rung(desk: Desk) -> None:
    a_running_project(desk)
    go_to(desk, GOLDEN_WEEK[0])
    assert desk.sweep.run().notices == 0
    go_to(desk, GOLDEN_WEEK[1])

    swept = desk.sweep.run()

    assert ledger(desk) == [
        ("reminder", "merged", "R11"), ("urge", "merged", "R11"), ("oversee", "ready", "R11"),
    ]  # fmt: skip
    assert (swept.notices, swept.merged) == (1, 2)
    entry = desk.audit.history("P01")[-1]
    assert [(r["rung"], r["merged"], r["late"]) for r in entry.body["facts"]["rungs"]] == [
        ("reminder", True, 7), ("urge", True, 7), ("oversee", False, 7),
    ]  # fmt: skip
    go_to(desk, "2017-10-20")
    desk.sweep.run()
    assert ledger(desk)[-1] == ("coordinate", "ready", "R01")
    assert len(ledger(desk)) == 4


def test_a_moment_before_the_office_opens_is_too_early(desk: Desk) -> None:
    a_running_project(desk)
    go_to(desk, "2017-09-27 08:59")
    assert desk.sweep.run().notices == 0
    go_to(desk, "2017-09-27 09:00")

    assert desk.sweep.run().notices == 1


def test_a_missed_cadence_opens_every_period_once(desk: Desk) -> None:
    a_running_project(desk, "implementation")
    go_to(desk, "2018-05-02")

    desk.sweep.run()
    desk.sweep.run()

    rows = query(
        desk.house.database,
        "SELECT period FROM task WHERE key = 'supervision' AND kind <> 'series' ORDER BY n",
    )
    assert [row[0] for row in rows] == [f"2018-0{month}" for month in range(1, 6)]


def test_what_waits_for_our_own_side_is_left_alone(desk: Desk) -> None:
    a_running_project(desk)
    do(desk, "P01", "R11", AskExtension(Target("plan"), 10, "会签未齐"))
    go_to(desk, "2017-10-20")

    assert desk.sweep.run().notices == 0


def test_a_preview_writes_nothing_and_says_what_a_run_does(desk: Desk) -> None:
    for code in ("P01", "P02"):
        a_running_project(desk, code=code)
    a_running_project(desk, "implementation", code="P03")
    at = moment("2018-03-01 09:00")
    before = dump(desk.house.database)

    planned = desk.sweep.preview(at)

    assert dump(desk.house.database) == before
    go_to(desk, at)
    done = desk.sweep.run()
    assert (planned.at, planned.streams, planned.opened) == (done.at, done.streams, done.opened)
    assert (planned.rungs, planned.merged) == (done.rungs, done.merged)
    said = {(row["cause"], row["post"], row["status"]) for row in desk.queries.notices()}
    assert said == {
        (one.cause, one.post, "merged" if one.merged else "ready") for one in planned.planned
    }
    assert desk.sweep.preview(at).planned == []


def test_a_preview_of_the_past_is_refused(desk: Desk) -> None:
    with pytest.raises(ClockError, match="before now"):
        desk.sweep.preview(moment("2017-08-30 09:00"))


def test_two_houses_sweeping_at_once_write_nothing_twice(desk: Desk) -> None:
    codes = [f"P{n:02d}" for n in range(1, 9)]
    for code in codes:
        a_running_project(desk, code=code)
    go_to(desk, "2017-10-17")
    desks = [desk, again(desk), again(desk)]
    start = threading.Barrier(len(desks))
    failures: list[BaseException] = []

    def race(one: Desk) -> None:
        start.wait()
        try:
            for _ in range(3):
                assert one.sweep.run().failed == []
        except BaseException as error:  # noqa: BLE001  # a thread must tell what killed it
            failures.append(error)

    threads = [threading.Thread(target=race, args=(one,)) for one in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    rungs = Counter((row["stream"], row["rung"]) for row in desk.queries.notices())
    assert set(rungs.values()) == {1}
    assert len(rungs) == 3 * len(codes)
    ticks = Counter(
        (entry.stream, entry.kind) for code in codes for entry in desk.audit.history(code)
    )
    assert all(count == 1 for (_, kind), count in ticks.items() if kind == "clock.ticked")
    assert desk.proof.verify().verdict == "sound"
    for one in desks[1:]:
        one.close()


def broken(desk: Desk, code: str) -> None:
    """Make a project one that no sweep can write to: its last entry lies in the future."""
    at = moment("2030-01-01 09:00")
    value = at if desk.house.database.is_postgres else at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    change(desk.house.database, "UPDATE stream SET at = ? WHERE id = ?", [value, f"project:{code}"])


def test_a_project_that_cannot_be_swept_silences_no_other(desk: Desk) -> None:
    for code in ("P01", "P02", "P03"):
        a_running_project(desk, code=code)
    broken(desk, "P02")
    go_to(desk, "2017-09-27")

    swept = desk.sweep.run()

    assert [stream for stream, _ in swept.failed] == ["project:P02"]
    assert isinstance(swept.failed[0][1], ClockError)
    assert {row["stream"] for row in desk.queries.notices()} == {"project:P01", "project:P03"}


def test_the_end_of_the_calendar_silences_no_other_project(desk: Desk) -> None:
    go_to(desk, "2100-12-01")
    far, near = (
        Phrase("年底", date(2100, 12, 20), "示例"),
        Phrase("月初", date(2100, 12, 6), "示例"),
    )
    do(desk, "P01", "R01", an_opening("P01", dates={"plan_finish": far}))
    do(desk, "P02", "R01", an_opening("P02", dates={"plan_finish": near}))
    go_to(desk, "2100-12-28")

    planned, swept = desk.sweep.preview(), desk.sweep.run()

    assert [stream for stream, _ in swept.failed] == ["project:P01"]
    assert [stream for stream, _ in planned.failed] == ["project:P01"]
    assert [str(error) for _, error in swept.failed] == ["beyond_calendar"]
    assert {row["stream"] for row in desk.queries.notices()} == {"project:P02"}


def test_a_broken_project_with_much_due_silences_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "BATCH", 2)
    for code in ("P01", "P02"):
        a_running_project(desk, code=code)
    for number in range(8):
        do(desk, "P01", "R11", Raise("issue", f"I{number}", "示例问题", days=1))
    broken(desk, "P01")
    go_to(desk, "2017-09-27")

    swept = desk.sweep.run()

    assert [stream for stream, _ in swept.failed] == ["project:P01"]
    assert {row["stream"] for row in desk.queries.notices()} == {"project:P02"}


def test_every_project_is_swept_however_small_the_batches(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "BATCH", 1)
    for code in ("P01", "P02", "P03", "P04"):
        a_running_project(desk, code=code)
    a_running_project(desk, opening=a_trial())
    go_to(desk, "2017-09-27")

    swept = desk.sweep.run()

    assert swept.streams == 5
    assert len({row["stream"] for row in desk.queries.notices()}) == 5


def test_a_rung_is_told_to_nobody_by_name_when_no_post_holds_the_role(desk: Desk) -> None:
    a_running_project(desk)
    database = desk.house.database
    change(database, "UPDATE post SET roles = ? WHERE code IN (?, ?)", ["", "R11", "R12"])
    other = again(desk)
    go_to(other, "2017-09-27")

    other.sweep.run()

    assert [row["post"] for row in other.queries.notices()] == ["nobody:county"]
    other.close()


def test_a_paper_in_time_ends_the_ladder(desk: Desk) -> None:
    a_running_project(desk)
    for task in ("needs_survey", "work_plan", "timetable", "roadmap", "responsibility_list"):
        do(desk, "P01", "R11", Submit(Target(task), None, Paper("甲")))
    go_to(desk, "2017-09-26")
    a_running_project(desk, "approval", code="P02")

    rows = state_of(desk, "P02").rows(TaskRow)
    stages = [row for row in rows if row.key == "plan"]

    assert [(row.status, row.next_at) for row in stages] == [("done", None)]


def test_the_notice_and_its_entry_are_one(desk: Desk) -> None:
    a_running_project(desk)
    go_to(desk, "2017-09-27")
    desk.sweep.run()

    entry = desk.audit.history("P01")[-1]
    notice = desk.queries.notices()[0]

    assert (entry.kind, entry.actor) == ("clock.ticked", "clock")
    assert notice["seq"] == entry.seq
    assert [said["cause"] for said in entry.body["notices"]] == [notice["cause"]]
    assert not is_late_entry(entry, "Asia/Shanghai")
    assert notice["created_at"] - entry.recorded_at == timedelta(0)
