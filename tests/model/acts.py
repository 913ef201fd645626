"""The acts of the model on its tasks: each answers whether it may be done, and if so does it."""

from datetime import date

from tests.model.rules import ORG_OF, SEALS, STEPS, Part, Row, Rules


class Acts(Rules):
    """The daily work of a project, by the rules."""

    def _add(self, row: Row, kind: str, key: str, **more: object) -> None:
        part: Part = {"kind": kind, "key": key, "void": False, **more}
        row["parts"].append(part)
        self.last = (row, part)

    def _touched(self, key: str) -> None:
        """Whoever names a month of the report has every month opened that has begun."""
        self.last = None
        if key == "report":
            self.months()

    def submit(self, key: str, slot: str, post: str) -> bool:
        """Hand in a paper."""
        role = {"paper": "clerk", "answer": "maker"}[key]
        row = self.open_row(key)
        if not self.workable() or not self.holds(post, role) or row is None:
            return False
        self._add(row, "paper", slot)
        self.settle(row)
        return True

    def accept(self, post: str, *, accepted: bool) -> bool:
        """Accept the answer, or send it back."""
        row = self.open_row("answer")
        if not self.workable() or not self.holds(post, "chief") or row is None:
            return False
        if not self.parts(row, "paper"):
            return False
        if accepted:
            self._add(row, "accept", "accept")
            self.settle(row)
            return True
        for part in self.parts(row, "paper"):
            part["void"] = True
        self.last = None
        return True

    def seal(self, seal: str, verdict: str, post: str) -> bool:
        """Enter a seal."""
        row = self.open_row("consent")
        if not self.workable() or row is None or not self.holds(post, SEALS[seal]):
            return False
        if seal == "boss" and post == self.entered_by:
            return False
        self._add(row, "seal", seal, verdict=verdict)
        self.settle(row)
        return True

    def score(self, value: int | None, post: str) -> bool:
        """Give a score, or recuse oneself."""
        row = self.open_row("review")
        if not self.workable() or not self.holds(post, "judge") or row is None:
            return False
        elsewhere = [p for p, org in self.bound.items() if p != "panel" and org == ORG_OF[post]]
        if elsewhere or any(p["key"] == post for p in self.parts(row, "score")):
            return False
        self._add(row, "score", post, value=value)
        return True

    def conclude(self, post: str, *, revise: bool) -> bool:
        """Close the panel: the verdict follows from the scores unless it is sent round again."""
        row = self.open_row("review")
        if not self.workable() or not self.holds(post, "chief") or row is None:
            return False
        values = [p["value"] for p in self.parts(row, "score") if p["value"] is not None]
        if len(values) < 2:
            return False
        row["status"] = "done"
        if revise or sum(values) < 60 * len(values):
            for key in ("answer", "review"):
                if self.open_row(key) is None:
                    self._open(key)
        self.last = None
        return True

    def record(self, key: str, ref: str | None, post: str) -> bool:
        """Record the next step of a task; of the report, the one of the present month."""
        if not self.workable(key):
            return False
        if key == "report":
            return self._report(post)
        row = self.open_row(key, ref)
        if row is None:
            return False
        done = {p["key"] for p in self.parts(row, "step")}
        step, role = next(s for s in STEPS[key] if s[0] not in done)
        if not self.holds(post, role):
            return False
        self._add(row, "step", step)
        self.settle(row)
        return True

    def _report(self, post: str) -> bool:
        begun = self.series is not None
        month = f"{self.today:%Y-%m}"
        row = self.latest("report", month)
        if not self.holds(post, "maker") or (row is None and not begun):
            return False
        if row is None and not self._will_open(month):
            return False
        self.months()
        row = self.latest("report", month)
        if row is None:
            return False
        self._add(row, "step", "visit")
        self.settle(row)
        return True

    def _will_open(self, month: str) -> bool:
        return self.next_month is not None and f"{self.next_month:%Y-%m}" <= month

    def count(self, party: str, value: int, post: str) -> bool:
        """Report heads."""
        row, org = self.open_row("heads"), self.bound.get(party)
        if not self.workable() or not self.holds(post, "clerk") or row is None or org is None:
            return False
        self._add(row, "count", party, org=org, value=value)
        self.settle(row)
        return True

    def raise_issue(self, ref: str, post: str) -> bool:
        """Open an issue."""
        if not self.workable("issue") or not self.holds(post, "clerk"):
            return False
        if self.latest("issue", ref) is not None:
            return False
        self._open("issue", ref)
        self.last = None
        return True

    def reopen(self, ref: str, post: str) -> bool:
        """Open a closed issue again."""
        row = self.latest("issue", ref)
        if not self.workable("issue") or not self.holds(post, "clerk") or row is None:
            return False
        if row["status"] not in ("done", "waived"):
            return False
        self._open("issue", ref)
        self.last = None
        return True

    def ask(self, key: str, ref: str | None, due: date | None, post: str) -> bool:
        """Ask for more time, before the day is over."""
        row = self.open_row(key, ref)
        asks = self.holds(post, "clerk") or self.holds(post, "maker")
        if not self.is_live() or not asks or row is None or row["asked"]:
            return False
        if due is None or self.today > due:
            return False
        row["asked"] = True
        self._touched(key)
        return True

    def decide(self, key: str, ref: str | None, post: str) -> bool:
        """Decide on an extension."""
        row = self.open_row(key, ref)
        if not self.is_live() or not self.holds(post, "chief") or row is None or not row["asked"]:
            return False
        row["asked"] = False
        self._touched(key)
        return True

    def propose(self, key: str, ref: str | None, post: str) -> bool:
        """Propose a waiver."""
        row = self.open_row(key, ref)
        if not self.workable() or not self.holds(post, "clerk") or row is None or row["waiver"]:
            return False
        row["waiver"] = True
        self._touched(key)
        return True

    def confirm(self, key: str, ref: str | None, post: str) -> bool:
        """Confirm a waiver."""
        row = self.open_row(key, ref)
        if not self.workable() or not self.holds(post, "chief") or row is None:
            return False
        if not row["waiver"]:
            return False
        row["status"], row["waiver"] = "waived", False
        self._touched(key)
        return True

    def bind(self, org: str | None, post: str) -> bool:
        """Bind another maker, or none."""
        if not self.is_live() or not self.holds(post, "chief"):
            return False
        if org is None:
            self.bound.pop("maker", None)
        else:
            self.bound["maker"] = org
        self.judge_heads()
        self.last = None
        return True

    def void(self, post: str) -> bool:
        """Take back what the newest entry added."""
        if self.last is None or not self.holds(post, "chief"):
            return False
        row, part = self.last
        part["void"] = True
        if row["status"] == "done" and not self.is_met(row):
            row["status"] = "open" if self.is_live() else "ended"
        self.last = None
        return True
