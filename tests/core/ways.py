"""How a project comes to each stage: who does what on which day, with every gate met."""

from collections.abc import Iterator

from engine.core.commands import Command
from tests.core.asks import (
    accept,
    act,
    conclude,
    count,
    record,
    score,
    seal,
    submit,
)

Step = tuple[str, str, Command]
"""The day, the post, and what it asks."""

PLAN_PAPERS = ("needs_survey", "work_plan", "timetable", "roadmap", "responsibility_list")
FIVE_ONES = ("five_site", "five_agency", "five_brand", "five_process", "five_model")
CLOSING = (
    "service_norms", "process_review", "results_inventory", "reform_landed", "experience",
    "pilot_report",
)  # fmt: skip
RESULTS = ("lessons", "policy_paper", "contribution")
JUDGES = ("judge1", "judge2", "judge3")
USERS = ("user1", "user2", "user3", "user4", "user5")


def plan_papers(on: str) -> list[Step]:
    """All five papers of the plan, by the county."""
    return [(on, "county", submit(key)) for key in PLAN_PAPERS]


def panel(on: str, *values: str, task: str = "review") -> list[Step]:
    """The scores of a panel of three, and who concludes it."""
    given = [(on, j, score(v, task)) for j, v in zip(JUDGES, values, strict=True)]
    return [*given, (on, "judge1", conclude(task))]


def _results() -> Iterator[Step]:
    for key in FIVE_ONES:
        yield "2018-06-01", "agency", submit(key)
        yield "2018-06-04", "lead", accept(key)


def _closing() -> Iterator[Step]:
    for key in CLOSING:
        yield "2018-08-15", "county" if key in CLOSING[3:] else "agency", submit(key)


def _promotion() -> Iterator[Step]:
    for key in RESULTS:
        yield "2018-09-03", "county", submit(key)
        yield "2018-09-04", "lead", accept(key)


PILOT: dict[str, list[Step]] = {
    "plan": [],
    "approval": [*plan_papers("2017-09-11"), ("2017-09-12", "county", act("submit"))],
    "agency_recruitment": [
        ("2017-09-20", "lead", seal("city_bureau")),
        ("2017-09-25", "county", seal("local_party", "local_government", doc="A-7")),
        ("2017-09-26", "lead", act("approve")),
    ],
    "design_review": [
        ("2017-10-09", "county", submit("hub")),
        ("2017-10-09", "county", submit("platform")),
        ("2017-10-09", "county", record("call")),
        ("2017-10-16", "county", record("bids", applicants="3")),
        ("2017-10-17", "county", record("qualification")),
        ("2017-10-18", "county", record("selection")),
        ("2017-10-19", "county", record("publicity")),
        ("2017-10-26", "county", record("award_decision", org="agency")),
        ("2017-10-27", "county", act("award")),
    ],
    "implementation": [
        ("2017-11-06", "agency", submit("design", "proposal")),
        ("2017-11-06", "agency", submit("design", "budget")),
        *panel("2017-11-10", "80", "85", "90"),
        ("2017-11-14", "county", record("contract")),
        ("2017-11-14", "county", count("community", 2)),
        ("2017-11-14", "county", count("agency", 2)),
        ("2017-11-15", "agency", act("start")),
    ],
    "evaluation": [
        ("2017-12-01", "county", submit("mechanism")),
        *_results(),
        ("2018-08-01", "county", act("finish")),
    ],
    "promotion": [
        *_closing(),
        *panel("2018-08-20", "80", "85", "90", task="special_evaluation"),
        ("2018-08-22", "lead", act("conclude")),
    ],
    "promoted": [*_promotion(), ("2018-09-05", "lead", act("promote"))],
}
"""The way to each stage of the shipped workflow, from the stage before."""

TRIAL: dict[str, list[Step]] = {
    "apply": [],
    "trial": [
        ("2018-01-15", "manager", submit("request", "need")),
        ("2018-01-15", "manager", submit("request", "offer")),
        ("2018-01-16", "manager", submit("request", "declaration")),
        ("2018-01-22", "it", seal("security", task="positions")),
        ("2018-01-23", "privacy", seal("privacy", task="positions")),
        ("2018-01-24", "manager", seal("council_chair", task="staff_side", doc="B-1")),
        ("2018-01-24", "user1", seal("night_shift", task="staff_side")),
        ("2018-01-25", "buyer", seal("insurer", task="staff_side", doc="B-2")),
        ("2018-02-01", "officer", act("begin")),
    ],
    "verdict": [
        ("2018-02-05", "supplier", record("briefing", "given")),
        ("2018-02-06", "manager", record("briefing", "signed")),
        ("2018-02-08", "user1", record("first_use", used_on="2018-02-08")),
        ("2018-02-09", "manager", count("ward", 4, "trained_users")),
        ("2018-03-01", "supplier", submit("data_export")),
        ("2018-03-02", "privacy", accept("data_export")),
        ("2018-03-12", "officer", act("assess")),
    ],
    "adopted": [
        *[("2018-03-14", user, score("85", "assessment")) for user in USERS],
        ("2018-03-15", "officer", conclude("assessment")),
        ("2018-03-16", "medical", seal("medical", task="signatures", doc="C-1")),
        ("2018-03-16", "managing", seal("managing", task="signatures", doc="C-2")),
        ("2018-03-19", "buyer", seal("authority", task="signatures", doc="C-3")),
        ("2018-03-20", "managing", act("adopt")),
    ],
}
"""The way to each stage of the second workflow, from the stage before."""
