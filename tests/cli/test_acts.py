"""The acts: what a person does in a project, alone or in many, and every way of being refused."""

import hashlib
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Ask
from tests.cli.office import PAPERS


def results(answer: Answer) -> list[tuple[str, bool]]:
    """Return each project of an answer and whether it was done."""
    return [(row["project"], row["done"]) for row in answer.data["results"]]


def hand_in(shidian: Ask, *codes: str) -> None:
    """Hand in the papers of the first stage."""
    for paper in PAPERS:
        assert shidian("task", "submit", ",".join(codes), paper, "--as", "R11").code == 0


def approve(shidian: Ask, *codes: str) -> None:
    """Carry projects to the recruitment."""
    every = ",".join(codes)
    hand_in(shidian, *codes)
    assert shidian("project", "act", "submit", every, "--as", "R11").code == 0
    seal = ("task", "seal", every, "consent")
    assert shidian(*seal, "city_bureau", "--as", "R01").code == 0
    local = ("local_party", "local_government", "--doc-no", "1号", "--on-behalf", "区委区政府")
    assert shidian(*seal, *local, "--as", "R11").code == 0
    assert shidian("project", "act", "approve", every, "--as", "R11").code == 0


def to_review(shidian: Ask, code: str) -> None:
    """Carry a project to the review of its design."""
    approve(shidian, code)
    for paper in ("hub", "platform"):
        assert shidian("task", "submit", code, paper, "--as", "R11").code == 0
    record = ("task", "record", code)
    for step in ("call", "qualification", "selection", "publicity"):
        assert shidian(*record, step, "--as", "R11").code == 0
    assert shidian(*record, "bids", "--data", "applicants=3", "--as", "R11").code == 0
    assert shidian(*record, "award_decision", "--org", "A1", "--as", "R11").code == 0
    later = ("--at", "2018-01-16T10:00")
    assert shidian("project", "act", "award", code, "--as", "R11", *later).code == 0


def test_an_act_says_where_the_project_now_stands(shidian: Ask, office: Path) -> None:
    hand_in(shidian, "P1")

    answer = shidian("project", "act", "submit", "P1", "--as", "R11")

    assert answer.code == 0
    assert "✓ P1  已报批" in answer.out
    assert "“报批”阶段" in answer.out
    assert answer.err == ""


def test_a_receipt_as_json_keeps_its_keys(shidian: Ask, office: Path) -> None:
    answer = shidian("task", "submit", "P1", "work_plan", "--as", "R11", "--json")

    assert answer.data == {
        "results": [
            {
                "project": "P1", "done": True, "record": 2, "version": 2, "deed": "work_plan",
                "stage": "plan", "standing": "active", "dry_run": False,
            }
        ]
    }  # fmt: skip


def test_a_refusal_lists_every_reason_on_stderr(shidian: Ask, office: Path) -> None:
    answer = shidian("project", "act", "submit", "P1", "--as", "R11")

    assert answer.code == 1
    assert answer.out == ""
    for number, paper in enumerate(PAPERS, start=1):
        assert f"{number}. " in answer.err
        assert f"shidian task submit P1 {paper}" in answer.err
    assert "县区协调员" in answer.err
    assert "第 2 号记录" in answer.err


def test_a_refusal_as_json_carries_the_reasons_too(shidian: Ask, office: Path) -> None:
    answer = shidian("project", "act", "submit", "P1", "--as", "R11", "--json")

    error = answer.data["results"][0]["error"]
    assert answer.code == 1
    assert (error["code"], error["record"], len(error["reasons"])) == ("refusal", 2, 5)


def test_many_projects_are_each_answered_and_one_refusal_stops_no_other(
    shidian: Ask, office: Path
) -> None:
    hand_in(shidian, "P2")

    answer = shidian("project", "act", "submit", "--wave", "W1", "--as", "R11", "--json")

    assert answer.code == 1
    assert results(answer) == [("P1", False), ("P2", True)]
    shown = shidian("project", "act", "submit", "P1", "P2", "--as", "R11")
    assert "× P1  未办理" in shown.out


def test_one_call_on_many_projects_is_one_batch(shidian: Ask, office: Path) -> None:
    shidian("task", "submit", "P1,P2", "roadmap", "--as", "R11")

    log = shidian("audit", "log", "--kind", "task.submitted", "--json").data["entries"]

    assert len({entry["batch"] for entry in log}) == 1
    assert log[0]["batch"] is not None


def test_a_dry_run_decides_and_writes_nothing(shidian: Ask, office: Path) -> None:
    before = shidian("audit", "log", "--json").data["total"]

    would = shidian("task", "submit", "P1", "roadmap", "--as", "R11", "--dry-run")
    refused = shidian("project", "act", "submit", "P1", "--as", "R11", "--dry-run")

    assert (would.code, refused.code) == (0, 1)
    assert "什么都没有写" in would.out
    assert shidian("audit", "log", "--json").data["total"] == before


def test_a_dry_run_may_pretend_a_moment_without_moving_the_clock(
    shidian: Ask, office: Path
) -> None:
    words = ("task", "submit", "P1", "roadmap", "--as", "R11", "--on", "2018-01-20", "--dry-run")

    assert shidian(*words).code == 1
    assert shidian(*words, "--at", "2018-01-22").code == 0
    assert shidian(*words).code == 1, "the clock stands where it stood"


def test_the_same_key_acts_once(shidian: Ask, office: Path) -> None:
    words = ("task", "submit", "P1,P2", "roadmap", "--as", "R11", "--key", "k1", "--json")

    first, second = shidian(*words), shidian(*words)
    other = shidian("task", "submit", "P1,P2", "timetable", "--as", "R11", "--key", "k1")

    assert first.code == 0
    assert second.data == first.data
    assert other.code == 1


def test_a_stale_version_is_a_conflict_that_names_the_winner(shidian: Ask, office: Path) -> None:
    shidian("task", "submit", "P1", "roadmap", "--as", "R11")

    answer = shidian("task", "submit", "P1", "timetable", "--as", "R11", "--expect-version", "1")
    data = shidian(
        "task", "submit", "P1", "timetable", "--as", "R11", "--expect-version", "1", "--json"
    ).data

    assert answer.code == 3
    assert "R11" in answer.err
    error = data["results"][0]["error"]
    assert (error["code"], error["expected"], error["actual"]) == ("stale_version", 1, 2)


def test_a_dry_run_finds_a_conflict_too(shidian: Ask, office: Path) -> None:
    words = ("task", "submit", "P1", "roadmap", "--as", "R11", "--expect-version", "7")

    answer = shidian(*words, "--dry-run")

    assert answer.code == 3
    assert "R11先一步办理了“建立”" in answer.err


def test_the_post_may_stand_in_the_environment(
    shidian: Ask, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIDIAN_AS", "R11")

    assert shidian("task", "submit", "P1", "roadmap", "--person", "张三").code == 0

    entry = shidian("audit", "log", "--kind", "task.submitted", "--json").data["entries"][0]
    assert (entry["post"], entry["actor"]) == ("R11", "张三")


def test_moving_the_clock_does_what_falls_due_on_the_way(shidian: Ask, office: Path) -> None:
    answer = shidian("task", "submit", "P1", "roadmap", "--as", "R11", "--at", "2018-01-26")

    assert answer.code == 0
    assert "写出 2 份通知" in answer.err
    assert shidian("project", "list", "--json").data[0]["light"] == "due_soon"


def test_a_simulated_clock_does_not_go_back(shidian: Ask, office: Path) -> None:
    assert shidian("sweep", "--at", "2018-01-01").code == 1


def test_a_whole_stage_is_carried_by_the_terminal(shidian: Ask, office: Path) -> None:
    to_review(shidian, "P1")
    for slot in ("proposal", "budget"):
        words = ("task", "submit", "P1", "design", "--slot", slot, "--as", "R31")
        assert shidian(*words).code == 0
    for judge, score in (("R51", "80"), ("R52", "75.5"), ("R53", "90")):
        assert shidian("task", "score", "P1", "review", score, "--as", judge).code == 0

    again = shidian("task", "score", "P1", "review", "80", "--as", "R51")
    concluded = shidian("task", "conclude", "P1", "review", "--as", "R51")

    assert again.code == 1
    assert "已作出结论：专家评审" in concluded.out
    assert "均分81.833333" in shidian("project", "history", "P1").out


def test_heads_are_counted_and_parties_bound(shidian: Ask, office: Path) -> None:
    assert shidian("task", "count", "P1", "seed_workers", "community", "2", "--as", "R11").code == 0
    early = shidian("task", "count", "P1", "seed_workers", "agency", "2", "--as", "R11")
    assert early.code == 1
    assert "shidian project bind P1 agency" in early.err

    assert shidian("project", "bind", "P1", "agency", "A1", "--as", "R11").code == 0
    assert shidian("task", "count", "P1", "seed_workers", "agency", "2", "--as", "R31").code == 0
    assert shidian("project", "bind", "P1", "agency", "--end", "--as", "R11").code == 0


def test_a_date_is_read_anew_and_its_deadlines_move(shidian: Ask, office: Path) -> None:
    words = ("project", "date", "P1", "plan_finish", "2018-02-09", "--words", "2月上旬")

    assert shidian(*words, "--reading", "旬末", "--as", "R11").code == 0
    assert shidian("project", "list", "--json").data[0]["due"] == "2018-02-09"
    assert (
        shidian("project", "date", "P1", "plan_finish", "--words", "再定", "--as", "R11").code == 0
    )
    assert shidian("project", "list", "--json").data[0]["due"] is None


def test_an_extension_is_asked_and_decided(shidian: Ask, office: Path) -> None:
    ask = ("extension", "ask", "P1", "plan", "5", "--reason", "春节", "--as", "R11")
    assert shidian(*ask).code == 0
    refuse = ("extension", "decide", "P1", "plan", "refuse", "--reason", "不必", "--as", "R01")
    assert shidian(*refuse).code == 0
    assert shidian(*ask).code == 0

    assert (
        shidian("extension", "decide", "P1", "plan", "grant", "--days", "5", "--as", "R01").code
        == 0
    )
    row = shidian("project", "list", "--json").data[0]
    assert (row["due"], row["light"]) == ("2018-02-07", "extended")


def test_an_extension_is_asked_and_granted_to_a_day(shidian: Ask, office: Path) -> None:
    until = ("--until", "2018-02-14", "--reason", "春节")
    assert shidian("extension", "ask", "P1", "plan", *until, "--as", "R11").code == 0
    assert shidian("extension", "decide", "P1", "plan", "grant", *until, "--as", "R01").code == 0

    found = shidian("project", "show", "P1", "--json").data
    (plan,) = [task for task in found["tasks"] if task["task"] == "plan"]
    assert (plan["due"], plan["extensions_asked"], plan["extensions_granted"]) == (
        "2018-02-14", 1, 1,
    )  # fmt: skip
    assert "2018-02-14（延期1次）" in shidian("project", "show", "P1").out


def test_more_time_is_days_or_a_day(shidian: Ask, office: Path) -> None:
    ask = ("extension", "ask", "P1", "plan")
    both = shidian(*ask, "5", "--until", "2018-02-14", "--reason", "春节", "--as", "R11")

    assert both.code == shidian(*ask, "--reason", "春节", "--as", "R11").code == 2
    assert "--until" in both.err


def test_a_workflow_without_checks_and_open_intervals_says_so(shidian: Ask, office: Path) -> None:
    check = shidian("extension", "check", "P1", "plan", "pass", "--as", "R02")
    interval = shidian("project", "interval", "P1", "supervision", "45", "--as", "R11")

    assert (check.code, interval.code) == (1, 1)
    assert "不设审核" in check.err
    assert "不用另行确定" in interval.err
    assert shidian("extension", "check", "P1", "plan", "maybe", "--as", "R02").code == 2


def test_a_waiver_needs_a_second_person(shidian: Ask, office: Path) -> None:
    assert (
        shidian("waiver", "propose", "P1", "roadmap", "--reason", "不适用", "--as", "R01").code == 0
    )

    assert shidian("waiver", "confirm", "P1", "roadmap", "--as", "R01").code == 1
    assert shidian("waiver", "confirm", "P1", "roadmap", "--as", "R02").code == 0


def test_an_issue_is_raised_closed_and_reopened_by_its_reference(
    shidian: Ask, office: Path
) -> None:
    raised = ("task", "raise", "P1", "issue", "I1", "档案不全", "--days", "5", "--as", "R11")
    assert shidian(*raised).code == 0
    assert shidian(*raised).code == 1
    for step in ("fixed", "closed"):
        assert shidian("task", "record", "P1", "issue/I1", "--step", step, "--as", "R11").code == 0

    assert (
        shidian(
            "task", "reopen", "P1", "issue", "--ref", "I1", "--note", "反复", "--as", "R11"
        ).code
        == 0
    )
    assert [row["ref"] for row in shidian("task", "list", "--json").data if row["ref"]] == ["I1"]


def test_a_recurring_task_is_meant_by_its_period(shidian: Ask, office: Path) -> None:
    answer = shidian("task", "record", "P1", "supervision/2018-03", "--as", "R41", "--dry-run")

    assert answer.code == 1
    assert "2018年3月" in answer.err or "还没有开始" in answer.err


def test_entries_are_corrected_and_voided(shidian: Ask, office: Path) -> None:
    shidian("task", "submit", "P1", "roadmap", "--doc-no", "1号", "--as", "R11")

    right = shidian("entry", "correct", "P1", "2", "doc_no=2号", "--reason", "写错", "--as", "R11")
    void = shidian("entry", "void", "P1", "2", "--reason", "误录", "--as", "R11")

    assert (right.code, void.code) == (0, 0)
    assert shidian("entry", "void", "P1", "99", "--reason", "误录", "--as", "R11").code == 1


def test_a_paper_is_kept_by_its_digest(shidian: Ask, office: Path, tmp_path: Path) -> None:
    paper = tmp_path / "survey.txt"
    paper.write_bytes(b"needs")

    shidian("task", "submit", "P1", "needs_survey", "--file", paper, "--as", "R11")

    export = shidian("audit", "export", "--project", "P1").out
    assert hashlib.sha256(b"needs").hexdigest() in export


def test_a_deliverable_is_sent_back_with_a_note(shidian: Ask, office: Path) -> None:
    answer = shidian("task", "accept", "P1", "needs_survey", "--send-back", "--as", "R01")

    assert answer.code == 1


def test_a_project_is_opened_with_its_parties_and_dates(shidian: Ask, office: Path) -> None:
    words = ("project", "open", "P9", "新社区", "--as", "R11", "--wave", "W2", "--region", "O2")
    parties = [x for p in ("sponsor=O1", "region=O2", "community=S1") for x in ("--party", p)]
    dates = ("--date", "plan_finish=2018-06-30:年中", "--date", "setup_finish=:另定")

    assert shidian(*words, *parties, *dates).code == 0

    data = shidian("project", "show", "P9", "--json").data
    assert [(d["date"], d["words"], d["on"]) for d in data["dates"]] == [
        ("plan_finish", "年中", "2018-06-30"),
        ("setup_finish", "另定", None),
    ]


def test_a_refused_opening_lists_its_reasons(shidian: Ask, office: Path) -> None:
    words = ("project", "open", "P9", "新社区", "--party", "sponsr=O1", "--as", "R11")

    answer = shidian(*words)

    assert answer.code == 1
    assert "sponsr" in answer.err
