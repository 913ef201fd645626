"""已办: what the people of a post did lately, from the trail."""

from dataclasses import dataclass
from datetime import date

from engine.core.errors import UnknownObjectError
from engine.core.events import Entry
from engine.services.lifecycle import stream_of
from engine.services.queries import Detail
from engine.storage.ledger import Search
from web.asked import Asked
from web.history import told

SHOWN = 30
"""Entries listed: what is older is found in the project."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done: where, what, and its record number."""

    code: str
    name: str
    on: date
    what: str
    facts: str
    seq: int


def deeds(asked: Asked) -> list[Deed]:
    """Return what was done in the post the visitor acts in, newest first."""
    search = Search(prefix=stream_of(""), post=asked.visitor.post.code)
    audit = asked.site.desk.audit
    total = audit.log(search, limit=1).total
    entries = audit.log(search, limit=SHOWN, offset=max(0, total - SHOWN)).entries
    details: dict[str, Detail | None] = {}
    for entry in entries:
        if entry.stream not in details:
            details[entry.stream] = _seen(asked, entry)
    newest = reversed(entries)
    return [deed for entry in newest if (deed := _deed(asked, details[entry.stream], entry))]


def _seen(asked: Asked, entry: Entry) -> Detail | None:
    code = entry.stream.removeprefix(stream_of(""))
    try:
        return asked.site.desk.queries.project(code, org=asked.visitor.org)
    except UnknownObjectError:
        return None  # a project the post no longer takes part in


def _deed(asked: Asked, found: Detail | None, entry: Entry) -> Deed | None:
    if found is None:
        return None
    one = told(asked.say, found, [entry])[0][1][0]
    project = found.state.project
    return Deed(project.code, project.name, one.on, one.what, one.facts, one.seq)
