"""What must be true after every kill, and at the end of it all."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from bootstrap import Desk
from engine.core.deadlines import local_day, rungs_reached
from engine.core.events import Entry
from engine.core.opening import label
from engine.core.rows import TaskRow
from engine.core.state import Draft
from engine.core.timing import is_paused, ladder_of
from tests.houses import state_of
from tests.storage.tampering import query


@dataclass
class Judge:
    """Reads what was added to the trail since it last looked, and finds what must not be."""

    desk: Desk
    codes: tuple[str, ...]
    faults: list[str] = field(default_factory=list)
    requests: dict[str, tuple[str, int]] = field(default_factory=dict)
    told: set[tuple[str, str, str]] = field(default_factory=set)
    _read: dict[str, int] = field(default_factory=dict)

    def look(self, acknowledged: Iterable[str]) -> None:
        """Judge the house as a kill left it: sound, nothing twice, nothing acknowledged lost."""
        verdict = self.desk.proof.verify()
        self.faults += [f"broken: {one}" for one in verdict.breaks]
        if verdict.verdict != "sound":
            self.faults.append(f"the trail is {verdict.verdict}")
        self._read_on()
        self.faults += [
            f"{name} was acknowledged and is not there"
            for name in acknowledged
            if name not in self.requests
        ]

    def _read_on(self) -> None:
        for code in self.codes:
            for entry in self.desk.audit.history(code)[self._read.get(code, 0) :]:
                self._read[code] = entry.seq
                self._entry(entry)

    def _entry(self, entry: Entry) -> None:
        body = json.loads(entry.canon)
        name = body.get("request")
        if name is not None and body["outcome"] == "ok":
            self._once(name.partition(".")[0], entry.stream, entry.seq)
        for notice in body.get("notices", ()):
            key = (entry.stream, notice["cause"], notice["post"])
            if key in self.told:
                self.faults.append(f"told twice: {key}")
            self.told.add(key)

    def _once(self, name: str, stream: str, seq: int) -> None:
        if name in self.requests:
            self.faults.append(f"{name} was done twice: {self.requests[name]} and {stream}#{seq}")
        self.requests[name] = (stream, seq)

    def finish(self, expected: Iterable[str]) -> None:
        """Judge the house after a last sweep: nothing may be missing any more."""
        self.desk.sweep.run()
        self.look(expected)
        if self.desk.sweep.preview().planned:
            self.faults.append("a sweep left something that was owed")
        for code in self.codes:
            self._rungs(code)
        if not self.desk.house.database.is_postgres:
            found = query(self.desk.house.database, "PRAGMA integrity_check")
            if found != [("ok",)]:
                self.faults.append(f"integrity_check says {found}")

    def _rungs(self, code: str) -> None:
        """Hold each open task's rung against what its ladder says today."""
        state = state_of(self.desk, code)
        with self.desk.house.database.read() as cursor:
            workflow = self.desk.house.workflow(cursor, state.project.digest)
            today = local_day(self.desk.house.now(cursor), workflow.timezone)
            calendar = self.desk.house.calendar(cursor, today)
        draft = Draft(state)
        for row in state.rows(TaskRow):
            ladder = ladder_of(workflow, row)
            if row.status != "open" or row.due is None or ladder is None:
                continue
            if not is_paused(draft, workflow, row):
                reached = len(rungs_reached(row.due, ladder, 0, today, calendar))
                if row.rung != reached:
                    where = f"{code} {label(row)}"
                    self.faults.append(f"{where} stands on rung {row.rung}, not {reached}")
