"""The keys of a gate: every guard and what it is told."""

from workflows.read_cases import Forms
from workflows.read_gates import Gate
from workflows.read_lists import ListOf
from workflows.read_numbers import Number
from workflows.read_records import Key, Record, must
from workflows.read_words import AFTER_TASK, COUNT, KEY, KEYS


def _guard(name: str, keys: dict[str, Key]) -> Record:
    return Record(f"guard_{name}", dict, keys)


ONE_TASK = must(KEY, "The task that is meant.")
AT_MOST = "How many may be left."

GATE = Gate({
    "tasks": _guard("tasks", {"of": must(KEYS, "Tasks that must be done.")}),
    "quota": _guard("quota", {"of": ONE_TASK}),
    "seals": _guard("seals", {"of": ONE_TASK}),
    "grade": _guard("grade", {"of": ONE_TASK, "at_least": must(KEY, "The lowest good grade.")}),
    "issues": Forms({
        "overdue": _guard("issues_overdue", {"of": ONE_TASK, "overdue": must(COUNT, AT_MOST)}),
        "open": _guard("issues_open", {"of": ONE_TASK, "open": must(COUNT, AT_MOST)}),
    }),
    "children": _guard("children", {
        "workflow": must(KEY, "The workflow of the projects below."),
        "stage": must(KEY, "The stage that they must be in."),
        "at_least": must(Number(1, 1_000_000), "How many of them."),
    }),
    "cited": _guard("cited", {"of": ONE_TASK}),
    "date": Forms({
        "not_before": _guard("date_not_before", {"not_before": must(KEY, "The named date.")}),
        "after": _guard("date_after", {
            "after": must(AFTER_TASK, "The task after whose end the days count."),
            "working_days": must(Number(0, 2000), "How many working days after it."),
        }),
    }),
    "distinct": _guard("distinct", {
        "parties": must(ListOf(KEY, least=2, unique=True), "Parties that are different orgs."),
    }),
})  # fmt: skip
