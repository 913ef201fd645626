"""The steps of a book: each word after ``do`` makes the commands of one kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from engine.core import commands
from engine.core.commands import Command, Paper, Phrase, Target
from engine.core.definition import Task, Workflow
from workflows.book_records import as_day, why_no_day
from workflows.read_hints import near
from workflows.read_nodes import Plain


@dataclass(slots=True)
class Step:
    """One step with its places filled, for one project. `complain` notes a fault at the step."""

    values: Mapping[str, Plain]
    workflow: Workflow
    code: str
    complain: Callable[[str, str], None]

    def text(self, key: str) -> str:
        """Return a text that must be there."""
        value = self.maybe(key)
        if value is None:
            self.complain(key, "is missing")
        return value or ""

    def maybe(self, key: str) -> str | None:
        """Return a text that may be left out."""
        value = self.values.get(key)
        return None if value is None else str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; one text is a list of one."""
        value = self.values.get(key)
        if value is None:
            return ()
        return tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)

    def number(self, key: str) -> int | None:
        """Return a whole number that may be left out."""
        value = self.maybe(key)
        if value is None:
            return None
        if not value.isdigit():
            self.complain(key, f"{value!r} is not a whole number")
            return None
        return int(value)

    def day(self, key: str) -> date | None:
        """Return a day that may be left out."""
        value = self.maybe(key)
        found = as_day(value) if value is not None else None
        if value is not None and found is None:
            self.complain(key, why_no_day(value))
        return found

    def mapping(self, key: str) -> dict[str, str]:
        """Return texts by name; what is null is left out."""
        value = self.values.get(key) or {}
        if not isinstance(value, dict):
            self.complain(key, "must be a mapping")
            return {}
        return {name: str(one) for name, one in value.items() if one is not None}

    def tasks(self) -> tuple[Task, ...]:
        """Return the tasks named by ``task``, one or a list."""
        found = []
        for key in self.texts("task"):
            task = self.workflow.tasks.get(key)
            if task is None:
                hint = near(key, list(self.workflow.tasks))
                self.complain("task", f'unknown task "{key}"{hint}')
            else:
                found.append(task)
        if not self.texts("task"):
            self.complain("task", "is missing")
        return tuple(found)

    def target(self, key: str | None = None) -> Target:
        """Return which task row is meant."""
        return Target(key or self.text("task"), self.maybe("period"), self.maybe("ref"))

    def paper(self) -> Paper:
        """Return the document that the step cites."""
        return Paper(self.maybe("doc_no"), self.maybe("title"))


def _act(step: Step) -> list[Command]:
    action = step.text("action")
    known = [*step.workflow.actions, *step.workflow.standing]
    if action not in known:
        step.complain("action", f'unknown action "{action}"{near(action, known)}')
    items = step.texts("items")
    return [commands.Act(action, step.maybe("reason"), step.maybe("note"), items)]


def _submit(step: Step) -> list[Command]:
    return [
        commands.Submit(Target(task.key), slot.key, step.paper())
        for task in step.tasks()
        for slot in task.slots
    ]


def _accept(step: Step) -> list[Command]:
    return [commands.Accept(Target(task.key)) for task in step.tasks()]


def _seal(step: Step) -> list[Command]:
    verdict = step.maybe("verdict") or "consent"
    return [
        commands.Seal(
            step.target(), step.texts("parties"), verdict, step.paper(), step.maybe("note")
        )
    ]


def _score(step: Step) -> list[Command]:
    return [commands.Score(step.target(), step.text("value"))]


def _conclude(step: Step) -> list[Command]:
    return [commands.Conclude(step.target(), step.maybe("verdict"), step.maybe("note"))]


def _record(step: Step) -> list[Command]:
    return [
        commands.Record(
            step.target(task.key), step.mapping("data"), step.maybe("step"), step.maybe("org"),
            step.paper(), step.maybe("note"),
        )
        for task in step.tasks()
    ]  # fmt: skip


def _count(step: Step) -> list[Command]:
    value = step.number("value") or 0
    return [commands.Count(step.target(), step.text("party"), value, step.maybe("note"))]


def _raise(step: Step) -> list[Command]:
    return [
        commands.Raise(
            step.text("task"), step.text("ref"), step.text("title"), step.day("due"),
            step.number("days"), step.mapping("data"), step.maybe("words"),
        )
    ]  # fmt: skip


def _reopen(step: Step) -> list[Command]:
    return [commands.Reopen(step.target(), step.text("note"), step.number("days"))]


def _ask(step: Step) -> list[Command]:
    return [commands.AskExtension(step.target(), step.number("days") or 0, step.text("reason"))]


def _decide(step: Step) -> list[Command]:
    granted = step.text("decision") == "approved"
    days = step.number("days") or 0
    return [commands.DecideExtension(step.target(), granted, days, step.maybe("why"))]


def _propose(step: Step) -> list[Command]:
    return [commands.ProposeWaiver(step.target(), step.text("reason"))]


def _confirm(step: Step) -> list[Command]:
    return [commands.ConfirmWaiver(step.target())]


def _bind(step: Step) -> list[Command]:
    return [commands.Bind(step.text("party"), step.maybe("org"), step.maybe("note"))]


def _void(step: Step) -> list[Command]:
    return [commands.Void(0, step.text("reason"))]


def _date(step: Step) -> list[Command]:
    phrase = Phrase(step.text("words"), step.day("reading_on"), step.maybe("reading"))
    return [commands.ChooseDate(step.text("name"), phrase)]


KEYS = frozenset(
    {
        "do", "by", "on", "at", "behalf", "expect", "set", "projects", "order", "of",
        "action", "reason", "note", "items", "task", "period", "ref", "doc_no", "title",
        "parties", "verdict", "value", "data", "step", "org", "party", "due", "days", "words",
        "decision", "why", "name", "reading_on", "reading", "scores", "other_scores",
    }
)  # fmt: skip
"""Every key a step may have; one that nobody reads is refused."""

BUILDERS: Mapping[str, Callable[[Step], list[Command]]] = {
    "act": _act,
    "submit": _submit,
    "accept": _accept,
    "seal": _seal,
    "score": _score,
    "conclude": _conclude,
    "record": _record,
    "count": _count,
    "raise": _raise,
    "reopen": _reopen,
    "ask": _ask,
    "decide": _decide,
    "propose": _propose,
    "confirm": _confirm,
    "bind": _bind,
    "void": _void,
    "date": _date,
}
"""The words that may stand after ``do``; ``open`` is made by the book itself."""
