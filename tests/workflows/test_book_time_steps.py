"""Steps of a book about time: days asked for, checked and granted, and intervals chosen."""

from datetime import date
from pathlib import Path

import pytest

from engine.core.commands import (
    AskExtension,
    CheckExtension,
    ChooseInterval,
    Command,
    DecideExtension,
    Target,
)
from tests.workflows.small_book import BOOK, changed, faults_of, read

STEP = '{do: act, action: submit, note: "{note}"}'
PLAN = Target("plan")
UNTIL = date(2017, 10, 20)


@pytest.mark.parametrize(
    ("step", "command"),
    [
        ("{do: ask, task: plan, days: 5, reason: 修缮}", AskExtension(PLAN, 5, "修缮")),
        (
            "{do: ask, task: plan, until: 2017-10-20, reason: 修缮}",
            AskExtension(PLAN, 0, "修缮", UNTIL),
        ),
        ("{do: check, task: plan, decision: passed}", CheckExtension(PLAN)),
        (
            "{do: check, task: plan, decision: sent_back, why: 理由不清}",
            CheckExtension(PLAN, passed=False, why="理由不清"),
        ),
        (
            "{do: decide, task: plan, decision: approved, until: 2017-10-20}",
            DecideExtension(PLAN, granted=True, until=UNTIL),
        ),
        (
            "{do: interval, task: supervision, value: days, days: 45, words: 定期}",
            ChooseInterval("supervision", "days", 45, "定期"),
        ),
        ("{do: interval, task: issue, value: month}", ChooseInterval("issue", "month")),
    ],
)
def test_a_step_asks_what_it_says(tmp_path: Path, step: str, command: Command) -> None:
    plays = read(tmp_path, changed(BOOK, STEP, step)).plays

    assert command in [play.command for play in plays]


def test_a_check_is_passed_or_sent_back(tmp_path: Path) -> None:
    book = changed(BOOK, STEP, "{do: check, task: plan, decision: perhaps}")

    (fault,) = faults_of(tmp_path, book)
    assert 'unknown decision "perhaps"; known: passed, sent_back' in fault
