"""办理经过: the entries of a project in words, newest first, under the stage they happened in."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from engine.core.definition import Workflow
from engine.core.directory import Directory
from engine.core.events import Entry
from engine.core.rows import Visit
from engine.services.audit import is_late_entry
from engine.services.queries import Detail
from templates.words import Words


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as it is told: `facts` the details worth a second line."""

    seq: int
    at: datetime
    on: date
    who: str
    what: str
    facts: str
    is_late: bool
    is_denied: bool


def told(say: Words, found: Detail, entries: list[Entry]) -> list[tuple[str, list[Told]]]:
    """Return entries by stage, the newest stage and entry first."""
    newest = sorted(entries, key=lambda entry: entry.seq, reverse=True)
    staged = [(_stage(say, found, entry), _tell(say, found, entry)) for entry in newest]
    return [
        (stage, [one for _, one in group])
        for stage, group in groupby(staged, key=lambda pair: pair[0])
    ]


def _stage(say: Words, found: Detail, entry: Entry) -> str:
    visits = [
        v for v in found.state.rows(Visit) if v.entered_on and v.entered_on <= entry.effective_on
    ]
    key = visits[-1].stage if visits else found.workflow.initial
    return say.name(found.workflow, "stage", key)


def _tell(say: Words, found: Detail, entry: Entry) -> Told:
    who = who_is(say, found.directory, entry.post)
    zone = ZoneInfo(found.workflow.timezone)
    return Told(
        entry.seq, entry.recorded_at.astimezone(zone), entry.effective_on, who,
        _what(say, found, entry), facts_in_words(say, found.workflow, entry),
        is_late_entry(entry, found.workflow.timezone), entry.outcome == "denied",
    )  # fmt: skip


def who_is(say: Words, directory: Directory, code: str) -> str:
    """Return the name of a post, or of who acts without one: the clock, the program."""
    post = directory.posts.get(code)
    if post is not None:
        return post.name
    return say.say(f"who.{code}") if say.has(f"who.{code}") else code


def _what(say: Words, found: Detail, entry: Entry) -> str:
    deed = say.name(found.workflow, "deed", entry.deed)
    event = say.event(entry.kind)
    return event if deed == event else say.say("history.what", event=event, deed=deed)


def facts_in_words(say: Words, workflow: Workflow, entry: Entry) -> str:
    """Return what an entry tells beyond who did what: numbers of papers, verdicts, reasons."""
    facts = entry.body["facts"]
    named = []
    if facts.get("doc_no"):
        named.append(str(facts["doc_no"]))
    named += [
        say.name(workflow, _kind(workflow, facts[key]), facts[key])
        for key in ("verdict", "outcome")
        if isinstance(facts.get(key), str)
    ]
    if isinstance(facts.get("reason"), str):
        named.append(say.name(workflow, "reason", facts["reason"]))
    named += [str(facts[key]) for key in ("note", "why") if facts.get(key)]
    rungs = facts.get("rungs") or ()
    named += [
        say.say("history.rung", task=say.label(workflow, one["task"]),
                rung=say.name(workflow, "rung", one["rung"]))
        for one in rungs
    ]  # fmt: skip
    return say.say("history.separator").join(dict.fromkeys(named))


def _kind(workflow: Workflow, verdict: str) -> str:
    """Return whether a verdict is one of the workflow's own grades or of the catalogue's words."""
    return "grade" if any(grade.key == verdict for grade in workflow.grades) else "verdict"
