"""Entries of the trail as a table shows them, and the last check as its badge shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.core.definition import Workflow
from engine.core.directory import Directory
from engine.core.events import Entry
from engine.services.audit import facts_line, is_late_entry
from engine.services.checking import Check
from web.asked import Asked
from web.history import facts_in_words, who_is

SHORT = 60
"""Characters of a fact that a line of a table shows."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the list."""

    entry: Entry
    at: datetime
    what: str
    deed: str
    who: str
    org: str
    code: str
    project: str
    facts: str
    href: str
    is_late: bool


class Lines:
    """Puts entries into words; the names are looked up once for a page."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._directory: Directory = asked.site.desk.people.directory()
        self._zone = ZoneInfo(asked.site.timezone)
        seen = asked.site.desk.queries.seen(asked.visitor.org)
        self._names = {stream: project.name for stream, project in seen.items()}
        versions = asked.site.desk.publications.versions()
        self._workflows = {each.row.digest: each.workflow for each in versions}
        self._deeds = deeds(asked)

    def line(self, entry: Entry) -> Line:
        """Return one entry as a line."""
        say = self._asked.say
        kind, _, code = entry.stream.partition(":")
        is_project = kind == "project"
        name, workflow = self._names.get(entry.stream, ""), self._workflow(entry)
        shown = f"stream.{kind}"
        what, deed = say.event(entry.kind), self._deed(entry, workflow)
        return Line(
            entry, entry.recorded_at.astimezone(self._zone), what, "" if deed == what else deed,
            who_is(say, self._directory, entry.post),
            self._directory.org_name(entry.org) if entry.org != "-" else "",
            code if is_project else "",
            name or (code if is_project else say.say(shown) if say.has(shown) else entry.stream),
            self._facts(entry, workflow), f"/audit/{entry.stream}/{entry.seq}",
            is_late_entry(entry, self._asked.site.timezone),
        )  # fmt: skip

    def _workflow(self, entry: Entry) -> Workflow | None:
        return self._workflows.get(entry.body.get("definition") or "")

    def _deed(self, entry: Entry, workflow: Workflow | None) -> str:
        say = self._asked.say
        if workflow is not None:
            return say.name(workflow, "deed", entry.deed)
        key = f"deed.{entry.deed}"
        return self._deeds.get(entry.deed) or (say.say(key) if say.has(key) else entry.deed)

    def _facts(self, entry: Entry, workflow: Workflow | None) -> str:
        if workflow is not None:
            return facts_in_words(self._asked.say, workflow, entry)
        held = [v for v in facts_line(entry).values() if isinstance(v, str | int)]
        texts = [str(value) if len(str(value)) <= SHORT else f"{str(value)[:SHORT]}…"
                 for value in held if not isinstance(value, bool)]  # fmt: skip
        return self._asked.say.say("history.separator").join(dict.fromkeys(texts))


def deeds(asked: Asked) -> dict[str, str]:
    """Return the actions of every published workflow by key, each once, in the order of files."""
    found: dict[str, str] = {}
    for version in asked.site.desk.publications.versions():
        workflow = version.workflow
        for held in (workflow.actions, workflow.standing):
            found |= {key: one.name[asked.say.locale] for key, one in held.items()}
    return found


@dataclass(frozen=True, slots=True)
class Badge:
    """The last check in words: `name` is one of the verdicts, ``none`` before the first one."""

    name: str
    title: str
    lines: tuple[str, ...]
    breaks: tuple[tuple[str, int, str], ...]


def badge(asked: Asked, check: Check | None) -> Badge:
    """Return the verdict with its denominator, when and against what it was found."""
    say = asked.say
    if check is None:
        return Badge("none", say.say("check.none"), (say.say("check.none_more"),), ())
    verdict, name = check.verdict, check.name
    facts: dict[str, Any] = {"n": verdict.entries, "total": max(check.total, verdict.entries)}
    title = say.say(f"check.{name}", **facts, breaks=len(verdict.breaks))
    lines = [_when(asked, check)]
    if name in ("sound", "broken") and verdict.checkpoint:
        lines.append(say.say("check.against", at=_local(asked, verdict.checkpoint)))
    if name != "running":
        lines.append(say.say(f"check.{name}_more", root=verdict.root[:16] or "-"))
    if check.finished_at is not None and check.now > verdict.entries:
        lines.append(say.say("check.since", n=check.now - verdict.entries))
    found = tuple(
        (one.stream, one.seq, _break(asked, one.code, one.detail)) for one in verdict.breaks
    )
    return Badge(name, title, tuple(lines), found)


def _when(asked: Asked, check: Check) -> str:
    at = (check.finished_at or check.started_at).astimezone(ZoneInfo(asked.site.timezone))
    key = "check.at" if check.finished_at else "check.begun"
    return asked.say.say(
        key, day=asked.say.day(at.date()), time=f"{at:%H:%M}", streams=check.verdict.streams,
        notices=check.verdict.notices,
    )  # fmt: skip


def _local(asked: Asked, given: str) -> str:
    at = datetime.fromisoformat(given).astimezone(ZoneInfo(asked.site.timezone))
    return f"{asked.say.day(at.date())} {at:%H:%M}"


def _break(asked: Asked, code: str, detail: str) -> str:
    key = f"break.{code}"
    return asked.say.say(key) if asked.say.has(key) else f"{code} {detail}"
