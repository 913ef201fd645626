"""What a programme still needs a local value for, with the place where each word stands.

Read from workflows, waves, targets and projects; nothing of any notice is known here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.core.cadences import lacks_interval
from engine.core.context import dated
from engine.core.definition import DueRule, Text, Workflow
from engine.core.recurrence import Every
from engine.core.rows import Target
from engine.core.state import Draft, State
from engine.core.wording import open_words

Place = tuple[int, str]
"""A line, from 1, and the text that stands there; empty where no single value does."""

Places = Mapping[str, Place]
"""Where the values of a file stand, by dotted path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A local value that nobody has given yet.

    Attributes:
        code: ``interval`` (recurs, but how often?), ``date`` (a named date without a day),
            ``count`` (a target without a number), ``words`` (a measure that is named, not given).
        where: the file or version that says so.
        line: the line in it, from 1; None where it has none.
        place: the path within the file, or the code of a target.
        name: what it is called, by language.
        words: the words of the source; empty where it has none.
        clauses: the clauses of the notice, as the file numbers them; may be empty.
        projects: the projects that lack it, by code; empty where none has begun.
    """

    code: str
    where: str
    line: int | None
    place: str
    name: Text
    words: str = ""
    clauses: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()


def intervals(
    workflow: Workflow, where: str, places: Places, states: Sequence[State]
) -> Iterator[Need]:
    """Yield the cadences whose interval is left to be chosen, while some project lacks one."""
    for task in workflow.tasks.values():
        if task.cadence is None or task.cadence.interval.every is not Every.UNSET:
            continue
        lacking = [state for state in states if lacks_interval(Draft(state), task)]
        if states and not lacking:
            continue
        line, place = _line(places, f".{task.key}.cadence.every")
        yield Need(
            code="interval", where=where, line=line, place=place, name=task.name,
            words=_said(task.due), clauses=task.clauses, projects=_codes(lacking),
        )  # fmt: skip


def dates(
    workflow: Workflow, where: str, places: Places, states: Sequence[State]
) -> Iterator[Need]:
    """Yield the named dates for which some project has no day.

    Only those count that something hangs on: a date that no rule names is no need.
    """
    for key, name in workflow.dates.items():
        users = tuple(_users(workflow, key))
        lacking = [state for state in states if not _has_day(state, key)]
        if not users or not lacking:
            continue
        clauses = tuple(dict.fromkeys(clause for _, more in users for clause in more))
        line, place = _line(places, f"dates.{key}")
        yield Need(
            code="date", where=where, line=line, place=place, name=name,
            words=_words_of(lacking, key) or next((said for said, _ in users if said), ""),
            clauses=clauses, projects=_codes(lacking),
        )  # fmt: skip


def counts(targets: Sequence[Target], where: str) -> Iterator[Need]:
    """Yield the targets whose number nobody has given."""
    for target in targets:
        if target.count is None:
            named = {"zh": target.words, "en": target.words}
            yield Need(
                code="count", where=where, line=None, place=target.code, name=named,
                words=target.denominator or target.words,
            )  # fmt: skip


def wordings(workflow: Workflow, where: str, places: Places) -> Iterator[Need]:
    """Yield the texts of a workflow that name a measure without giving it."""
    for path, (line, text) in places.items():
        if found := open_words(text):
            name, clauses = _owner(workflow, path)
            yield Need(
                code="words", where=where, line=line, place=path, name=name,
                words="、".join(found), clauses=clauses,
            )  # fmt: skip


def _line(places: Places, ending: str) -> tuple[int | None, str]:
    for path, (line, _) in places.items():
        if f".{path}".endswith(f".{ending.lstrip('.')}"):
            return line, path
    return None, ending.lstrip(".")


def _users(workflow: Workflow, date: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what hangs on a named date: the words of its source, and its clauses."""
    for stage in workflow.stages.values():
        if stage.due is not None and stage.due.anchor == f"date:{date}":
            yield _said(stage.due), stage.clauses
    for task in workflow.tasks.values():
        starts = task.cadence.starts if task.cadence else None
        if starts == date or (task.due is not None and task.due.anchor == f"date:{date}"):
            yield _said(task.due), task.clauses


def _said(rule: DueRule | None) -> str:
    return rule.words["zh"] if rule is not None and rule.words is not None else ""


def _words_of(states: Sequence[State], date: str) -> str:
    """Return what the source says for a date, as the projects that lack its day have it."""
    held = [dated(Draft(state), date) for state in states]
    return "；".join(dict.fromkeys(row.words for row in held if row is not None and row.words))


def _has_day(state: State, date: str) -> bool:
    held = dated(Draft(state), date)
    return held is not None and held.on is not None


def _codes(states: Sequence[State]) -> tuple[str, ...]:
    return tuple(sorted(state.project.code for state in states))


def _owner(workflow: Workflow, path: str) -> tuple[Text, tuple[str, ...]]:
    """Return the task or stage in whose part of the file a path lies: its name and clauses."""
    for key in reversed(path.split(".")):
        held = workflow.tasks.get(key) or workflow.stages.get(key)
        if held is not None:
            return held.name, held.clauses
    return workflow.name, ()
