"""The rules of lifecycle.yaml written down a second time, in plain dicts, by reading the file.

Nothing of the engine is imported. Every act answers whether it may be done, and if so does it.
"""

from datetime import date, timedelta
from typing import Any

ORG_OF = {
    "B1": "BU", "B2": "BU", "C1": "OF", "C2": "OG", "M1": "MA", "M2": "MB",
    "J1": "PA", "J2": "PA", "J3": "PA",
}  # fmt: skip
ROLE_OF = {"B": "chief", "C": "clerk", "M": "maker", "J": "judge"}
PARTY_OF = {"clerk": "office", "maker": "maker", "judge": "panel"}
STAGE_TASKS = {"draft": ["paper", "consent"], "check": ["answer", "review"], "work": ["log"]}
WAYS = {
    "draft": {"send": ("clerk", "check")},
    "check": {"pass": ("chief", "work"), "back": ("chief", "draft")},
    "work": {"finish": ("chief", "over"), "again": ("chief", "check")},
    "over": {},
}
GATED = {"send": ["paper", "consent"], "pass": ["answer", "review", "heads"], "finish": ["log"]}
RETURNS = ("back", "again")
STANDINGS = {
    "active": {"pause": "paused", "stop": "stopped"},
    "paused": {"go_on": "active", "stop": "stopped"},
    "stopped": {},
}
STEPS = {
    "log": [("begun", "maker"), ("closed", "clerk")],
    "issue": [("fixed", "maker"), ("closed", "clerk")],
    "report": [("visit", "maker")],
}
SEALS = {"boss": "chief", "board": "clerk"}
LIVE_WHILE_PAUSED = ("issue",)

Row = dict[str, Any]
Part = dict[str, Any]


class Rules:
    """One project by the rules: where it stands, what is owed, who may do what."""

    last: tuple[Row, Part] | None = None
    """What the newest entry added, as long as nothing has happened since that stands on it."""

    def __init__(self, opener: str, today: date) -> None:
        self.today = today
        self.stage, self.standing, self.entered_by = "draft", "active", opener
        self.bound: dict[str, str] = {"office": "OF", "panel": "PA"}
        self.rows: list[Row] = []
        self.series: str | None = None
        self.next_month: date | None = None
        self.paused_on: date | None = None
        self.pauses: list[tuple[date, date]] = []
        self.version = 1
        self._enter("draft", opener, None)
        self._open("heads")

    # -- what there is

    def latest(self, key: str, ref: str | None = None) -> Row | None:
        """Return the newest row of a task, of one reference or period where given."""
        found = [r for r in self.rows if r["key"] == key and (ref is None or r["ref"] == ref)]
        return found[-1] if found else None

    def open_row(self, key: str, ref: str | None = None) -> Row | None:
        """Return the newest row of a task if it is open."""
        row = self.latest(key, ref)
        return row if row is not None and row["status"] == "open" else None

    def labels(self) -> list[tuple[str, str | None, str]]:
        """Return (task, reference or period, status) of every row, sorted."""
        return sorted((r["key"], r["ref"] or "", r["status"]) for r in self.rows)

    def parts(self, row: Row, kind: str) -> list[Part]:
        """Return the parts of a row that count."""
        return [p for p in row["parts"] if p["kind"] == kind and not p["void"]]

    def holds(self, post: str, role: str) -> bool:
        """Return whether a post holds a role for this project now."""
        party = PARTY_OF.get(role)
        return ROLE_OF[post[0]] == role and (party is None or self.bound.get(party) == ORG_OF[post])

    def is_live(self) -> bool:
        """Return whether the project can still move."""
        return self.stage != "over" and self.standing != "stopped"

    def workable(self, key: str = "") -> bool:
        """Return whether a task can be worked on now."""
        return self.is_live() and (self.standing == "active" or key in LIVE_WHILE_PAUSED)

    # -- what a row lacks

    def is_met(self, row: Row) -> bool:
        """Return whether a row has every part it needs."""
        key = row["key"]
        if key == "paper":
            return {p["key"] for p in self.parts(row, "paper")} >= {"text", "budget"}
        if key == "answer":
            return bool(self.parts(row, "paper")) and bool(self.parts(row, "accept"))
        if key == "consent":
            return all(self._verdict(row, seal) == "consent" for seal in SEALS)
        if key == "review":
            return False  # only a conclusion ends it
        if key == "heads":
            return self._heads_met(row)
        return {p["key"] for p in self.parts(row, "step")} >= {step for step, _ in STEPS[key]}

    def _verdict(self, row: Row, seal: str) -> str | None:
        given = [p["verdict"] for p in self.parts(row, "seal") if p["key"] == seal]
        return given[-1] if given else None

    def _heads_met(self, row: Row) -> bool:
        orgs = [self.bound.get(party) for party in ("office", "maker")]
        counts = self.parts(row, "count")
        return all(
            org is not None and sum(p["value"] for p in counts if p["org"] == org) >= 2
            for org in orgs
        )

    def blocks(self, action: str) -> bool:
        """Return whether a gate is shut: a task of it lacks something, or its condition fails."""
        for key in GATED.get(action, []):
            row = self.latest(key)
            if row is None or (row["status"] not in ("done", "waived") and not self.is_met(row)):
                return True
            if key == "heads" and row["status"] == "done" and not self._heads_met(row):
                return True
            if row["status"] in ("lapsed", "ended"):
                return True
        if action == "pass":
            office, maker = self.bound.get("office"), self.bound.get("maker")
            return office is None or maker is None or office == maker
        if action == "finish":
            return any(r["key"] == "issue" and r["status"] == "open" for r in self.rows)
        return False

    def may_move(self, action: str, post: str) -> bool:
        """Return whether a post may perform an action of the present stage now."""
        role, _ = WAYS[self.stage][action]
        return self.workable() and self.holds(post, role) and not self.blocks(action)

    def may_turn(self, action: str, post: str) -> bool:
        """Return whether a post may change the standing now."""
        return self.is_live() and self.holds(post, "chief")

    # -- what happens

    def move(self, action: str, post: str, items: tuple[str, ...]) -> bool:
        """Leave the stage by an action."""
        if action not in WAYS[self.stage] or not self.may_move(action, post):
            return False
        target, self.last = WAYS[self.stage][action][1], None
        for row in self.rows:
            if row["status"] == "open" and row["key"] in STAGE_TASKS[self.stage]:
                row["status"] = "lapsed"
        self._enter(target, post, items if action in RETURNS else None)
        if target == "over":
            self._end()
        return True

    def turn(self, action: str, post: str) -> bool:
        """Change the standing."""
        if action not in STANDINGS[self.standing] or not self.may_turn(action, post):
            return False
        self.standing, self.last = STANDINGS[self.standing][action], None
        if self.standing == "paused":
            self.paused_on = self.today
        elif self.paused_on is not None and self.standing == "active":
            self.pauses.append((self.paused_on, self.today))
            self.paused_on = None
            self.months()
        if self.standing == "stopped":
            self._end()
        return True

    def _end(self) -> None:
        self.series = None
        for row in self.rows:
            if row["status"] == "open":
                row["status"] = "ended"

    def _enter(self, stage: str, post: str, items: tuple[str, ...] | None) -> None:
        self.stage, self.entered_by = stage, post
        for key in STAGE_TASKS.get(stage, []):
            last = self.latest(key)
            kept = items and key not in items and last and last["status"] in ("done", "waived")
            self._open(key, status=last["status"] if kept and last else "open")
        if stage == "work" and self.series is None:
            self.series, self.next_month = "open", self.today.replace(day=1)
            self.months()

    def _open(self, key: str, ref: str | None = None, status: str = "open") -> Row:
        row: Row = {
            "key": key, "ref": ref, "status": status, "parts": [], "asked": False, "waiver": False,
        }  # fmt: skip
        self.rows.append(row)
        return row

    def months(self) -> None:
        """Open the months that have begun and are owed."""
        if self.series is None or self.standing != "active":
            return
        while self.next_month is not None and self.next_month <= self.today:
            first = self.next_month
            self.next_month = (first + timedelta(days=32)).replace(day=1)
            last = self.next_month - timedelta(days=1)
            if not any(begun <= first and over > last for begun, over in self.pauses):
                self._open("report", f"{first:%Y-%m}")

    def settle(self, row: Row) -> None:
        """Close a row that has all it needs."""
        if row["status"] == "open" and self.is_met(row):
            row["status"] = "done"

    def judge_heads(self) -> None:
        """Hold the quota against the orgs bound now."""
        row = self.latest("heads")
        if row is not None and row["status"] in ("open", "done"):
            row["status"] = "done" if self._heads_met(row) else "open"
