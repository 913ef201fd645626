"""A clerk who reckons every deadline by counting on the fingers, from a list of what happened.

It shares the data of the product (the rules of a workflow file, which days are working days) and
none of its reckoning: no schedule, no timing, no periods, no opening.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from engine.core.calendar import Calendar
from engine.core.definition import ClockEffect, DueRule, Rung, Task, Workflow

ONE = timedelta(days=1)
FIRST_UNKNOWN = 2027
"""The first year whose notice the clerk's calendar does not have."""


class Days:
    """The working days one by one, and whether one was asked whose year is not settled."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._known: dict[date, bool] = {}
        self.guessed = False

    def works(self, day: date) -> bool:
        """Return whether people work on a day, and remember when nobody can know."""
        self.guessed |= day.year >= FIRST_UNKNOWN
        if day not in self._known:
            self._known[day] = self._calendar.is_working(day)
        return self._known[day]

    def count(self, day: date, count: int) -> date:
        """Count working days one after another; the day itself does not count."""
        pace, left = (ONE if count > 0 else -ONE), abs(count)
        while left:
            day += pace
            left -= self.works(day)
        return day

    def roll(self, day: date, way: str) -> date:
        """Go on, or back, to the nearest day on which people work."""
        while way != "none" and not self.works(day):
            day += ONE if way == "next" else -ONE
        return day


def months_on(day: date, months: int) -> date:
    """Return the same day so many months on, or that month's last."""
    for _ in range(months):
        first = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        day = first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))
    return day


def end_of_month(day: date) -> date:
    """Return the last day of a day's month."""
    while (day + ONE).month == day.month:
        day += ONE
    return day


@dataclass(eq=False)
class Thing:
    """One thing owed, as the clerk's list has it."""

    key: str
    kind: str
    opened_on: date
    visit: int
    period: str | None = None
    ref: str | None = None
    given_due: date | None = None
    given_days: int | None = None
    status: str = "open"
    done_on: date | None = None
    papers_in: bool = False
    original: date | None = None
    due: date | None = None
    provisional: bool = False
    term: int = 0
    rung: int = 0

    @property
    def label(self) -> tuple[str, str | None, str | None]:
        """What names it among the open ones."""
        return self.key, self.period, self.ref


@dataclass(eq=False)
class Stay:
    """One visit to a stage."""

    stage: str
    entered_on: date
    left_by: str | None = None


@dataclass(eq=False)
class More:
    """One request for more time."""

    thing: Thing
    decided_on: date | None = None
    days: int = 0


@dataclass(eq=False)
class Clerk:
    """What happened to one project, and what follows for every open day."""

    workflow: Workflow
    days: Days
    things: list[Thing] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    pauses: list[tuple[date, date | None]] = field(default_factory=list)
    more: list[More] = field(default_factory=list)
    chosen: dict[str, date | None] = field(default_factory=dict)
    series: dict[str, tuple[date, str | None]] = field(default_factory=dict)
    is_closed: bool = False

    # What happens.

    def opened(self, on: date, chosen: dict[str, date | None]) -> None:
        """The project begins."""
        self.chosen = dict(chosen)
        self._enter(self.workflow.initial, on, None)
        for task in self.workflow.tasks.values():
            if task.opens == "start" and task.cadence:
                self.series[task.key] = (on, None)
                self.occurrences(task.key, on)

    def moved(self, action: str, on: date, items: tuple[str, ...]) -> None:
        """The project leaves its stage for another."""
        held = self.workflow.actions[action]
        stay = self.stays[-1]
        stay.left_by = action
        for thing in self.open():
            task = self.workflow.tasks.get(thing.key)
            if thing.kind == "stage" or (task is not None and task.stage == stay.stage):
                thing.status = "gone"
        if self.workflow.stages[held.to].final:
            self.is_closed = True
            return
        before = [t for t in self.things if t.key == held.to and t.kind == "stage"]
        self._enter(held.to, on, None if held.kind.value == "advance" else items)
        if held.kind.value == "return" and held.clock is ClockEffect.KEEP and before:
            now = next(t for t in self.open() if t.kind == "stage")
            kept = [one for one in self.more if one.thing is before[-1] and one.days]
            self.more += [More(now, one.decided_on, one.days) for one in kept]
        self.reckon()

    def suspended(self, on: date) -> None:
        """The project stands still from a day on."""
        self.pauses.append((on, None))
        self.reckon()

    def resumed(self, on: date) -> None:
        """The project goes on from a day on."""
        self.pauses[-1] = (self.pauses[-1][0], on)
        for thing in self.open():
            # What had begun on the very day on which all stood still was owed by nobody after all.
            if thing.period and self._stood_still_all(date.fromisoformat(f"{thing.period}-01")):
                thing.status = "gone"
        for key in self.series:
            self.occurrences(key, on)
        self.reckon()

    def chose(self, name: str, on: date | None) -> None:
        """A date of the source is read otherwise."""
        self.chosen[name] = on
        self.reckon()

    def raised(self, key: str, ref: str, on: date, due: date | None, days: int | None) -> None:
        """A task is raised beside the stages."""
        self._add(Thing(key, "record", on, 0, None, ref, due, days))

    def asked(self, thing: Thing) -> None:
        """More time is asked for."""
        self.more.append(More(thing))

    def decided(self, thing: Thing, on: date, days: int) -> None:
        """The request that waits is granted some days, or none."""
        waiting = self.waiting(thing)
        assert waiting is not None
        waiting.decided_on, waiting.days = on, days
        self.reckon()

    def done(self, thing: Thing, on: date) -> None:
        """A thing is done; what follows it begins."""
        thing.status, thing.done_on = "done", on
        for task in self.workflow.tasks.values():
            is_here = task.stage == self.stays[-1].stage
            if task.opens == f"task:{thing.key}" and is_here and not self._runs(task.key):
                self._add(Thing(task.key, task.kind.value, on, len(self.stays)))
        self.reckon()

    def undone(self, thing: Thing) -> None:
        """What made a thing done was void; unless a later round took its place, it is owed."""
        later = self.things[self.things.index(thing) + 1 :]
        if thing.status == "done" and all(held.label != thing.label for held in later):
            thing.status, thing.done_on = "open", None
        self.reckon()

    def dated(self, thing: Thing, on: date) -> None:
        """A thing was done on another day than had been said."""
        if thing.status == "done":
            thing.done_on = on
        self.reckon()

    def occurrences(self, key: str, until: date) -> None:
        """Every period begins that is owed by a day, unless the project stands still."""
        while not self._stands_still() and (month := self.next_month(key)) and month <= until:
            opened = self.series[key][0]
            self.series[key] = (opened, f"{month:%Y-%m}")
            self._add(Thing(key, "record", max(month, opened), 0, f"{month:%Y-%m}"))

    def ticked(self, now: datetime) -> list[tuple[Thing, int, str]]:
        """Return the rungs that the clock climbs: thing, term and rung, lowest first."""
        opened = (now - timedelta(hours=1)).date()  # nine in Shanghai is one in Greenwich
        for key in self.series:
            moment = self.series_next(key)
            if moment is not None and moment <= now:
                self.occurrences(key, opened)
        climbed = []
        for thing in self.open():
            while (moment := self.next_at(thing)) is not None and moment <= now:
                climbed.append((thing, thing.term, self._rungs(thing)[thing.rung].key))
                thing.rung += 1
        return climbed

    # What follows.

    def open(self) -> list[Thing]:
        """Return what is owed."""
        return [thing for thing in self.things if thing.status == "open"]

    def waiting(self, thing: Thing) -> More | None:
        """Return the request of a thing that nobody has decided."""
        found = [one for one in self.more if one.thing is thing and one.decided_on is None]
        return found[-1] if found else None

    def next_at(self, thing: Thing) -> datetime | None:
        """Return when the next rung of a thing is reached."""
        rungs = self._rungs(thing)
        rests = self.waiting(thing) or thing.papers_in or self._rests(thing)
        if thing.status != "open" or thing.due is None or rests or thing.rung >= len(rungs):
            return None
        return nine(self.days.count(thing.due, rungs[thing.rung].days))

    def series_next(self, key: str) -> datetime | None:
        """Return when the next period of a cadence begins."""
        month = None if self._stands_still() else self.next_month(key)
        return nine(month) if month else None

    def next_month(self, key: str) -> date | None:
        """Return the first day of the next month that is owed."""
        cadence = self.workflow.tasks[key].cadence
        assert cadence is not None
        opened, last = self.series[key]
        start = self.chosen.get(cadence.starts or "")
        if start is None:
            return None
        begun = max(start, opened)
        month, end = begun.replace(day=1), end_of_month(begun)
        if ((end - begun).days + 1) * 2 < end.day:
            month = months_on(month, 1)
        while (last and f"{month:%Y-%m}" <= last) or self._stood_still_all(month):
            month = months_on(month, 1)
        return month

    def reckon(self) -> None:
        """Reckon every open thing anew; a day that stood and moved begins a term."""
        for thing in self.open():
            was = thing.due
            thing.original, thing.due, thing.provisional = self._reckoned(thing)
            if was is not None and was != thing.due:
                thing.term, thing.rung = thing.term + 1, 0

    # How it is counted.

    def _reckoned(self, thing: Thing) -> tuple[date | None, date | None, bool]:
        rule = self._rule(thing)
        stay = self._stay(thing)
        anchor = self._anchor(thing, rule, stay)
        if anchor is None:
            return None, None, False
        begun = stay.entered_on if thing.kind == "stage" else thing.opened_on
        self.days.guessed = False
        original = due = self._counted(anchor, rule)
        for _, paused, grant in self._events(thing):
            was = due
            if grant:
                due = self.days.count(due, grant)
            elif paused and rule.pause.value != "nothing" and paused[0] <= due:
                due = self._given_back(due, max(paused[0], begun), paused[1], rule)
            if due != was:
                due = self.days.roll(due, rule.roll.value)
        return original, due, self.days.guessed

    def _counted(self, day: date, rule: DueRule) -> date:
        unit, count = rule.unit.value, rule.count
        if unit == "working_day":
            if rule.counts_start and count > 0:
                day -= ONE  # so that the first day is met like any other
            day = self.days.count(day, count)
        elif unit == "calendar_day":
            day += timedelta(days=count)
        else:
            day = months_on(day, count)
        if unit in ("month_end", "last_working_day"):
            day = end_of_month(day)
        if unit == "last_working_day":
            day = self.days.roll(day, "previous")
        return self.days.roll(day, rule.roll.value)

    def _given_back(self, due: date, first: date, over: date, rule: DueRule) -> date:
        lost = [first + timedelta(days=n) for n in range(max(0, (over - first).days))]
        if rule.pause.value == "calendar_days":
            return due + timedelta(days=len(lost))
        guessed = self.days.guessed
        number = sum(self.days.works(day) for day in lost)
        self.days.guessed = guessed  # what was lost is over; what it leads to is met below
        return self.days.count(due, number)

    def _events(self, thing: Thing) -> Iterator[tuple[date, tuple[date, date] | None, int]]:
        task = self.workflow.tasks.get(thing.key)
        found: list[tuple[date, int, tuple[date, date] | None, int]] = []
        for begun, over in self.pauses:
            if over is not None and not (task is not None and task.while_suspended):
                found.append((begun, 0, (begun, over), 0))
        found += [
            (one.decided_on, 1, None, one.days)
            for one in self.more
            if one.thing is thing and one.decided_on is not None and one.days
        ]
        for on, _, paused, grant in sorted(found, key=lambda event: event[:2]):
            yield on, paused, grant

    def _rule(self, thing: Thing) -> DueRule:
        rule = (
            self.workflow.stages[thing.key].due
            if thing.kind == "stage"
            else self.workflow.tasks[thing.key].due
        )
        assert rule is not None
        if rule.anchor != "given":
            return rule
        count = 0 if thing.given_due else thing.given_days or 0
        return DueRule("given", count, roll=rule.roll, pause=rule.pause)

    def _anchor(self, thing: Thing, rule: DueRule, stay: Stay) -> date | None:
        kind, _, name = rule.anchor.partition(":")
        if kind == "given":
            return thing.given_due or (thing.opened_on if thing.given_days is not None else None)
        if kind == "date":
            return self.chosen.get(name)
        if kind == "task":
            rounds = [held for held in self.things if held.key == name and held.status != "gone"]
            return rounds[-1].done_on if rounds else None
        if kind == "period_end":
            return end_of_month(date.fromisoformat(f"{thing.period}-01"))
        return stay.entered_on if kind == "entered" else thing.opened_on

    def _stay(self, thing: Thing) -> Stay:
        """Return the visit whose clock a thing runs on, back over every return that keeps it."""
        n = thing.visit - 1
        while thing.kind == "stage" and n > 0:
            action = self.workflow.actions[self.stays[n - 1].left_by or ""]
            before = [m for m in range(n) if self.stays[m].stage == thing.key]
            if action.clock is not ClockEffect.KEEP or not before:
                break
            n = before[-1]
        return self.stays[n]

    def _rungs(self, thing: Thing) -> tuple[Rung, ...]:
        if thing.kind != "stage" and self.workflow.tasks[thing.key].strength != "must":
            return ()
        return self.workflow.ladders["default"].rungs

    def _stands_still(self) -> bool:
        return bool(self.pauses) and self.pauses[-1][1] is None

    def _rests(self, thing: Thing) -> bool:
        task = self.workflow.tasks.get(thing.key)
        return self._stands_still() and not (task is not None and task.while_suspended)

    def _stood_still_all(self, month: date) -> bool:
        last = end_of_month(month)
        return any(begun <= month and over and over > last for begun, over in self.pauses)

    # How things begin.

    def _enter(self, stage: str, on: date, items: tuple[str, ...] | None) -> None:
        self.stays.append(Stay(stage, on))
        self._add(Thing(stage, "stage", on, len(self.stays)))
        here = [task for task in self.workflow.tasks.values() if task.stage == stage]
        for task in here:
            if task.opens == "stage":
                self._begin(task, on, items)
        for task in here:
            if task.opens.startswith("task:") and self._is_over(task.opens.partition(":")[2]):
                self._begin(task, on, items)

    def _begin(self, task: Task, on: date, items: tuple[str, ...] | None) -> None:
        new = Thing(task.key, task.kind.value, on, len(self.stays))
        last = next((t for t in reversed(self.things) if t.key == task.key), None)
        if items and task.key not in items and last is not None and last.status == "done":
            new.status, new.done_on = "done", last.done_on
            self.things.append(new)
            return
        self._add(new)

    def _add(self, thing: Thing) -> None:
        self.things.append(thing)
        self.reckon()

    def _runs(self, key: str) -> bool:
        return any(thing.key == key for thing in self.open())

    def _is_over(self, key: str) -> bool:
        last = next((t for t in reversed(self.things) if t.key == key), None)
        return last is not None and last.status == "done"


def nine(day: date) -> datetime:
    """Return nine in the morning of Shanghai, which has been eight hours ahead since 1991."""
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
