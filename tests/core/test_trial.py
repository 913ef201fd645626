"""The second workflow through every command: nothing of the first is built into the engine."""

from datetime import timedelta
from typing import get_args

import pytest

from engine.core import commands
from engine.core.commands import Bind, Command, Raise, Reopen
from engine.core.decide.decision import Decision
from engine.core.state import fold
from tests.builders import Story, a_trial, the
from tests.core.asks import (
    accept,
    act,
    ask,
    choose,
    conclude,
    correct,
    count,
    day,
    deny,
    grant,
    raised,
    record,
    score,
    seal,
    submit,
    void,
)
from tests.core.ways import TRIAL

UNKNOWN_HERE = {"ProposeWaiver", "ConfirmWaiver", "ChooseInterval", "CheckExtension"}
"""What this workflow knows nothing of."""


def told() -> Story:
    """Return a trial with a hold, an incident, more time, mistakes put right, and two rounds."""
    story = a_trial().go(TRIAL["trial"][:3])
    story.do("manager", ask("apply", 7), "2018-01-17")
    story.do("officer", grant("apply", 7), "2018-01-18")
    story.do("officer", choose("delivery", "2018-02-05"), "2018-01-19")
    story.go(TRIAL["trial"][3:-1])
    story.do("officer", act("begin"), "2018-02-05")
    story.tick("2018-02-06")
    story.do("hygiene", raised("S-1", "incident", days=1, harm="minor"), "2018-02-06")
    story.do("officer", act("hold", "risk_found"), "2018-02-07")
    story.do("officer", record("incident", ref="S-1", cost="120.50"), "2018-02-08")
    story.do("hygiene", Reopen(the("incident", "S-1"), "again", 2), "2018-02-09")
    story.do("officer", record("incident", ref="S-1"), "2018-02-12")
    story.do("officer", act("release"), "2018-02-13")
    story.do("supplier", record("briefing", "given"), "2018-02-14")
    story.do("officer", void(story.state.seq), "2018-02-14")
    story.do("supplier", record("briefing", "given"), "2018-02-15")
    story.do("officer", correct(story.state.seq, note="in the lecture hall"), "2018-02-15")
    story.do("user2", record("briefing", "signed"), "2018-02-16")
    story.do("user1", record("first_use", used_on="2018-02-19", setting="病房"), "2018-02-19")
    story.do("user1", count("ward", 4, "trained_users"), "2018-02-19")
    story.do("buyer", Bind("institute", "team"), "2018-02-20")
    story.do("supplier", submit("data_export"), "2018-03-01")
    story.do("privacy", accept("data_export", "names legible", yes=False), "2018-03-02")
    story.do("supplier", submit("data_export", doc="W-2"), "2018-03-05")
    story.do("privacy", accept("data_export"), "2018-03-06")
    story.do("user3", submit("usage_log"), "2018-03-28")
    story.do("officer", act("assess"), "2018-03-29")
    story.do("supplier", ask("verdict", 5), "2018-03-29")
    story.do("officer", deny("verdict"), "2018-03-30")
    return story.go([
        (max(on, "2018-04-02"), post, command) for on, post, command in TRIAL["adopted"]
    ])  # fmt: skip


def test_a_trial_walks_through_every_command_to_its_end() -> None:
    story = told()

    project = story.state.project
    assert (project.stage, project.closed_on) == ("adopted", day("2018-04-02"))


def test_every_kind_of_request_is_made_or_refused_for_want_of_a_rule() -> None:
    story = told()
    kinds = {kind.__name__ for kind in get_args(commands.Command)}
    made = {
        "project.opened": "Open", "stage.moved": "Act", "standing.moved": "Act",
        "task.submitted": "Submit", "task.accepted": "Accept", "task.sealed": "Seal",
        "task.scored": "Score", "task.concluded": "Conclude", "task.recorded": "Record",
        "task.counted": "Count", "task.raised": "Raise", "task.reopened": "Reopen",
        "extension.asked": "AskExtension", "extension.decided": "DecideExtension",
        "party.bound": "Bind", "date.chosen": "ChooseDate", "entry.voided": "Void",
        "entry.corrected": "Correct", "clock.ticked": "Tick",
    }  # fmt: skip

    # Its calendar is that of Monday to Friday, which no notice ever moves.
    unmade = UNKNOWN_HERE | {"ConfirmCalendar"}
    assert {made[decision.kind] for decision in story.decisions} == kinds - unmade


def test_its_trail_folds_to_its_state() -> None:
    story = told()

    assert fold(story.state.stream, [entry.cells for entry in story.past]).tables == {
        table: dict(rows) for table, rows in story.state.tables.items()
    }


def test_the_office_opens_at_half_past_seven_in_its_own_zone() -> None:
    winter = a_trial().row("request").next_at
    summer = a_trial("verdict").row("verdict").next_at

    assert winter is not None
    assert summer is not None
    assert (winter.hour, winter.minute) == (6, 30)
    assert (summer.hour, summer.minute) == (5, 30)  # summer time
    assert winter.utcoffset() == timedelta(0)


def test_a_hold_is_only_for_the_trial_itself() -> None:
    assert a_trial().codes("officer", act("hold", "risk_found")) == ["wrong_stage"]


def test_an_open_incident_blocks_the_assessment() -> None:
    story = a_trial("trial").go(TRIAL["verdict"][:-1])
    story.do("hygiene", raised("S-1", "incident", harm="none"), "2018-03-05")

    codes = [reason.code for reason in story.options("officer", "2018-03-12")["assess"].reasons]

    assert codes == ["issue_open"]


def test_the_trial_lasts_twenty_working_days_after_first_use() -> None:
    story = a_trial("trial").go(TRIAL["verdict"][:-1])

    (reason,) = story.options("officer", "2018-03-07")["assess"].reasons

    assert dict(reason.facts) == {
        "task": "first_use",
        "days": 20,
        "until": "2018-03-08",
        "provisional": True,
    }
    assert story.options("officer", "2018-03-08")["assess"].reasons == ()


def test_either_two_positions_or_an_emergency_order_begin_the_trial() -> None:
    without = [step for step in TRIAL["trial"][:-1] if "positions" not in repr(step)]
    story = a_trial().go(without)
    blocked = {r.code for r in story.options("officer", "2018-02-01")["begin"].reasons}
    assert blocked == {"seal_missing"}

    story.do("medical", seal("physician", task="emergency_order"), "2018-01-31")

    assert story.options("officer", "2018-02-01")["begin"].reasons == ()


def test_notices_speak_for_the_first_party_of_the_workflow() -> None:
    (notice,) = a_trial().tick("2018-01-15").notices

    assert (notice.template, notice.args["issuer"]) == ("reminder", "The ward")


@pytest.mark.parametrize(
    ("post", "command"),
    [
        ("user1", act("begin")),
        ("supplier", submit("request", "need")),
        ("officer", seal("security", task="positions")),
        ("manager", Raise("incident", "S-1", "x")),
        ("manager", choose("delivery", None)),
        ("buyer", conclude("assessment")),
        ("officer", score("50", "assessment")),
    ],
)
def test_a_post_of_another_role_is_refused(post: str, command: Command) -> None:
    story: Story = a_trial()

    decision: Decision = story.ask(post, command)
    assert "role_missing" in [reason.code for reason in decision.reasons]
