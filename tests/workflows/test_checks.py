"""The checks of a whole workflow pass over a good one, and tell every fault of a bad one."""

from tests.workflows.small_workflow import SMALL, refusal, said


def test_the_small_workflow_has_no_fault() -> None:
    assert refusal(SMALL) == []


def test_an_unknown_time_zone_is_refused() -> None:
    assert said(("Asia/Shanghai", "Asia/Shangai")) == [
        '4:11 timezone: unknown time zone "Asia/Shangai"; did you mean "Asia/Shanghai"?'
    ]
    assert said(("Asia/Shanghai", "Asia")) == ['4:11 timezone: unknown time zone "Asia"']


def test_one_action_key_names_one_action_of_the_whole_file() -> None:
    assert said(("  pause: {", "  accept: {")) == [
        (
            "53:7 stages.check.actions.accept: "
            'the action key "accept" is used before, as standing.accept'
        )
    ]
    assert said(("      back: {", "      send: {")) == [
        (
            "54:7 stages.check.actions.send: "
            'the action key "send" is used before, as stages.draft.actions.send'
        )
    ]


def test_one_task_key_names_one_task_of_the_whole_file() -> None:
    assert said(("  heads:", "  paper:")) == [
        '57:3 tracks.paper: the task key "paper" is used before, as stages.draft.tasks.paper'
    ]
