"""A workflow as a value: what its file says, frozen; its reader cross-checks it.

A definition is not a running project. A project pins the digest of the definition it was opened
under, so that a later file never rewrites its history.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from engine.core.recurrence import Cadence

Text = Mapping[str, str]
"""A phrase by language tag: ``{"zh": …, "en": …}``; both are always present."""


class Unit(StrEnum):
    """What a deadline counts.

    A month ends on the corresponding day, or on its last where it has none (Civil Code, article
    202); `MONTH_END` and `LAST_WORKING_DAY` are those of the month so many months on.
    """

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    MONTH_END = "month_end"
    LAST_WORKING_DAY = "last_working_day"


class Roll(StrEnum):
    """Where a last day goes that is not a working day (Civil Code, article 203)."""

    NONE = "none"
    NEXT = "next"
    PREVIOUS = "previous"


class CutOff(StrEnum):
    """When the due day itself is over: at 24:00, or at close of business (Civil Code, art. 203)."""

    DAY_END = "day_end"
    CLOSE = "close"


class PauseRule(StrEnum):
    """What a suspension gives back to a deadline."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    NOTHING = "nothing"


class TaskKind(StrEnum):
    """What somebody owes.

    No file writes the last two: `STAGE` is the planned finish of a visit, `SERIES` the cadence
    whose occurrences are owed.
    """

    DELIVERABLE = "deliverable"
    SEAL = "seal"
    REVIEW = "review"
    RECORD = "record"
    QUOTA = "quota"
    STAGE = "stage"
    SERIES = "series"


class SealMode(StrEnum):
    """How many parties must consent, and in which order."""

    ALL = "all"
    ANY = "any"
    COUNT = "count"
    PER_GROUP = "per_group"
    ORDERED = "ordered"


class SealType(StrEnum):
    """What a party's seal means: 同意, 报, 备案."""

    CONSENT = "consent"
    REPORT = "report"
    FILE = "file"


class ActionKind(StrEnum):
    """What an action does to the stage."""

    ADVANCE = "advance"
    RETURN = "return"


class ReasonPolicy(StrEnum):
    """Whether an action asks why."""

    NONE = "none"
    FREE = "free"
    CODED = "coded"


class ClockEffect(StrEnum):
    """What a return does to the deadline of the stage that is entered again."""

    FRESH = "fresh"
    KEEP = "keep"


class FieldType(StrEnum):
    """The form of one value of a record."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Role:
    """A function in the programme. `party` is the binding that decides whose post it is.

    A post holds the role for a project when it grants the role and, where `party` is set, its
    org (or an org above it) is bound to the project under that name.
    """

    key: str
    name: Text
    party: str | None = None


@dataclass(frozen=True, slots=True)
class ReasonCode:
    """A coded reason for a return, a suspension or an end."""

    key: str
    name: Text


class Colour(StrEnum):
    """The colours in which an office may mark a rung; its name always stands beside it."""

    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    PURPLE = "purple"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder: `days` working days after the due day (negative: before it).

    `to` are roles, every post of which is told, or ``holder``. Ladders are local custom
    (蓝橙红, 绿黄红 …), so names, number, days and colours are the file's to say.
    """

    key: str
    name: Text
    days: int
    to: tuple[str, ...]
    template: str
    colour: Colour | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs a deadline climbs, in the order of their days."""

    key: str
    rungs: tuple[Rung, ...]

    def rung(self, key: str) -> Rung | None:
        """Return a rung by its key, None where the ladder has none."""
        return next((rung for rung in self.rungs if rung.key == key), None)


@dataclass(frozen=True, slots=True)
class Grade:
    """A band of scores, half-open: from `floor` up to the next better one's floor."""

    key: str
    name: Text
    floor: Decimal
    passes: bool


@dataclass(frozen=True, slots=True)
class DueRule:
    """How a due day comes about.

    `anchor` is ``opened`` | ``entered`` | ``period_end`` | ``given`` | ``date:<name>`` |
    ``task:<key>``; the day of the anchor is not counted (Civil Code, article 201) unless
    `counts_start` says so. `until` is when the due day is over.
    `words` is what the source says, kept beside the machine's date.
    """

    anchor: str
    count: int = 0
    unit: Unit = Unit.WORKING_DAY
    roll: Roll = Roll.NONE
    pause: PauseRule = PauseRule.WORKING_DAYS
    words: Text | None = None
    counts_start: bool = False
    until: CutOff = CutOff.DAY_END


@dataclass(frozen=True, slots=True)
class Slot:
    """One paper of a deliverable."""

    key: str
    name: Text


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a record, done by a post that holds one of `roles`."""

    key: str
    name: Text
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One value that a record or a raised task carries."""

    key: str
    name: Text
    type: FieldType = FieldType.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SealParty:
    """Who seals. `enterers` may enter a consent given on paper, on the party's behalf."""

    key: str
    name: Text
    role: str | None
    type: SealType = SealType.CONSENT
    group: str | None = None
    enterers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SealRule:
    """Which parties must seal and how many of them; one refusal ends it when `veto`."""

    parties: tuple[SealParty, ...]
    mode: SealMode = SealMode.ALL
    count: int = 0
    veto: bool = True


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """A panel: at least `panel` scores, blind until concluded; the mean is not rounded."""

    judges: str
    panel: int
    concludes: tuple[str, ...]
    pass_at: Decimal
    spread_alarm: Decimal
    reopens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotaRule:
    """At least `at_least` for each bound party; a party that nobody is yet cannot be judged."""

    at_least: int
    per: tuple[str, ...]
    counters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One thing somebody owes in every project of this workflow.

    `opens` is ``start`` | ``stage`` | ``stage:<key>`` | ``task:<key>`` | ``raised``.
    `gates` are the actions that wait for it. `strength` is the source's word: only ``must``
    can turn red (trap T11 of the notice). `survives` keeps it owed after the project closes.
    """

    key: str
    name: Text
    kind: TaskKind
    holder: str
    stage: str | None
    opens: str
    clauses: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    due: DueRule | None = None
    ladder: str | None = None
    strength: str = "must"
    survives: bool = False
    while_suspended: bool = False
    slots: tuple[Slot, ...] = ()
    accepted_by: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    fields: tuple[Field, ...] = ()
    raisers: tuple[str, ...] = ()
    reopeners: tuple[str, ...] = ()
    seal: SealRule | None = None
    review: ReviewRule | None = None
    quota: QuotaRule | None = None
    cadence: Cadence | None = None
    binds: str | None = None

    @property
    def follows(self) -> str:
        """The task after which this one begins; empty when it begins otherwise."""
        kind, _, key = self.opens.partition(":")
        return key if kind == "task" else ""

    @property
    def is_series(self) -> bool:
        """Whether the task is a cadence whose occurrences are owed, not the task itself."""
        return self.cadence is not None


@dataclass(frozen=True, slots=True)
class Condition:
    """A node of a gate: ``all`` | ``any`` | ``not`` over children, or one guard of the list."""

    guard: str
    children: tuple["Condition", ...] = ()
    args: Mapping[str, str | int | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Action:
    """A transition between stages."""

    key: str
    name: Text
    kind: ActionKind
    source: str
    to: str
    roles: tuple[str, ...]
    gate: Condition | None = None
    reason: ReasonPolicy = ReasonPolicy.NONE
    clock: ClockEffect = ClockEffect.FRESH


@dataclass(frozen=True, slots=True)
class StandingAction:
    """A transition of the project's standing, beside its stages."""

    key: str
    name: Text
    source: tuple[str, ...]
    to: str
    roles: tuple[str, ...]
    stages: tuple[str, ...] = ()
    reason: ReasonPolicy = ReasonPolicy.CODED


@dataclass(frozen=True, slots=True)
class Stage:
    """A state of the machine. A final stage closes the project."""

    key: str
    name: Text
    holder: str
    clauses: tuple[str, ...] = ()
    due: DueRule | None = None
    ladder: str | None = None
    final: bool = False


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """Who may ask for time, who checks the request if anybody does, and who decides.

    Days count from the current due day.
    """

    askers: tuple[str, ...]
    deciders: tuple[str, ...]
    unit: Unit = Unit.WORKING_DAY
    checkers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WaiverRule:
    """Who proposes a waiver and who, as a second person, confirms it."""

    proposers: tuple[str, ...]
    confirmers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Workflow:
    """A lifecycle. `digest` is the SHA-256 of its canonical text, 64 hexadecimal digits.

    `closes_at` is there where a deadline ends at close of business.
    """

    key: str
    version: int
    digest: str
    name: Text
    timezone: str
    opens_at: str
    calendar: str
    initial: str
    roles: Mapping[str, Role]
    parties: Mapping[str, Text]
    dates: Mapping[str, Text]
    reasons: Mapping[str, ReasonCode]
    ladders: Mapping[str, Ladder]
    grades: tuple[Grade, ...]
    stages: Mapping[str, Stage]
    tasks: Mapping[str, Task]
    actions: Mapping[str, Action]
    standing: Mapping[str, StandingAction]
    extension: ExtensionRule | None
    waiver: WaiverRule | None
    openers: tuple[str, ...]
    binders: tuple[str, ...]
    correctors: tuple[str, ...]
    due_soon_days: int
    closes_at: str | None = None
    _index: "_Index" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", _Index.of(self))

    def actions_from(self, stage: str) -> Sequence[Action]:
        """Return the actions that leave a stage, in the order of the file."""
        return self._index.leaving.get(stage, ())

    def gating(self, action: str) -> Sequence[Task]:
        """Return the tasks that an action waits for, in the order of the file."""
        return self._index.gating.get(action, ())

    def following(self, task: str) -> Sequence[Task]:
        """Return the tasks that begin when a task is over, in the order of the file."""
        return self._index.following.get(task, ())

    @property
    def counts_children(self) -> bool:
        """Whether any action looks at the projects below its own."""
        return self._index.counts_children

    def ladder_of(self, name: str | None) -> Ladder | None:
        """Return a ladder by name, the one called ``default`` for None, or None if undefined."""
        return self.ladders.get(name or "default")

    def grade_of(self, score: Decimal) -> Grade | None:
        """Return the best band whose floor the unrounded score reaches."""
        return next((grade for grade in self.grades if score >= grade.floor), None)


@dataclass(frozen=True, slots=True)
class _Index:
    """What is asked of a workflow at every act, looked up once."""

    leaving: Mapping[str, list[Action]]
    gating: Mapping[str, list[Task]]
    following: Mapping[str, list[Task]]
    counts_children: bool

    @classmethod
    def of(cls, workflow: Workflow) -> "_Index":
        leaving: dict[str, list[Action]] = {}
        gating: dict[str, list[Task]] = {}
        following: dict[str, list[Task]] = {}
        for action in workflow.actions.values():
            leaving.setdefault(action.source, []).append(action)
        for task in workflow.tasks.values():
            following.setdefault(task.follows, []).append(task)
            for key in task.gates:
                gating.setdefault(key, []).append(task)
        gates = [action.gate for action in workflow.actions.values() if action.gate]
        return cls(leaving, gating, following, any(_names(gate, "children") for gate in gates))


def _names(node: Condition, guard: str) -> bool:
    return node.guard == guard or any(_names(child, guard) for child in node.children)
