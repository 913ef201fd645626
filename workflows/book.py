"""Reads a book: how the records of a scenario become a register, projects and steps.

The scenario holds the facts and stays as it is; the book says what each kind of record does,
and adds what the scenario lacks, marked as sample. Nothing is half-read: every fault of both
files is listed with its place.
"""

from datetime import date
from pathlib import Path

from engine.core.commands import Phrase
from engine.core.definition import Workflow
from engine.core.errors import DefinitionError
from engine.core.identifiers import uscc
from engine.core.plan import Plan, PlannedProject
from engine.core.state import Org, Post, Programme, Target, Wave
from workflows import yamlfile
from workflows.book_plays import Plays
from workflows.book_records import Faults, Record, Records
from workflows.book_source import Book
from workflows.read_hints import near
from workflows.read_nodes import MappingNode, Plain, plain
from workflows.reader import load_workflow, shipped

TOP = (
    "book", "scenario", "workflow", "name", "issuer", "issued_on", "from", "to", "refs",
    "orgs", "posts", "waves", "targets", "projects", "plays", "samples",
)  # fmt: skip
SCENARIO_BYTES = 4_000_000


def read_book(path: Path) -> Plan:
    """Return the plan that a book and its scenario make.

    Raises:
        DefinitionError: either file is at fault; every fault is listed with its place.
    """
    root = yamlfile.load_file(path)
    faults = Faults(path.name)
    if not isinstance(root, MappingNode):
        faults.add(root, "file", "must be a mapping")
        raise DefinitionError(faults.found)
    for key, entry in root.entries.items():
        if key not in TOP:
            faults.add(entry.value, key, f"unknown key{near(key, TOP)}")
    book = Book(root, _records(path, root, faults), _workflow(root, faults), faults)
    plan = _plan(book)
    faults.settle()
    return plan


def _records(path: Path, root: MappingNode, faults: Faults) -> Records:
    entry = root.entries.get("scenario")
    refs = plain(root.entries["refs"].value) if "refs" in root.entries else {}
    if entry is None:
        faults.add(root, "scenario", "is missing: name the file that holds the records")
        faults.settle()
    name = str(plain(entry.value)) if entry else ""
    scenario = yamlfile.load_file(path.parent / name, max_bytes=SCENARIO_BYTES)
    if not isinstance(scenario, MappingNode):
        wrong = Faults(name)
        wrong.add(scenario, "file", "must be a mapping of sections")
        raise DefinitionError(wrong.found)
    held = refs if isinstance(refs, dict) else {}
    return Records(scenario, {key: str(value) for key, value in held.items()}, name)


def _workflow(root: MappingNode, faults: Faults) -> Workflow:
    entry = root.entries.get("workflow")
    key = str(plain(entry.value)) if entry else ""
    known = shipped()
    if key not in known:
        hint = near(key, list(known))
        faults.add(entry.value if entry else root, "workflow", f'unknown workflow "{key}"{hint}')
        faults.settle()
    return load_workflow(known[key])


def _plan(book: Book) -> Plan:
    root = book.root
    begins, ends = book.day(root, "from"), book.day(root, "to")
    projects = tuple(p for node in book.section("projects") for p in _projects(book, node))
    waves = tuple(_wave(book, node, n) for n, node in enumerate(book.section("waves"), start=1))
    posts = tuple(p for node in book.section("posts") for p in _posts(book, node))
    plays = Plays(book, projects, posts).read()
    today = date.min
    return Plan(
        programme=_programme(book), begins_on=begins or today, ends_on=ends or today,
        orgs=tuple(org for node in book.section("orgs") for org in _orgs(book, node)),
        posts=posts, waves=waves, projects=projects, plays=plays,
        targets=tuple(_target(book, n, t) for n, t in enumerate(book.section("targets"), start=1)),
    )  # fmt: skip


def _programme(book: Book) -> Programme:
    root = book.root
    return Programme(
        1, book.text(root, "book"), book.text(root, "name"), book.text(root, "issuer"),
        book.day(root, "issued_on"),
    )  # fmt: skip


def _orgs(book: Book, node: MappingNode) -> list[Org]:
    parents = plain(node.entries["parents"].value) if "parents" in node.entries else {}
    found = []
    for record in book.chosen(node):
        kind = book.text(node, "kind", record)
        parent = book.filled(node, "parent", record)
        if parent is None and isinstance(parents, dict):
            parent = parents.get(kind)
        division = book.filled(node, "division", record)
        found.append(
            Org(
                1, book.text(node, "code", record), book.text(node, "name", record), kind,
                _maybe(parent), _maybe(division),
                real=book.filled(node, "real", record) is True,
                uscc=_credit_code(book, node, record),
            )
        )  # fmt: skip
    return found


def _credit_code(book: Book, node: MappingNode, record: Record) -> str | None:
    value = book.filled(node, "uscc", record)
    if value is None:
        return None
    checked = uscc(str(value))
    if checked.value is None:
        book.faults.add_record(record, "uscc", f"{value!r}: {checked.message}")
    return checked.value


def _posts(book: Book, node: MappingNode) -> list[Post]:
    grants = plain(node.entries["grants"].value) if "grants" in node.entries else {}
    spread = plain(node.entries["spread"].value) if "spread" in node.entries else {}
    found = []
    for record in book.chosen(node):
        code, name = book.text(node, "code", record), book.text(node, "name", record)
        roles = _roles(book, node, record, grants)
        section = spread.get(code) if isinstance(spread, dict) else None
        if section is None:
            org = book.text(node, "org", record)
            found.append(Post(1, code, org, name, roles))
            continue
        title = name.partition("（")[0]
        found += [
            Post(1, f"{code}@{each.id}", each.id, title, roles)
            for each in book.records.sections.get(str(section), [])
        ]
    return found


def _roles(book: Book, node: MappingNode, record: Record, grants: Plain) -> str:
    found: list[str] = []
    can = record.values.get("can")
    for right in can if isinstance(can, list) else []:
        named = grants.get(str(right)) if isinstance(grants, dict) else None
        if named is None:
            book.faults.add(node, "grants", f'"{right}" of {record.id} is granted no role')
        for role in named if isinstance(named, list) else []:
            if role not in book.workflow.roles:
                hint = near(str(role), list(book.workflow.roles))
                book.faults.add(node, "grants", f'unknown role "{role}"{hint}')
            found.append(str(role))
    return " ".join(dict.fromkeys(found))


def _wave(book: Book, node: MappingNode, n: int) -> Wave:
    return Wave(
        n, book.text(node, "code"), book.text(node, "name"), book.workflow.key,
        book.day(node, "opens_on"),
    )  # fmt: skip


def _target(book: Book, n: int, node: MappingNode) -> Target:
    records = book.chosen(node)
    record = records[0] if records else None
    count = book.filled(node, "count", record)
    return Target(
        n, book.text(node, "code", record), book.text(node, "words", record),
        book.day(node, "by", record), int(str(count)) if count is not None else None,
        soft=book.filled(node, "soft", record) is True,
        stage=_maybe(book.filled(node, "stage", record)),
        party=_maybe(book.filled(node, "party", record)),
        denominator=_maybe(book.filled(node, "denominator", record)),
    )  # fmt: skip


def _maybe(value: Plain) -> str | None:
    return None if value is None else str(value)


def _projects(book: Book, node: MappingNode) -> list[PlannedProject]:
    by_wave = {book.text(wave, "code"): wave for wave in book.section("waves")}
    return [_project(book, node, record, by_wave) for record in book.chosen(node)]


def _project(
    book: Book, node: MappingNode, record: Record, by_wave: dict[str, MappingNode]
) -> PlannedProject:
    numbers = {
        str(plain(w.entries["batch"].value)): c for c, w in by_wave.items() if "batch" in w.entries
    }
    batch = str(book.filled(node, "batch", record))
    wave = numbers.get(batch, "")
    if not wave:
        book.faults.add_record(record, "batch", f'no wave takes batch "{batch}"')
    dates = {**_phrases(book, by_wave[wave], record)} if wave else {}
    return PlannedProject(
        book.text(node, "code", record), book.text(node, "name", record), wave,
        book.workflow.key, _maybe(book.filled(node, "parent", record)),
        _parties(book, node, record), {**dates, **_phrases(book, node, record)},
    )  # fmt: skip


def _parties(book: Book, node: MappingNode, record: Record) -> dict[str, str]:
    entry = node.entries.get("parties")
    if entry is None or not isinstance(entry.value, MappingNode):
        return {}
    for name in entry.value.entries:
        if name not in book.workflow.parties:
            hint = near(name, list(book.workflow.parties))
            book.faults.add(entry.value, "parties", f'unknown party "{name}"{hint}')
    return {name: book.text(entry.value, name, record) for name in entry.value.entries}


def _phrases(book: Book, node: MappingNode, record: Record) -> dict[str, Phrase]:
    entry = node.entries.get("dates")
    if entry is None or not isinstance(entry.value, MappingNode):
        return {}
    found = {}
    for name, held in entry.value.entries.items():
        if name not in book.workflow.dates or not isinstance(held.value, MappingNode):
            hint = near(name, list(book.workflow.dates))
            book.faults.add(held.value, "dates", f'unknown date "{name}"{hint}')
            continue
        words = book.text(held.value, "words", record)
        on = book.day(held.value, "on", record)
        found[name] = Phrase(words, on, _maybe(book.filled(held.value, "reading", record)))
    return found
