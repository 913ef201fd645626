"""A workflow file is read with all it says, or refused with every fault at its place."""

import hashlib
import random
import re
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core.definition import ActionKind, Condition, SealMode, TaskKind, Workflow
from engine.core.errors import DefinitionError
from tests.workflows.small_workflow import SMALL, changed, refusal
from workflows.reader import load_workflow, read_workflow, shipped

TRIAL = Path(__file__).with_name("equipment_trial.yaml")
GATE = "gate: {seals: {of: consent}}"


def read(*swaps: tuple[str, str]) -> Workflow:
    """Return the small workflow, read with passages replaced."""
    return read_workflow(changed(*swaps), "small.yaml")


def test_every_shipped_workflow_reads_and_is_named_like_its_file() -> None:
    assert "pilot_project" in shipped()
    for name, path in shipped().items():
        assert load_workflow(path).key == name


def test_the_clauses_of_the_pilot_project_are_numbers_of_the_notice() -> None:
    workflow = load_workflow(shipped()["pilot_project"])
    cited = [c for t in workflow.tasks.values() for c in t.clauses]
    cited += [c for s in workflow.stages.values() for c in s.clauses]

    assert len(set(cited)) > 30
    assert all(re.fullmatch(r"R[1-9]\d{0,2}", c) and int(c[1:]) <= 134 for c in cited)


def test_the_order_of_the_file_is_kept() -> None:
    workflow = read()

    assert list(workflow.stages) == ["draft", "check", "closed"]
    assert list(workflow.tasks) == ["paper", "consent", "panel", "heads", "issue", "report"]
    assert list(workflow.actions) == ["send", "accept", "back"]
    assert [rung.key for rung in workflow.ladders["default"].rungs] == ["early", "late"]


def test_tasks_and_actions_know_their_stage() -> None:
    workflow = read()

    assert {key: task.stage for key, task in workflow.tasks.items()} == {
        "paper": "draft",
        "consent": "draft",
        "panel": "draft",
        "heads": None,
        "issue": None,
        "report": None,
    }
    assert [action.source for action in workflow.actions.values()] == [
        "draft",
        "check",
        "check",
    ]


def test_a_task_opens_with_its_stage_and_a_track_at_the_start() -> None:
    workflow = read()

    assert workflow.tasks["paper"].opens == "stage"
    assert workflow.tasks["heads"].opens == "start"
    assert workflow.tasks["report"].opens == "stage:check"


def test_a_deliverable_without_slots_has_one_paper() -> None:
    (slot,) = read().tasks["paper"].slots

    assert (slot.key, slot.name) == ("paper", {"zh": "材料", "en": "Paper"})


def test_a_record_without_steps_has_one_that_its_holder_does() -> None:
    (step,) = read().tasks["issue"].steps

    assert (step.key, step.name, step.roles) == (
        "done",
        {"zh": "办结", "en": "Done"},
        ("clerk",),
    )


def test_an_action_advances_and_a_grade_passes_unless_told() -> None:
    workflow = read()

    assert workflow.actions["send"].kind is ActionKind.ADVANCE
    assert workflow.actions["back"].kind is ActionKind.RETURN
    assert [(g.key, g.floor, g.passes) for g in workflow.grades] == [
        ("good", Decimal(60), True),
        ("bad", Decimal(0), False),
    ]


def test_a_gate_becomes_conditions_with_typed_arguments() -> None:
    condition = (
        "gate: {all: [{any: [{tasks: {of: [paper, consent]}}, {not: {cited: {of: consent}}}]},"
        ' {issues: {of: issue, overdue: 2}}, {date: {after: "task:paper", working_days: 5}}]}'
    )

    assert read((GATE, condition)).actions["send"].gate == Condition(
        "all",
        (
            Condition(
                "any",
                (
                    Condition("tasks", args={"of": ("paper", "consent")}),
                    Condition("not", (Condition("cited", args={"of": "consent"}),)),
                ),
            ),
            Condition("issues", args={"of": "issue", "overdue": 2}),
            Condition("date", args={"after": "task:paper", "working_days": 5}),
        ),
    )


def test_an_unquoted_value_that_must_be_text_is_its_text() -> None:
    workflow = read(
        ("en: Small", "en: no"),
        ("zh: 经办", "zh: 018"),
        ('opens_at: "09:00"', "opens_at: 12:30"),
        ("zh: 主管, en: Chief}}\nparties", "zh: 2017-08-31, en: true}}\nparties"),
    )

    assert workflow.name["en"] == "no"
    assert workflow.roles["clerk"].name["zh"] == "018"
    assert workflow.opens_at == "12:30"
    assert workflow.roles["chief"].name == {"zh": "2017-08-31", "en": "true"}


def test_the_second_workflow_uses_what_the_first_does_not() -> None:
    workflow = load_workflow(TRIAL)
    modes = {task.seal.mode for task in workflow.tasks.values() if task.seal}

    assert modes == {SealMode.COUNT, SealMode.ANY, SealMode.PER_GROUP, SealMode.ORDERED}
    assert "no" in workflow.reasons
    assert workflow.opens_at == "07:30"
    assert workflow.waiver is None
    assert workflow.name["de"] == "Geräteerprobung"
    assert {task.kind for task in workflow.tasks.values()} == {
        kind for kind in TaskKind if kind not in (TaskKind.STAGE, TaskKind.SERIES)
    }


def test_it_is_the_sha_256_of_the_text() -> None:
    assert read().digest == hashlib.sha256(SMALL.encode()).hexdigest()


def test_line_ends_and_byte_order_mark_do_not_change_it() -> None:
    windows = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()

    assert read_workflow(windows, "x").digest == read().digest


def test_a_comment_changes_it() -> None:
    assert read_workflow(SMALL + "# seen\n", "x").digest != read().digest


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return a file with a passage of it cut, doubled, moved or overwritten."""
    begin = chance.randrange(len(data))
    end = min(len(data), begin + chance.choice([1, 2, 5, 20, 200]))
    other = chance.randrange(len(data))
    passage = data[begin:end]
    put = chance.choice(
        [b"", passage * 2, data[other : other + 20], bytes([chance.randrange(256)])]
    )
    return data[:begin] + put + data[end:]


def _read_or_refuse(text: str | bytes) -> None:
    with suppress(DefinitionError):
        read_workflow(text, "x")


@settings(max_examples=200, deadline=2000)
@given(st.binary(max_size=400) | st.text(max_size=200))
def test_no_bytes_raise_anything_but_a_definition_error(text: str | bytes) -> None:
    assert refusal(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)


@pytest.mark.parametrize("path", [TRIAL, shipped()["pilot_project"]], ids=lambda p: p.stem)
@settings(max_examples=150, deadline=2000)
@given(seed=st.integers(0, 2**32))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(path: Path, seed: int) -> None:
    _read_or_refuse(damaged(path.read_bytes(), random.Random(seed)))  # noqa: S311


@pytest.mark.parametrize(
    "part",
    [
        "  r{n}: {{name: {{zh: 甲, en: A}}, party: p{n}}}\n",
        "k{n}: 1\n",
        "  k{n}: {{opens: 'task:k{next}'}}\n",
    ],
    ids=["unknown parties", "unknown keys", "broken tasks"],
)
def test_thousands_of_faults_are_listed_and_cut(part: str) -> None:
    head = SMALL if part.startswith("  k") else SMALL.partition("parties")[0]
    text = head + "".join(part.format(n=n, next=n + 1) for n in range(10_000))

    with pytest.raises(DefinitionError) as caught:
        read_workflow(text[:200_000], "many.yaml")

    assert 1 <= len(caught.value.faults) <= 1001


def test_a_chain_of_a_thousand_tasks_is_followed() -> None:
    task = "  t{n}: {{kind: record, name: {{zh: 甲, en: A}}, holder: clerk, opens: 'task:t{m}'}}\n"
    chain = "".join(task.format(n=n, m=n - 1) for n in range(1, 1000))

    assert refusal(SMALL + chain) == ['76:66 tracks.t1.opens: unknown task "t0"']
    assert "→" in refusal(SMALL + chain + task.format(n=0, m=999))[0]
