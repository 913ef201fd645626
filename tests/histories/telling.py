"""The Suining programme told once more, from its book, in a house of fixed identity."""

import hashlib
import json
import lzma
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from bootstrap import SYSTEM, Desk
from engine.core.definition import Workflow
from engine.core.rows import Published
from engine.core.state import State, fold, plain
from engine.services import registers
from engine.services.registers import Publication
from engine.services.rehearsal import Rehearsal
from engine.storage import houses
from engine.storage.database import Database
from engine.storage.ledger import Search
from tests.houses import READERS, an_empty_house, calendars, entered, publication, suining
from workflows import reader

HERE = Path(__file__).resolve().parent
IDENTITY = "0" * 32
"""The identity of the house; the chain of every stream begins with it."""


def a_fixed_house(database: Database) -> Desk:
    """Return an empty house whose identity is always the same."""
    an_empty_house(database)
    with database.write() as cursor:
        houses.put(database, cursor, "identity", IDENTITY)
    return entered(database)


def tell(database: Database, texts: Iterable[Publication] | None = None) -> Desk:
    """Play the whole programme and return the house in which it happened.

    Args:
        database: an empty one.
        texts: the workflows and calendars to publish; those that are shipped when None.
    """
    desk = a_fixed_house(database)
    plan = suining()
    told = list(texts) if texts is not None else shipped()
    workflow = next(text for text in told if text.key == plan.projects[0].workflow)
    definition: Workflow = READERS.workflow(workflow.text)
    rehearsal = Rehearsal(desk.house, plan, definition.opens_at, definition.timezone)
    rehearsal.set_out()
    publish(desk, told)
    desk.programmes.enter(plan, SYSTEM)
    rehearsal.run()
    return desk


def shipped() -> list[Publication]:
    """Return what the product ships: the workflows, then the calendars."""
    return [*(publication(path) for path in reader.shipped().values()), *calendars()]


def publish(desk: Desk, texts: Iterable[Publication]) -> None:
    """Publish texts: a calendar is known by the day it was published; commits."""
    with desk.house.database.write() as cursor:
        for text in texts:
            kind = registers.publish_calendar if text.published_on else registers.publish_workflow
            kind(desk.house, cursor, text, SYSTEM)


def published_in(states: Mapping[str, State]) -> list[Publication]:
    """Return the texts that a trail holds as published, workflows first."""
    rows = [row for name in ("workflows", "calendars") for row in states[name].rows(Published)]
    return [
        Publication(row.key, row.version, row.digest, row.text, row.published_on) for row in rows
    ]


def lines_of(desk: Desk) -> list[str]:
    """Return the canonical text of every entry of a house, oldest first."""
    return list(desk.audit.export(Search()))


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write canonical texts, one a line, packed."""
    path.write_bytes(lzma.compress("".join(f"{line}\n" for line in lines).encode(), preset=9))


def read_lines(path: Path) -> list[str]:
    """Return the canonical texts of a packed history."""
    return lzma.decompress(path.read_bytes()).decode().splitlines()


def folded(lines: Iterable[str]) -> dict[str, State]:
    """Return the rows of every stream, replayed from canonical texts alone."""
    cells: dict[str, list[list[dict[str, Any]]]] = {}
    for line in lines:
        body = json.loads(line)
        held = cells.setdefault(body["stream"], [])
        assert body["seq"] == len(held) + 1, f"{body['stream']}#{body['seq']} is out of order"
        held.append(body["cells"])
    return {stream: fold(stream, told) for stream, told in sorted(cells.items())}


def states_of(desk: Desk) -> dict[str, State]:
    """Return the rows of every stream as the tables hold them."""
    streams = sorted({entry.stream for entry in desk.audit.log(Search()).entries})
    with desk.house.database.read() as cursor:
        found = {stream: desk.house.store(cursor).find(stream) for stream in streams}
    return {stream: state for stream, state in found.items() if state is not None}


def digests(states: Mapping[str, State]) -> dict[str, str]:
    """Return the SHA-256 of every stream's rows, 64 hexadecimal digits each."""
    return {
        stream: hashlib.sha256(_rows(state).encode()).hexdigest()
        for stream, state in states.items()
    }


def _rows(state: State) -> str:
    rows = [
        [table, {item.name: plain(getattr(row, item.name)) for item in fields(row)}]
        for table, held in sorted(state.tables.items())
        for _, row in sorted(held.items())
    ]
    return json.dumps(rows, ensure_ascii=False, sort_keys=True)
