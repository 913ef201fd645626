"""The words that may stand after ``do``, and the commands that each of them makes."""

from collections.abc import Callable, Mapping

from engine.core import commands
from engine.core.commands import Command, Phrase
from workflows import book_task_steps
from workflows.book_keys import STEP as KEYS
from workflows.book_step import Step

__all__ = ["BUILDERS", "KEYS"]

DECISIONS = ("approved", "refused")
CHECKS = ("passed", "sent_back")


def _act(step: Step) -> list[Command]:
    workflow = step.book.workflow
    action = step.named("action", "action", {**workflow.actions, **workflow.standing})
    items = step.texts("items")
    return [commands.Act(action, step.maybe("reason"), step.maybe("note"), items)]


def _ask(step: Step) -> list[Command]:
    days, until = step.number("days") or 0, step.day("until")
    return [commands.AskExtension(step.target(), days, step.text("reason"), until)]


def _check(step: Step) -> list[Command]:
    passed = step.named("decision", "decision", CHECKS) == "passed"
    return [commands.CheckExtension(step.target(), passed, step.maybe("why"))]


def _decide(step: Step) -> list[Command]:
    granted = step.named("decision", "decision", DECISIONS) == "approved"
    days = step.number("days") or 0
    why, until = step.maybe("why"), step.day("until")
    return [commands.DecideExtension(step.target(), granted, days, why, until)]


def _propose(step: Step) -> list[Command]:
    return [commands.ProposeWaiver(step.target(), step.text("reason"))]


def _confirm(step: Step) -> list[Command]:
    return [commands.ConfirmWaiver(step.target())]


def _bind(step: Step) -> list[Command]:
    party, org = step.named("party", "party", step.book.workflow.parties), step.values.get("org")
    if org is not None:
        step.book.orgs.ask(org.text() or "", org.spot)
    return [commands.Bind(party, step.maybe("org"), step.maybe("note"))]


def _void(step: Step) -> list[Command]:
    return [commands.Void(0, step.text("reason"))]


def _date(step: Step) -> list[Command]:
    phrase = Phrase(step.text("words"), step.day("reading_on"), step.maybe("reading"))
    name = step.named("name", "date", step.book.workflow.dates)
    return [commands.ChooseDate(name, phrase)]


def _interval(step: Step) -> list[Command]:
    task = step.named("task", "task", step.book.workflow.tasks)
    days = step.number("days")
    return [commands.ChooseInterval(task, step.text("value"), days, step.maybe("words"))]


BUILDERS: Mapping[str, Callable[[Step], list[Command]]] = {
    "act": _act,
    "submit": book_task_steps.submit,
    "accept": book_task_steps.accept,
    "seal": book_task_steps.seal,
    "score": book_task_steps.score,
    "conclude": book_task_steps.conclude,
    "record": book_task_steps.record,
    "count": book_task_steps.count,
    "raise": book_task_steps.raise_,
    "reopen": book_task_steps.reopen,
    "ask": _ask,
    "check": _check,
    "decide": _decide,
    "propose": _propose,
    "confirm": _confirm,
    "bind": _bind,
    "void": _void,
    "date": _date,
    "interval": _interval,
}
"""``open`` is not among them: the book itself opens the projects of a wave."""
