"""Requests in short form: what a test varies stands in the call, everything else has a value."""

from datetime import date

from engine.core.commands import (
    Accept,
    Act,
    AskExtension,
    ChooseDate,
    Conclude,
    Correct,
    Count,
    DecideExtension,
    Paper,
    Phrase,
    Raise,
    Record,
    Score,
    Seal,
    Submit,
    Target,
    Void,
)

Day = date | str
"""A day, or its ISO form."""


def day(on: Day) -> date:
    """Return a day from its ISO form."""
    return date.fromisoformat(on) if isinstance(on, str) else on


def act(action: str, reason: str | None = None, **more: object) -> Act:
    """Perform an action."""
    return Act(action, reason, **more)  # type: ignore[arg-type]  # note and items, as the test says


def submit(key: str, slot: str | None = None, doc: str | None = "W-1") -> Submit:
    """Hand in a paper."""
    return Submit(Target(key), slot, Paper(doc))


def accept(key: str, note: str | None = None, *, yes: bool = True) -> Accept:
    """Accept a deliverable, or send it back with a note."""
    return Accept(Target(key), yes, note)


def seal(
    *parties: str,
    task: str = "consent",
    verdict: str = "consent",
    doc: str | None = None,
    note: str | None = None,
) -> Seal:
    """Enter the seals of some parties."""
    return Seal(Target(task), parties, verdict, Paper(doc), note)


def score(value: str | None, task: str = "review", *, recused: bool = False) -> Score:
    """Give a panel score."""
    return Score(Target(task), value, recused)


def conclude(task: str = "review", verdict: str | None = None, note: str | None = None) -> Conclude:
    """Close a panel."""
    return Conclude(Target(task), verdict, note)


def record(
    key: str,
    step: str | None = None,
    *,
    period: str | None = None,
    ref: str | None = None,
    org: str | None = None,
    **data: str,
) -> Record:
    """Record a step of a task, with values."""
    return Record(Target(key, period, ref), data, step, org)


def count(party: str, value: int, task: str = "seed_workers") -> Count:
    """Report heads for a party."""
    return Count(Target(task), party, value)


def raised(
    ref: str, key: str = "issue", *, days: int | None = 10, due: Day | None = None, **data: str
) -> Raise:
    """Open an ad-hoc task, due in ten working days unless told."""
    return Raise(key, ref, f"about {ref}", day(due) if due else None, days, data)


def ask(key: str, days: int = 5, *, period: str | None = None, ref: str | None = None,
        reason: str = "the hall is being repaired") -> AskExtension:  # fmt: skip
    """Ask for more working days."""
    return AskExtension(Target(key, period, ref), days, reason)


def grant(
    key: str, days: int = 5, *, period: str | None = None, ref: str | None = None
) -> DecideExtension:
    """Grant what was asked."""
    return DecideExtension(Target(key, period, ref), granted=True, days=days)


def deny(key: str, why: str | None = "no cause", *, ref: str | None = None) -> DecideExtension:
    """Refuse what was asked."""
    return DecideExtension(Target(key, None, ref), granted=False, why=why)


def choose(name: str, on: Day | None, words: str = "somewhen") -> ChooseDate:
    """Choose the reading of a named date, or leave it undated."""
    return ChooseDate(name, phrase(on, words))


def void(seq: int, reason: str = "entered by mistake") -> Void:
    """Void what an entry added."""
    return Void(seq, reason)


def correct(seq: int, reason: str = "mistyped", **values: str) -> Correct:
    """Put right values that an entry gave."""
    return Correct(seq, values, reason)


def phrase(on: Day | None, words: str = "somewhen") -> Phrase:
    """Return a date phrase with its reading."""
    return Phrase(words, day(on) if on else None, "as written" if on else None)
