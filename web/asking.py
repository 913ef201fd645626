"""From a form to a request of the engine: one table of verbs, and what each reads from it."""

from collections.abc import Callable, Iterable
from datetime import date

from engine.core.commands import (
    Accept,
    Act,
    AskExtension,
    Bind,
    CheckExtension,
    ChooseDate,
    ChooseInterval,
    Command,
    Conclude,
    ConfirmWaiver,
    Correct,
    Count,
    DecideExtension,
    Paper,
    Phrase,
    ProposeWaiver,
    Raise,
    Record,
    Reopen,
    Score,
    Seal,
    Submit,
    Target,
    Void,
)
from engine.core.decide.corrections import CORRECTABLE
from engine.core.errors import FieldError, UsageError
from engine.core.rows import TaskRow
from web.asked import Asked


def command_of(asked: Asked, row: TaskRow) -> Command:
    """Return what a form of a task's page asks for.

    Raises:
        UsageError: the form names no verb that there is, or a number that is none.
    """
    make = MAKERS.get(asked.typed("verb"))
    if make is None:
        raise _no_verb(asked.typed("verb"), MAKERS)
    return make(asked, Target(row.key, row.period, row.ref))


def _no_verb(given: str, known: Iterable[str]) -> UsageError:
    named = ", ".join(known)
    return UsageError(f"verb {given!r}: one of {named}", "verb_unknown", found=given, known=named)


def occurred_on(asked: Asked) -> date | None:
    """Return the day on which a thing is said to have happened, None for today.

    Raises:
        UsageError: it is no day.
    """
    return day(asked, "occurred_on")


def day(asked: Asked, name: str) -> date | None:
    """Return a day that was typed, None where nothing was.

    Raises:
        FieldError: it is no day.
    """
    given = asked.typed(name)
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise FieldError(name, given, "day_form") from error


def whole(asked: Asked, name: str) -> int:
    """Return a whole number that was typed; 0 where nothing was.

    Raises:
        FieldError: it is none.
    """
    given = asked.typed(name) or "0"
    if not given.isdecimal():
        raise FieldError(name, given, "whole_number")
    return int(given)


def data_of(asked: Asked) -> dict[str, str]:
    """Return what was typed into the fields that a workflow gives a record."""
    return {
        name.removeprefix("data."): value.strip()
        for name, value in asked.form.items()
        if name.startswith("data.") and isinstance(value, str) and value.strip()
    }


def _part(asked: Asked) -> str | None:
    return asked.typed("part") or None


def _note(asked: Asked) -> str | None:
    return asked.typed("note") or None


def _paper(asked: Asked) -> Paper:
    return Paper(asked.typed("doc_no") or None, asked.typed("title") or None)


def _submit(asked: Asked, task: Target) -> Command:
    return Submit(task, _part(asked), _paper(asked))


def _accept(asked: Asked, task: Target) -> Command:
    return Accept(task, asked.typed("answer") != "back", _note(asked))


def _seal(asked: Asked, task: Target) -> Command:
    verdict = {"back": "refuse", "if": "conditional"}.get(asked.typed("answer"), "consent")
    return Seal(task, (asked.typed("part"),), verdict, _paper(asked), _note(asked))


def _score(asked: Asked, task: Target) -> Command:
    recused = asked.typed("answer") == "recuse"
    return Score(task, None if recused else asked.typed("value") or "-", recused, _note(asked))


def _conclude(asked: Asked, task: Target) -> Command:
    return Conclude(task, "revise" if asked.typed("answer") == "back" else None, _note(asked))


def _record(asked: Asked, task: Target) -> Command:
    return Record(
        task, data_of(asked), _part(asked), asked.typed("org") or None, _paper(asked), _note(asked)
    )


def _count(asked: Asked, task: Target) -> Command:
    return Count(task, asked.typed("part"), whole(asked, "value"), _note(asked), _paper(asked))


def _act(asked: Asked, _: Target) -> Command:
    items = tuple(str(value) for value in asked.form.getlist("items"))
    return Act(asked.typed("part"), asked.typed("reason") or None, _note(asked), items)


def _ask_extension(asked: Asked, task: Target) -> Command:
    until = day(asked, "until")
    days = 0 if until is not None and not asked.typed("days") else whole(asked, "days")
    return AskExtension(task, days, asked.typed("note"), until)


def _check_extension(asked: Asked, task: Target) -> Command:
    return CheckExtension(task, asked.typed("answer") != "back", _note(asked))


def _decide_extension(asked: Asked, task: Target) -> Command:
    granted = asked.typed("answer") != "back"
    return DecideExtension(task, granted, whole(asked, "days") if granted else 0, _note(asked))


def _propose_waiver(asked: Asked, task: Target) -> Command:
    return ProposeWaiver(task, asked.typed("note"))


def _confirm_waiver(_: Asked, task: Target) -> Command:
    return ConfirmWaiver(task)


def _standing(asked: Asked, _: Target) -> Command:
    return Act(asked.typed("part"), asked.typed("reason") or None, _note(asked))


def _raise(asked: Asked, task: Target) -> Command:
    due, days = day(asked, "due"), asked.typed("days")
    return Raise(
        asked.typed("part"), asked.typed("ref"), asked.typed("title"), due,
        whole(asked, "days") if days and due is None else None, data_of(asked),
    )  # fmt: skip


def _reopen(asked: Asked, task: Target) -> Command:
    days = whole(asked, "days") if asked.typed("days") else None
    return Reopen(task, asked.typed("note"), days)


def _bind(asked: Asked, _: Target) -> Command:
    return Bind(asked.typed("part"), asked.typed("org") or None, _note(asked))


def _choose_date(asked: Asked, _: Target) -> Command:
    phrase = Phrase(asked.typed("words"), day(asked, "on"), asked.typed("reading") or None)
    return ChooseDate(asked.typed("part"), phrase)


def _choose_interval(asked: Asked, _: Target) -> Command:
    days = whole(asked, "days") if asked.typed("days") else None
    return ChooseInterval(asked.typed("part"), asked.typed("every"), days, asked.typed("words"))


ASIDES: dict[str, Callable[[Asked, Target], Command]] = {
    "standing": _standing,
    "raise": _raise,
    "reopen": _reopen,
    "bind": _bind,
    "choose_date": _choose_date,
    "choose_interval": _choose_interval,
}
"""The verbs of a project beside its open tasks."""


def aside_of(asked: Asked, row: TaskRow | None) -> Command:
    """Return what a form of a project's further page asks for.

    Raises:
        UsageError: the form names no verb that there is, or a number or day that is none.
    """
    make = ASIDES.get(asked.typed("verb"))
    if make is None:
        raise _no_verb(asked.typed("verb"), ASIDES)
    return make(asked, Target(row.key, row.period, row.ref) if row else Target("-"))


REPAIRS = ("correct", "void")
"""The verbs that put an entry right."""


def repair_of(asked: Asked, seq: int) -> Command:
    """Return the request to put an entry right: to correct values of it, or to void it."""
    values = {name: asked.typed(name) for name in CORRECTABLE if asked.typed(name)}
    if asked.typed("verb") == "correct":
        return Correct(seq, values, asked.typed("reason"))
    return Void(seq, asked.typed("reason"))


MAKERS: dict[str, Callable[[Asked, Target], Command]] = {
    "submit": _submit,
    "accept": _accept,
    "seal": _seal,
    "score": _score,
    "conclude": _conclude,
    "record": _record,
    "count": _count,
    "act": _act,
    "ask_extension": _ask_extension,
    "check_extension": _check_extension,
    "decide_extension": _decide_extension,
    "propose_waiver": _propose_waiver,
    "confirm_waiver": _confirm_waiver,
}
"""The verbs of a task and what makes a request of each."""
