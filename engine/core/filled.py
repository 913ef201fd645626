"""From the cells of a line to the request that opens a project, or to what is wrong in a cell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.core.commands import Open, Phrase
from engine.core.communities import match_community
from engine.core.definition import Workflow
from engine.core.identifiers import Checked, clean
from engine.core.phrases import read_phrase
from engine.core.sheets import DAY, NUMBER, Cell, Line, Problem, Table, place

CODE, NAME, REGION, WAVE = "code", "name", "region", "wave"
PARTY, DATE = "party.", "date."
NEEDED = (CODE, NAME)
"""Without these columns a sheet is no list of projects."""

MOST_CODE, MOST_NAME = 40, 200
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.ASCII | re.IGNORECASE)
_BARRED = re.compile(r"[/\\?#%:]|\s")
"""What a code may not hold: it stands in addresses and in the names of streams."""


@dataclass(frozen=True, slots=True)
class Known:
    """What may be written in the cells: names of orgs and of the programme's waves, by code."""

    orgs: Mapping[str, str]
    waves: Mapping[str, str] = field(default_factory=dict)
    _found: dict[str, Checked] = field(default_factory=dict, compare=False)

    def org(self, text: str) -> Checked:
        """Return the org meant by its code or name; a text is looked for once."""
        if text not in self._found:
            self._found[text] = match_community(text, self.orgs)
        return self._found[text]


@dataclass(frozen=True, slots=True)
class Filled:
    """A line that was read: the request, None where something is wrong; the problems by cell."""

    line: Line
    code: str
    name: str
    command: Open | None
    problems: tuple[Problem, ...]


def columns_of(workflow: Workflow) -> tuple[str, ...]:
    """Return the keys of the columns that a list of projects of a workflow has."""
    parties = (f"{PARTY}{key}" for key in workflow.parties)
    dates = (f"{DATE}{key}" for key in workflow.dates)
    return (CODE, NAME, REGION, WAVE, *parties, *dates)


def read_lines(table: Table, workflow: Workflow, known: Known) -> list[Filled]:
    """Return every line of a table as a request; a code that stands twice is wrong both times."""
    longest = _longest(table)
    read = [_Reader(table, line, workflow, known, longest).filled() for line in table.lines]
    first: dict[str, int] = {}
    for one in read:
        first.setdefault(one.code, one.line.row)
    return [_once(table, one, first[one.code]) for one in read]


def _once(table: Table, one: Filled, first: int) -> Filled:
    if not one.code or first == one.line.row:
        return one
    at = place(one.line.row, table.columns[CODE])
    problem = Problem(at, "twice", {"given": one.code, "first": place(first, table.columns[CODE])})
    return Filled(one.line, one.code, one.name, None, (problem, *one.problems))


def _longest(table: Table) -> int:
    """Return how long the codes are that are written as text and of digits only."""
    texts = [
        clean(line.cells[CODE].text) for line in table.lines if line.cells[CODE].kind != NUMBER
    ]
    return max((len(text) for text in texts if text.isdecimal()), default=0)


class _Reader:
    """One line, cell by cell."""

    def __init__(
        self, table: Table, line: Line, workflow: Workflow, known: Known, longest: int
    ) -> None:
        self._table, self._line, self._workflow, self._known = table, line, workflow, known
        self._longest = longest
        self._problems: list[Problem] = []

    def filled(self) -> Filled:
        code, name = self._code(), self._name()
        parties = {
            key: org for key in self._workflow.parties if (org := self._org(f"{PARTY}{key}"))
        }
        dates = {
            key: phrase for key in self._workflow.dates if (phrase := self._date(f"{DATE}{key}"))
        }
        region, wave = self._org(REGION), self._wave()
        command = Open(code, name, parties, dates, region, wave, self._workflow.key)
        is_right = not self._problems
        return Filled(
            self._line,
            code,
            name,
            command if is_right else None,
            tuple(sorted(self._problems, key=self._column)),
        )

    def _column(self, problem: Problem) -> int:
        return self._table.columns.get(problem.key, 0)

    def _cell(self, key: str) -> Cell:
        return self._line.cells.get(key) or Cell()

    def _wrong(self, key: str, code: str, **facts: str | int) -> None:
        at = place(self._line.row, self._table.columns.get(key, 0))
        self._problems.append(Problem(at, code, facts, key))

    def _code(self) -> str:
        cell = self._cell(CODE)
        code = clean(cell.text)
        if not code:
            self._wrong(CODE, "code_missing")
        elif self._is_eaten(cell, code):
            self._wrong(CODE, "eaten", given=code)
        elif cell.kind == NUMBER and len(code) < self._longest:
            self._wrong(CODE, "noughts", given=code, perhaps=code.zfill(self._longest))
        elif cell.kind == DAY:
            self._wrong(CODE, "code_day", given=cell.text)
        elif len(code) > MOST_CODE or _BARRED.search(code) or not code.isprintable():
            self._wrong(CODE, "code_form", given=code[:MOST_CODE], most=MOST_CODE)
        return code

    def _is_eaten(self, cell: Cell, code: str) -> bool:
        """Return whether a spreadsheet has rounded a code: it keeps fifteen digits."""
        if cell.kind == NUMBER:
            return len(code) > 15 or not code.isdecimal()
        return _ROUNDED.fullmatch(code) is not None

    def _name(self) -> str:
        name = self._cell(NAME).text
        if not name:
            self._wrong(NAME, "name_missing")
        elif len(name) > MOST_NAME:
            self._wrong(NAME, "name_long", most=MOST_NAME)
        return name

    def _org(self, key: str) -> str | None:
        """Return the code of an org written as its code or in any way of writing its name."""
        cell = self._cell(key)
        if not cell.text:
            return None
        if self._is_eaten(cell, clean(cell.text)):
            self._wrong(key, "eaten", given=cell.text)
            return None
        found = self._known.org(cell.text)
        if found.value is not None:
            return found.value
        meant = [code for code in self._known.orgs if code.lstrip("0") == clean(cell.text)]
        if cell.kind == NUMBER and meant:
            self._wrong(key, "noughts", given=cell.text, perhaps=meant[0])
        elif found.fault == "community_ambiguous":
            self._wrong(key, "org_many", given=cell.text, codes=str(found.facts["codes"]))
        else:
            near = str(found.facts.get("near", "-"))
            code = "org_none" if near == "-" else "org_unknown"
            self._wrong(key, code, given=cell.text, near=near)
        return None

    def _wave(self) -> str | None:
        text = self._cell(WAVE).text
        if not text:
            return None
        wanted = clean(text)
        for code, name in self._known.waves.items():
            if wanted in (clean(code), clean(name)):
                return code
        self._wrong(WAVE, "wave_unknown", given=text, known="; ".join(self._known.waves.values()))
        return None

    def _date(self, key: str) -> Phrase | None:
        """Return a date with its words; where two days may be meant, a person must choose one."""
        cell = self._cell(key)
        if not cell.text:
            return None
        if cell.kind == DAY:
            return Phrase(cell.text, date.fromisoformat(cell.text))
        read = read_phrase(cell.text, serials=True)
        if read.kind == "undated":
            return Phrase(cell.text)
        if len(read.readings) == 1:
            return Phrase(self._words(cell, read.readings[0][1]), read.readings[0][1])
        if read.readings:
            days = [day.isoformat() for _, day in read.readings]
            self._wrong(key, "date_two", given=cell.text, first=days[0], second=days[-1])
        else:
            example = (read.last or read.first or date(2018, 3, 1)).isoformat()
            self._wrong(key, "date_unread", given=cell.text, example=example)
        return None

    def _words(self, cell: Cell, on: date) -> str:
        """Return the words of a date; a number of days since 1900 is nothing to read."""
        return on.isoformat() if cell.kind == NUMBER or cell.text.isdecimal() else cell.text
